import EventService
import EventServiceTestSupport
import HTTPAPI
import Hummingbird
import HummingbirdTesting
import Testing

@Suite("A body that nobody wants", .timeLimit(.minutes(3)))
struct UnwantedBodyTests {
    private static let head = " HTTP/1.1\r\nHost: localhost\r\n"

    @Test(
        "is cut off after an answer that says so, however much the client still sends",
        arguments: [
            (413, "POST /addEvent", "Content-Length: 1000000000\r\n\r\n", ""),
            (413, "POST /addEvent", "Transfer-Encoding: chunked\r\n\r\n", "10000\r\n"),
            (404, "POST /nothing", "Content-Length: 1000000000\r\n\r\n", ""),
            (404, "POST /nothing", "Transfer-Encoding: chunked\r\n\r\n", "10000\r\n"),
            (405, "POST /getUsers", "Content-Length: 1000000000\r\n\r\n", ""),
            (415, "POST /addEvent", "Content-Type: text/plain\r\nContent-Length: 1000000000\r\n\r\n", ""),
        ]
    )
    func endless(status: Int, route: String, framing: String, chunkHead: String) async throws {
        let harness = try APIHarness(.working())
        try await harness.run(.live) { client in
            try await RawClient.run(port: client.port) { raw in
                try await raw.send(route + Self.head + framing)
                let piece = chunkHead + String(repeating: "x", count: 65536) + (chunkHead.isEmpty ? "" : "\r\n")
                let sending = Task {
                    // Ends by an error as soon as the server has closed the connection.
                    var sent = 0
                    while (try? await raw.send(piece)) != nil { sent += piece.utf8.count }
                    return sent
                }
                let answer = try await raw.answer()
                #expect(answer.status == status)
                #expect(answer.headers["connection"] == "close")
                // What the buffers of both sides hold comes on top of what is read.
                #expect(await sending.value < 100_000_000)
            }
        }
        #expect(harness.api.record.calls.isEmpty)
    }

    @Test("is read when it is short, and the connection is kept")
    func short() async throws {
        let harness = try APIHarness(.working())
        try await harness.run(.live) { client in
            try await RawClient.run(port: client.port) { raw in
                try await raw.send("POST /nothing" + Self.head + "Content-Length: 60000\r\n\r\n")
                let answer = try await raw.answer()
                #expect(answer.status == 404)
                #expect(answer.headers["connection"] == nil)
                try await raw.send(String(repeating: "x", count: 60000))
                try await raw.get("/healthz")
                #expect(try await raw.answer().status == 200)
            }
        }
    }

    @Test("isn't asked for: the client gets its answer instead of 100 Continue")
    func notContinued() async throws {
        let harness = try APIHarness(.working())
        try await harness.run(.live) { client in
            for (status, route, length) in [
                (413, "POST /addEvent", 1_000_000_000), (404, "POST /nothing", 10), (405, "POST /getUsers", 10),
            ] {
                try await RawClient.run(port: client.port) { raw in
                    try await raw.send(
                        route + Self.head + "Expect: 100-continue\r\nContent-Length: \(length)\r\n\r\n"
                    )
                    let answer = try await raw.answer()
                    #expect(answer.status == status)
                    // Whether the client sends the body after this answer is up to it.
                    #expect(answer.headers["connection"] == "close")
                    try await raw.waitForEnd()
                    #expect(raw.leftOver.isEmpty)
                }
            }
        }
    }

    @Test("is told from one that is wanted: for that 100 Continue comes first, once")
    func continued() async throws {
        let harness = try APIHarness(.working())
        try await harness.run(.live) { client in
            try await RawClient.run(port: client.port) { raw in
                let body = #"{"name":"n","userId":"1"}"#
                for _ in 1...2 {
                    try await raw.send(
                        "POST /addEvent" + Self.head
                            + "Expect: 100-continue\r\nContent-Length: \(body.utf8.count)\r\n\r\n"
                    )
                    #expect(try await raw.answer(hasBody: false).status == 100)
                    try await raw.send(body)
                    #expect(try await raw.answer().status == 200)
                }
                #expect(raw.leftOver.isEmpty)
            }
        }
        #expect(harness.api.record.count(.addEvent) == 2)
    }
}
