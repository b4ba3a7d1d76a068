import EventService
import EventServiceTestSupport
import Foundation
import HTTPAPI
import Hummingbird
import HummingbirdTesting
import Logging
import NIOSSL
import Testing

@Suite("HTTPS", .timeLimit(.minutes(3)))
struct TLSTests {
    private let certificate: TestCertificate
    private let folder: CertificateFolder
    private let log = RecordingLog()

    init() throws {
        certificate = try TestCertificate()
        folder = try CertificateFolder(certificate)
    }

    private func harness(_ api: FakeEventsAPI = .working()) throws -> APIHarness {
        try APIHarness(api, logger: log.logger, configuration: folder.configuration)
    }

    @Test("answers, keeps the connection, and ends it when it should", arguments: [TLSVersion.tlsv12, .tlsv13])
    func serves(version: TLSVersion) async throws {
        let client = try certificate.client {
            $0.minimumTLSVersion = version
            $0.maximumTLSVersion = version
            $0.applicationProtocols = ["h2", "http/1.1"]
        }
        try await harness().run(.live) { server in
            try await RawClient.run(port: server.port, tls: client) { raw in
                #expect(try await raw.isSecured())
                #expect(raw.negotiatedProtocol == "http/1.1")
                for _ in 1...2 {
                    try await raw.get("/getUsers")
                    #expect(try await raw.answer().status == 200)
                }
                try await raw.get("/getUsers", headers: ["Connection: close"])
                #expect(try await raw.answer().headers["connection"] == "close")
                try await raw.waitForEnd()
            }
        }
    }

    @Test("refuses what is older than TLS 1.2, and plain text")
    func refuses() async throws {
        let old = try certificate.client {
            $0.minimumTLSVersion = .tlsv1
            $0.maximumTLSVersion = .tlsv11
        }
        try await harness().run(.live) { server in
            try await RawClient.run(port: server.port, tls: old) { raw in
                _ = try? await raw.get("/getUsers")
                try await raw.waitForEnd()
            }
            try await RawClient.run(port: server.port) { raw in
                try await raw.get("/getUsers")
                try await raw.waitForEnd()
                #expect(!raw.leftOver.hasPrefix("HTTP"))
            }
        }
        #expect(log.lines.filter { $0.level >= .warning }.map(\.message) == [])
    }

    @Test("gives a client that sends too much its answer")
    func tooLarge() async throws {
        try await harness().run(.live) { server in
            try await RawClient.run(port: server.port, tls: certificate.client()) { raw in
                try await raw.send("POST /addEvent HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000000000\r\n\r\n")
                for _ in 1...10 { _ = try? await raw.send(String(repeating: "x", count: 65536)) }
                #expect(try await raw.answer().status == 413)
                try await raw.waitForEnd()
            }
        }
    }

    @Test("cancels the work for a client that hangs up")
    func hangUp() async throws {
        let harness = try harness(
            FakeEventsAPI { (call, context) throws(UpstreamError) in
                try await FakeEventsAPI.hanging(call, context)
            }
        )
        try await harness.run(.live) { server in
            try await RawClient.run(port: server.port, tls: certificate.client()) { raw in
                try await raw.get("/getUsers")
                try await harness.api.wait { $0.underWay == 1 }
                await raw.close()
                try await harness.api.wait { $0.underWay == 0 }
            }
        }
    }

    @Test("shows a new certificate without ending the connections that there are")
    func reload() async throws {
        let next = try TestCertificate()
        try await harness().run(.live) { server in
            try await RawClient.run(port: server.port, tls: certificate.client()) { before in
                try await before.get("/getUsers")
                #expect(try await before.answer().status == 200)
                try folder.write(next.certificate, next.privateKey)
                while try await !shows(server.port, next) {}
                try await before.get("/getUsers")
                #expect(try await before.answer().status == 200)
            }
            #expect(try await !shows(server.port, certificate))
        }
        #expect(log.lines.filter { $0.message == "Certificate loaded" }.count == 2)
    }

    @Test("keeps the certificate that works when the new one doesn't, says why once, and takes the next that does")
    func brokenReload() async throws {
        let next = try TestCertificate()
        try await harness().run(.live) { server in
            try folder.write(next.certificate, certificate.privateKey)
            while !log.lines.contains(where: { $0.level == .error }) {
                #expect(try await shows(server.port, certificate))
            }
            try folder.write(next.certificate, next.privateKey)
            while try await !shows(server.port, next) {}
        }
        let errors = log.lines.filter { $0.level >= .warning }
        #expect(errors.map(\.message) == ["New certificate can't be used, the one before stays"])
        #expect(errors.first?.metadata["error"] == "the certificate and the private key don't belong together")
    }

    @Test("is refused at the start, with the reason, where the files can't be used")
    func unusable() async throws {
        let other = try TestCertificate()
        try expectError(.init(part: .certificateChain, reason: "doesn't exist")) { files in
            files.certificateChain += "x"
        }
        try expectError(.init(part: .privateKey, reason: "doesn't exist")) { $0.privateKey += "x" }
        let directory = try #require(problem { $0.certificateChain = "/" })
        #expect(directory.part == .certificateChain)
        #expect(directory.reason.hasPrefix("can't be read: "))
        #expect(directory.reason.hasSuffix("Is a directory"))
        try folder.write("text", certificate.privateKey)
        try expectError(.init(part: .certificateChain, reason: "has no certificate in PEM"))
        try folder.write(certificate.privateKey, certificate.privateKey)
        try expectError(.init(part: .certificateChain, reason: "has no certificate in PEM"))
        try folder.write(certificate.certificate, "text")
        try expectError(.init(part: .privateKey, reason: "has no private key in PEM that needs no password"))
        try folder.write(certificate.certificate, other.privateKey)
        try expectError(.init(part: .both, reason: "don't belong together"))
    }

    private func expectError(_ error: TLSFilesError, _ change: (inout TLSFiles) -> Void = { _ in }) throws {
        #expect(try problem(change) == error)
    }

    /// What is wrong with the folder's files, changed as the test says.
    private func problem(_ change: (inout TLSFiles) -> Void) throws -> TLSFilesError? {
        var files = folder.files
        change(&files)
        var configuration = HTTPAPIConfiguration()
        configuration.tls = files
        let service = try APIHarness(.working()).service
        do {
            _ = try HTTPAPI(service: service, configuration: configuration, logger: log.logger).application()
            return nil
        } catch {
            return try #require(error as? TLSFilesError)
        }
    }

    /// Whether a client that trusts the certificate and no other is content with the one that it is shown.
    private func shows(_ port: Int?, _ certificate: TestCertificate) async throws -> Bool {
        try await RawClient.run(port: port, tls: certificate.client()) { try await $0.isSecured() }
    }
}
