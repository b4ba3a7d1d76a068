import EventService
import EventServiceTestSupport
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import TestSupport
import Testing

@testable import HTTPAPI

@Suite("Streams over connections", .timeLimit(.minutes(3)))
struct StreamConnectionTests {
    @Test("come as what they are, and at once")
    func headers() async throws {
        let harness = try APIHarness(.working())
        try await harness.run(.live) { client in
            try await RawClient.run(port: client.port) { raw in
                try await raw.get("/v1/stream")
                try await raw.wait { $0.contains("event: snapshot\n") }
                let head = raw.leftOver.lowercased()
                #expect(head.hasPrefix("http/1.1 200 ok\r\n"))
                #expect(head.contains("\r\ncontent-type: text/event-stream\r\n"))
                #expect(head.contains("\r\ncache-control: no-store\r\n"))
                #expect(head.contains("\r\nx-accel-buffering: no\r\n"))
                #expect(head.contains("\r\nx-request-id: "))
                #expect(!head.contains("\r\ncontent-length: "))
            }
        }
    }

    @Test("end with their clients, and leave nothing behind", arguments: [false, true])
    func hangUp(reset: Bool) async throws {
        let harness = try APIHarness(.working())
        try await harness.run(.live) { client in
            for _ in 1...5 {
                let raw = try await RawClient.connect(port: client.port)
                try await raw.get("/v1/stream")
                try await raw.wait { $0.contains("event: snapshot\n") }
                #expect(harness.listeners == 1)
                if reset { try await raw.reset() } else { await raw.close() }
                try await harness.waitForNoListeners()
            }
        }
    }

    @Test("are opened by no HEAD, whose answer has the same fields")
    func head() async throws {
        let harness = try APIHarness(.working())
        try await harness.run(.live) { client in
            try await RawClient.run(port: client.port) { raw in
                try await raw.get("/v1/stream", method: "HEAD")
                let answer = try await raw.answer(hasBody: false)
                #expect(harness.listeners == 0)
                // The connection goes on.
                try await raw.get("/healthz")
                let next = try await raw.answer()
                #expect(next.status == 200)
                #expect(next.body == #"{"status":"ok"}"#)
                try await raw.get("/v1/stream")
                try await raw.wait { $0.contains("event: snapshot\n") }
                var received = ByteBuffer(string: raw.leftOver)
                let stream = try #require(RawResponse(readingFrom: &received, hasBody: false))
                #expect(answer.status == stream.status)
                let varying: Set = ["date", "x-request-id", "traceparent"]
                let same = [answer, stream].map { $0.headers.filter { !varying.contains($0.key) } }
                #expect(same[0] == same[1])
                #expect(Set(answer.headers.keys) == Set(stream.headers.keys))
                #expect(answer.headers["content-length"] == nil)
            }
        }
    }

    @Test("are no more than are allowed at once, and a place is free again when a client leaves")
    func limit() async throws {
        var configuration = HTTPAPIConfiguration()
        configuration.maximumStreams = 2
        let harness = try APIHarness(.working(), configuration: configuration)
        try await harness.run(.live) { client in
            try await RawClient.run(port: client.port) { stays in
                try await stays.get("/v1/stream")
                try await stays.wait { $0.contains("event: snapshot\n") }
                try await RawClient.run(port: client.port) { leaves in
                    try await leaves.get("/v1/stream")
                    try await leaves.wait { $0.contains("event: snapshot\n") }
                    let refused = try await client.execute(uri: "/v1/stream", method: .get)
                    #expect(refused.status == .serviceUnavailable)
                    #expect(refused.header("Retry-After") == "10")
                    #expect(try ReadProblem(refused).type == "urn:evenkeel:problem:too-many-streams")
                    #expect(try await client.execute(uri: "/v1/stream", method: .head).status == .ok)
                }
                try await Self.waitForPlace(client)
            }
        }
    }

    @Test("end with a reason at a graceful shutdown, which doesn't wait for them")
    func shutdown() async throws {
        let harness = try APIHarness(.working())
        let streams = try await harness.run(.live) { client in
            var streams: [RawClient] = []
            for _ in 1...5 {
                let raw = try await RawClient.connect(port: client.port)
                try await raw.get("/v1/stream")
                try await raw.wait { $0.contains("event: snapshot\n") }
                streams.append(raw)
            }
            harness.service.setPhase(.draining)
            Task {
                while harness.listeners > 0 {
                    harness.clock.advance(by: StreamFeed.minimumInterval)
                    await Task.yield()
                }
            }
            return streams
        }
        // The server has stopped.
        for raw in streams {
            try await raw.waitForEnd()
            #expect(raw.leftOver.contains("event: end\n"))
            #expect(raw.leftOver.hasSuffix("0\r\n\r\n"), "the answer is complete")
        }
        #expect(harness.listeners == 0)
    }

    /// Returns when a stream can be opened again.
    private static func waitForPlace(_ client: any TestClientProtocol) async throws {
        var isOpen = false
        while !isOpen {
            try Task.checkCancellation()
            isOpen = try await RawClient.run(port: client.port) { raw in
                try await raw.get("/v1/stream")
                try await raw.wait { $0.contains("event: snapshot\n") || $0.contains("too-many-streams") }
                return raw.leftOver.contains("event: snapshot\n")
            }
        }
    }
}
