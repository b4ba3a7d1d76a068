import EventService
import EventServiceTestSupport
import HTTPAPI
import Hummingbird
import HummingbirdTesting
import Logging
import Testing

@Suite("A client that breaks the rules", .timeLimit(.minutes(3)))
struct HostileClientTests {
    @Test("in the framing of its body gets a 400 like any other, and no error is logged for it")
    func brokenChunk() async throws {
        let log = RecordingLog()
        let harness = try APIHarness(.working(), logger: log.logger)
        try await harness.run(.live) { client in
            try await RawClient.run(port: client.port) { raw in
                try await raw.send(
                    "POST /addEvent HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"
                )
                let answer = try await raw.answer()
                #expect(answer.status == 400)
                #expect(answer.headers["content-type"] == "application/problem+json")
                try await raw.waitForEnd()
                #expect(raw.leftOver.isEmpty, "one answer is enough")
            }
        }
        #expect(log.lines.filter { $0.level >= .warning }.map(\.message) == [])
    }

    @Test(
        "with a head without end is cut off",
        arguments: [
            "GET /", "GET /getUsers HTTP/1.1\r\nHost: localhost\r\nX-Long: ",
            "GET /getUsers HTTP/1.1\r\nHost: localhost\r\nX: y\r\n",
        ]
    )
    func endlessHead(beginning: String) async throws {
        let harness = try APIHarness(.working())
        try await harness.run(.live) { client in
            try await RawClient.run(port: client.port) { raw in
                let piece =
                    beginning.hasSuffix("\r\n")
                    ? String(repeating: "X: y\r\n", count: 200) : String(repeating: "x", count: 100_000)
                // It may be cut off while the head is still being sent.
                _ = try? await raw.send(beginning + piece)
                try await raw.waitForEnd()
            }
            #expect(try await client.execute(uri: "/getUsers", method: .get).status == .ok)
        }
        #expect(harness.api.record.calls.count == 1)
    }

    @Test("with a body without end is refused as soon as it is too large")
    func endlessBody() async throws {
        var configuration = HTTPAPIConfiguration()
        configuration.maximumBodySize = 1000
        let harness = try APIHarness(.working(), configuration: configuration)
        try await harness.run(.live) { client in
            try await RawClient.run(port: client.port) { raw in
                // At once: the answer may come, and end the connection, before a second part was sent.
                let chunk = "100\r\n\(String(repeating: " ", count: 256))\r\n"
                try await raw.send(
                    "POST /addEvent HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n"
                        + String(repeating: chunk, count: 5)
                )
                let answer = try await raw.answer()
                #expect(answer.status == 413)
                #expect(answer.headers["content-type"] == "application/problem+json")
            }
        }
        #expect(harness.api.record.calls.isEmpty)
    }
}
