import EventService
import NIOCore
import NetworkTestSupport
import Testing

@testable import UpstreamClient

@Suite("Requests to the events API", .timeLimit(.minutes(3)))
struct RequestTests {
    private static let event = ByteBuffer(string: #"{"id":"e","name":"n","userId":"1"}"#)

    @Test(
        "go to the route of the call, below the base address's path",
        arguments: [
            ("", UpstreamCall.users, "GET /getUsers HTTP/1.1"),
            ("", .events, "GET /getEvents HTTP/1.1"),
            ("", .user(id: "1"), "GET /getUserById/1 HTTP/1.1"),
            ("", .event(id: "e-1"), "GET /getEventById/e-1 HTTP/1.1"),
            ("", .addEvent(body: event), "POST /addEvent HTTP/1.1"),
            ("/", .users, "GET /getUsers HTTP/1.1"),
            ("/base", .users, "GET /base/getUsers HTTP/1.1"),
            ("/base/v2///", .event(id: "1"), "GET /base/v2/getEventById/1 HTTP/1.1"),
            ("/a%20b", .users, "GET /a%20b/getUsers HTTP/1.1"),
        ]
    )
    func route(path: String, call: UpstreamCall, line: String) async throws {
        try await Upstream.run(path: path, answering: { _ in .http() }) { upstream in
            _ = await upstream.error(call)
            #expect(upstream.server.record.requests.map(\.requestLine) == [line])
        }
    }

    @Test(
        "carry identifiers as one path segment, whatever is in them",
        arguments: [
            ("a/b", "a%2Fb"), ("../getUsers", "..%2FgetUsers"), ("a b", "a%20b"), ("a?b=c#d", "a%3Fb%3Dc%23d"),
            ("%2F", "%252F"), ("é", "%C3%A9"), ("😀", "%F0%9F%98%80"), ("a\r\nX: y", "a%0D%0AX%3A%20y"),
            ("\u{0}", "%00"),
            ("...", "..."), (".a", ".a"), ("-._~", "-._~"), ("a+b&c;d", "a%2Bb%26c%3Bd"), ("\\", "%5C"),
        ]
    )
    func identifiers(id: String, segment: String) async throws {
        try await Upstream.run(path: "/base", answering: { _ in .http() }) { upstream in
            _ = await upstream.error(.user(id: id))
            _ = await upstream.error(.event(id: id))
            let lines = ["/base/getUserById/\(segment)", "/base/getEventById/\(segment)"].map { "GET \($0) HTTP/1.1" }
            #expect(upstream.server.record.requests.map(\.requestLine) == lines)
        }
    }

    @Test(
        "are not sent for identifiers that no path can carry",
        arguments: ["", ".", "..", String(repeating: "x", count: UpstreamCall.maximumIdentifierLength + 1)]
    )
    func unaddressable(id: String) async throws {
        try await Upstream.run(answering: { _ in .http() }) { upstream in
            #expect(await upstream.error(.user(id: id)) == .unaddressable)
            #expect(await upstream.error(.event(id: id)) == .unaddressable)
            #expect(upstream.server.record.connections == 0)
        }
    }

    @Test("say who asks for what, and no more")
    func headers() async throws {
        try await Upstream.run(answering: { _ in .http() }) { upstream in
            _ = await upstream.error()
            let headers = try #require(upstream.server.record.requests.first?.headers)
            #expect(
                headers == [
                    "host": "127.0.0.1:\(upstream.server.port)", "accept": "application/json", "user-agent": "evenkeel",
                    "x-request-id": "test-request",
                ]
            )
        }
    }

    @Test("carry the trace on")
    func trace() async throws {
        let trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
        try await Upstream.run(answering: { _ in .http() }) { upstream in
            let context = CallContext(requestID: "r", traceParent: trace, traceState: "a=1,b=2")
            _ = try? await upstream.api.answer(to: .users, for: context)
            let headers = upstream.server.record.requests.first?.headers
            #expect(headers?["traceparent"] == trace)
            #expect(headers?["tracestate"] == "a=1,b=2")
        }
    }

    @Test("carry an event as it is, with its type and length")
    func addEvent() async throws {
        let body = #" { "id":"e","name":"\u00e9 é 😀","userId":"1" } "#
        try await Upstream.run(answering: { _ in .http(body: "{}") }) { upstream in
            #expect(await upstream.error(.addEvent(body: ByteBuffer(string: body))) == nil)
            let request = try #require(upstream.server.record.requests.first)
            #expect(request.body == body)
            #expect(request.headers["content-type"] == "application/json")
            #expect(request.headers["content-length"] == "\(body.utf8.count)")
        }
    }

    @Test("one after the other use one connection, also after answers that are errors")
    func keepAlive() async throws {
        try await Upstream.run(answering: {
            $0.requestLine.contains("Users") ? .http("503 Busy", body: "{}") : .http(body: "[]")
        }) {
            upstream in
            for _ in 1...5 {
                #expect(await upstream.error(.events) == nil)
                #expect(await upstream.error(.users) == .overloaded(status: 503, retryAfter: nil))
                #expect(await upstream.error(.event(id: "1")) != nil, "an array where an event should be")
            }
            #expect(upstream.server.record.requests.count == 15)
            #expect(upstream.server.record.connections == 1)
        }
    }

    @Test("at once use a connection each, up to the limit", arguments: [1, 3])
    func connections(limit: Int) async throws {
        var limits = UpstreamLimits()
        limits.maximumConnections = limit
        try await Upstream.run(limits: limits, answering: { _ in .http(body: "[]") }) { upstream in
            await withTaskGroup(of: Void.self) { group in
                for _ in 0..<50 { group.addTask { #expect(await upstream.error() == nil) } }
            }
            #expect(upstream.server.record.requests.count == 50)
            #expect(upstream.server.record.connections <= limit)
        }
    }

    @Test("on a connection that the server closed meanwhile fail at most that once")
    func closedMeanwhile() async throws {
        try await Upstream.run(answering: { _ in .textThenClose("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n[]") }) {
            upstream in
            #expect(await upstream.error() == nil)
            // The end of the first connection may be seen before or after the second call takes it from the pool.
            let second = await upstream.error()
            #expect(second == nil || second == .reset)
        }
    }
}
