import EventService
import EventServiceTestSupport
import HTTPAPI
import Hummingbird
import HummingbirdTesting
import Testing

@Suite("One connection with many requests", .timeLimit(.minutes(3)))
struct KeepAliveTests {
    @Test("goes on after answers and errors of every kind")
    func goesOn() async throws {
        var configuration = HTTPAPIConfiguration()
        configuration.maximumBodySize = 100
        configuration.maximumURILength = 100
        let harness = try APIHarness(
            FakeEventsAPI { (call, context) throws(UpstreamError) in
                if call.route == .getEvents { throw .tooLarge(limit: 1) }
                if call == .user(id: "9") { throw .notFound }
                return try await FakeEventsAPI.success()(call, context)
            },
            configuration: configuration
        )
        try await harness.run(.live) { client in
            try await RawClient.run(port: client.port) { raw in
                try await raw.get("/getUsers")
                #expect(try await raw.answer().status == 200)
                try await raw.get("/getEvents")
                #expect(try await raw.answer().status == 502)
                try await raw.get("/nothing")
                #expect(try await raw.answer().status == 404)
                try await raw.get("/getUsers", method: "DELETE")
                #expect(try await raw.answer().status == 405)
                try await raw.get("/getUsers?x=\(String(repeating: "y", count: 100))")
                #expect(try await raw.answer().status == 414)
                try await raw.post("/addEvent", body: #"{"name":"","userId":"1"}"#)
                #expect(try await raw.answer().status == 400)
                try await raw.post("/addEvent", body: #"{"name":"n","userId":"9"}"#)
                #expect(try await raw.answer().status == 422)
                try await raw.post("/addEvent", body: #"{"name":"n","userId":"1"}"#)
                #expect(try await raw.answer().status == 200)
                try await raw.post("/nothing", body: "a body that nobody reads")
                #expect(try await raw.answer().status == 404)
                try await raw.get("/getUsers")
                #expect(try await raw.answer().status == 200)
                #expect(raw.leftOver.isEmpty)
            }
        }
    }

    @Test(
        "keeps its place after the answer to a HEAD, whatever that is",
        arguments: ["/getUsers", "/nothing", "/addEvent", "/getEvents"]
    )
    func head(path: String) async throws {
        let harness = try APIHarness(
            FakeEventsAPI { (call, context) throws(UpstreamError) in
                if call.route == .getEvents { throw .tooLarge(limit: 1) }
                return try await FakeEventsAPI.success()(call, context)
            }
        )
        try await harness.run(.live) { client in
            try await RawClient.run(port: client.port) { raw in
                try await raw.get(path, method: "HEAD")
                try await raw.get("/healthz")
                let head = try await raw.answer(hasBody: false)
                #expect(head.headers["content-length"].flatMap { Int($0) } ?? 0 > 0)
                let next = try await raw.answer()
                #expect(next.status == 200)
                #expect(next.body == #"{"status":"ok"}"#)
                #expect(raw.leftOver.isEmpty)
            }
        }
    }

    @Test("answers requests that were sent without waiting, in their order")
    func pipelined() async throws {
        let harness = try APIHarness(.working())
        try await harness.run(.live) { client in
            try await RawClient.run(port: client.port) { raw in
                let request = "GET /getUsers HTTP/1.1\r\nHost: localhost\r\nX-Request-Id: "
                try await raw.send((1...50).map { "\(request)r\($0)\r\n\r\n" }.joined())
                for number in 1...50 {
                    let answer = try await raw.answer()
                    #expect(answer.status == 200)
                    #expect(answer.headers["x-request-id"] == "r\(number)")
                }
                #expect(raw.leftOver.isEmpty)
            }
        }
        #expect(harness.api.record.calls.count == 50)
        #expect(harness.api.record.peak == 1)
    }

    @Test("takes a request that comes byte by byte")
    func trickling() async throws {
        let harness = try APIHarness(.working(), configuration: .patient)
        try await harness.run(.live) { client in
            try await RawClient.run(port: client.port) { raw in
                let body = #"{"name":"n","userId":"1"}"#
                for character
                    in "POST /addEvent HTTP/1.1\r\nHost: localhost\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)"
                {
                    try await raw.send(String(character))
                }
                #expect(try await raw.answer().status == 200)
            }
        }
    }

    @Test("takes a chunked body")
    func chunked() async throws {
        let harness = try APIHarness(.working())
        try await harness.run(.live) { client in
            try await RawClient.run(port: client.port) { raw in
                try await raw.send(
                    "POST /addEvent HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n"
                        + "a\r\n{\"name\":\"n\r\nf\r\n\",\"userId\":\"1\"}\r\n0\r\n\r\n"
                )
                #expect(try await raw.answer().status == 200)
            }
        }
        #expect(harness.api.record.count(.addEvent) == 1)
    }

    @Test("ends when the client asks for that")
    func connectionClose() async throws {
        let harness = try APIHarness(.working())
        try await harness.run(.live) { client in
            try await RawClient.run(port: client.port) { raw in
                try await raw.get("/getUsers", headers: ["Connection: close"])
                #expect(try await raw.answer().status == 200)
                try await raw.waitForEnd()
            }
        }
    }
}
