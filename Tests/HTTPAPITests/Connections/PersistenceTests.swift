import EventService
import EventServiceTestSupport
import HTTPAPI
import Hummingbird
import HummingbirdTesting
import Testing

@Suite("Whether a connection is kept", .timeLimit(.minutes(3)))
struct PersistenceTests {
    @Test(
        "HTTP/1.0: not unless the client asks for it, and without a Host",
        arguments: [("", "close"), ("Connection: Keep-Alive\r\n", "keep-alive"), ("Connection: close\r\n", "close")]
    )
    func http10(field: String, connection: String) async throws {
        let harness = try APIHarness(.working())
        try await harness.run(.live) { client in
            try await RawClient.run(port: client.port) { raw in
                for _ in 1...(connection == "close" ? 1 : 3) {
                    try await raw.send("GET /getUsers HTTP/1.0\r\n\(field)\r\n")
                    let answer = try await raw.answer()
                    #expect(answer.status == 200)
                    #expect(answer.headers["connection"] == connection)
                    #expect(!answer.body.isEmpty)
                }
                if connection == "close" { try await raw.waitForEnd() }
            }
        }
    }

    @Test("not when the client says close, in whatever letters, and requests after that are not carried out")
    func closes() async throws {
        let harness = try APIHarness(.working())
        let event = #"{"name":"n","userId":"1"}"#
        let post = "POST /addEvent HTTP/1.1\r\nHost: localhost\r\nContent-Length: \(event.utf8.count)\r\n"
        try await harness.run(.live) { client in
            try await RawClient.run(port: client.port) { raw in
                try await raw.send("\(post)Connection: TE, CLOSE\r\n\r\n\(event)\(post)\r\n\(event)")
                let answer = try await raw.answer()
                #expect(answer.status == 200)
                #expect(answer.headers["connection"] == "close")
                try await raw.waitForEnd()
                #expect(raw.leftOver.isEmpty)
            }
        }
        #expect(harness.api.record.count(.addEvent) == 1)
    }

    @Test("not when the answer says close")
    func draining() async throws {
        let harness = try APIHarness(.working())
        try await harness.run(.live) { client in
            harness.service.setPhase(.draining)
            try await RawClient.run(port: client.port) { raw in
                try await raw.get("/getUsers")
                #expect(try await raw.answer().headers["connection"] == "close")
                try await raw.waitForEnd()
            }
        }
    }

    @Test(
        "not when the client asks for another protocol, which ends what can be read",
        arguments: [
            "GET /getUsers HTTP/1.1\r\nUpgrade: h2c\r\nConnection: Upgrade\r\n", "CONNECT test:80 HTTP/1.1\r\n",
        ]
    )
    func upgrade(head: String) async throws {
        let harness = try APIHarness(.working())
        try await harness.run(.live) { client in
            try await RawClient.run(port: client.port) { raw in
                try await raw.send("\(head)Host: localhost\r\n\r\nGET /getUsers HTTP/1.1\r\nHost: localhost\r\n\r\n")
                let answer = try await raw.answer()
                #expect(answer.status == (head.hasPrefix("GET") ? 200 : 404))
                #expect(answer.headers["connection"] == "close")
                try await raw.waitForEnd()
            }
        }
    }

    @Test("a client that hangs up after its last request cancels the work, though nothing more is read from it")
    func hangUp() async throws {
        let harness = try APIHarness(
            FakeEventsAPI { (call, context) throws(UpstreamError) in
                try await FakeEventsAPI.hanging(call, context)
            }
        )
        try await harness.run(.live) { client in
            try await RawClient.run(port: client.port) { raw in
                try await raw.get("/getUsers", headers: ["Connection: close"])
                try await harness.api.wait { $0.underWay == 1 }
                await raw.close()
                try await harness.api.wait { $0.underWay == 0 }
            }
        }
        #expect(harness.api.record.cancelled == 1)
    }
}
