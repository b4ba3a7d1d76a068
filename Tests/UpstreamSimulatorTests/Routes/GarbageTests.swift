import Foundation
import Testing

@testable import UpstreamSimulator

@Suite(.timeLimit(.minutes(3))) struct GarbageTests {
    /// The bytes of one answer and how the connection ended.
    private func fetch(
        _ kind: GarbageKind,
        path: String = "/getUsers",
        oversizedBytes: Int = 1
    ) async throws -> (head: String, body: String, end: RawConnection.End) {
        let result = Result()
        try await withSimulator(configure: { $0.oversizedBytes = oversizedBytes }) { harness in
            try await harness.simulator.select(.garbage, garbage: kind)
            let connection = try await RawConnection.open(port: harness.port)
            try await connection.send("GET \(path) HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
            let (bytes, end) = try await connection.readToEnd()
            result.latch.open(.success((bytes, end)))
        }
        let (bytes, end) = try await result.latch.value()
        let text = String(decoding: bytes, as: UTF8.self)
        let parts = text.split(separator: "\r\n\r\n", maxSplits: 1, omittingEmptySubsequences: false)
        return (String(parts[0]), parts.count > 1 ? String(parts[1]) : "", end)
    }

    private struct Result: Sendable {
        let latch = Latch<(bytes: [UInt8], end: RawConnection.End)>()
    }

    private func isJSON(_ text: String) -> Bool {
        (try? JSONDecoder().decode(JSONValue.self, from: Data(text.utf8))) != nil
    }

    @Test func `Broken is complete as HTTP and no JSON`() async throws {
        let (head, body, _) = try await fetch(.broken)
        #expect(head.hasPrefix("HTTP/1.1 200"))
        #expect(head.contains("Content-Length: \(body.utf8.count)"))
        #expect(!isJSON(body))
    }

    @Test func `Truncated promises more than it sends and closes`() async throws {
        let (head, body, end) = try await fetch(.truncated)
        let length = head.split(separator: "\r\n").first { $0.hasPrefix("Content-Length: ") }?.dropFirst(16)
        let promised = try #require(length.flatMap { Int($0) })
        #expect(body.utf8.count == promised / 2)
        #expect(end == .closed)
    }

    @Test func `Wrong types are JSON`() async throws {
        for path in ["/getUsers", "/getUserById/1", "/addEvent"] {
            let (head, body, _) = try await fetch(.wrongTypes, path: path)
            #expect(head.hasPrefix("HTTP/1.1 200"))
            #expect(isJSON(body))
        }
    }

    @Test func `HTML is a page with status 200 and the redirect leads elsewhere`() async throws {
        let html = try await fetch(.html)
        #expect(html.head.hasPrefix("HTTP/1.1 200"))
        #expect(html.head.contains("text/html"))
        #expect(html.body.hasPrefix("<!DOCTYPE html>"))
        let redirect = try await fetch(.redirect)
        #expect(redirect.head.hasPrefix("HTTP/1.1 302"))
        #expect(redirect.head.contains("Location: /elsewhere"))
    }

    @Test func `Not HTTP has no status line and closes`() async throws {
        let (head, _, end) = try await fetch(.notHTTP)
        #expect(!head.contains("HTTP/"))
        #expect(head.contains("220 mail ready"))
        #expect(end == .closed)
    }

    @Test func `Oversized is valid JSON of at least the size asked for, without a length`() async throws {
        let (head, body, _) = try await fetch(.oversized, oversizedBytes: 300_000)
        #expect(head.contains("transfer-encoding: chunked"))
        #expect(!head.contains("Content-Length"))
        #expect(body.utf8.count >= 300_000)
        let pieces = body.components(separatedBy: "\r\n")
        let json = stride(from: 1, to: pieces.count, by: 2).map { pieces[$0] }.joined()
        #expect(isJSON(json))
    }

    @Test func `Oversized is sent no faster than it is read, and ends when the client goes`() async throws {
        try await withSimulator(configure: { $0.oversizedBytes = 4 << 30 }) { harness in
            try await harness.simulator.select(.garbage, garbage: .oversized)
            let before = residentBytes()
            let connection = try await RawConnection.open(port: harness.port)
            try await connection.sendGet("/getUsers")
            _ = try await connection.read(until: "")
            // The kernel's buffers take some megabytes; 4 GiB would not go unnoticed.
            for _ in 1...2000 { await Task.yield() }
            #expect(residentBytes() - before < 64 << 20)
            connection.shutDown()
        }
    }

    /// The memory of this process that is in use, in bytes; 0 where the system has no `/proc`.
    private func residentBytes() -> Int {
        guard let text = try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8) else { return 0 }
        return (Int(text.split(separator: " ")[1]) ?? 0) * 4096
    }

    @Test func `The stores are left alone`() async throws {
        try await withSimulator { harness in
            try await harness.simulator.select(.garbage, garbage: .broken)
            _ = try await harness.post("/addEvent", #"{"id":"mine","name":"x","userId":"1"}"#)
            try await harness.simulator.select(.steady)
            #expect(try await harness.get("/getEventById/mine").status == 404)
        }
    }
}
