import EventService
import NIOCore
import NIOPosix
import NetworkTestSupport
import Testing

@testable import UpstreamClient

/// What an events API can do wrong, over a real socket.
@Suite("Failures of the connection and of answers", .timeLimit(.minutes(3)))
struct FailureTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let answer: RawAnswer
        let error: UpstreamError

        init(_ testDescription: String, _ answer: RawAnswer, _ error: UpstreamError) {
            self.testDescription = testDescription
            self.answer = answer
            self.error = error
        }
    }

    @Test(
        "are told apart: the connection",
        arguments: [
            Case("closed before an answer", .textThenClose(""), .reset),
            Case("reset before an answer", .reset, .reset),
            Case("closed in the status line", .textThenClose("HTTP/1.1 20"), .reset),
            Case("closed in the head", .textThenClose("HTTP/1.1 200 OK\r\nContent-Le"), .reset),
            Case(
                "closed right behind the head",
                .textThenClose("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n"),
                .truncated
            ),
            Case("closed in the body", .textThenClose("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n[{}"), .truncated),
            Case(
                "closed between chunks",
                .textThenClose("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n[]\r\n"),
                .truncated
            ),
            Case(
                "closed in the body of an error",
                .textThenClose("HTTP/1.1 503 Busy\r\nContent-Length: 10\r\n\r\n[{}"),
                .truncated
            ),
        ]
    )
    func connection(expected: Case) async throws {
        try await expect(expected)
    }

    @Test(
        "are told apart: what is not HTTP",
        arguments: [
            Case("other text", .textThenClose("hello\r\n\r\n"), .invalidHTTP("")),
            Case("a status that is no number", .textThenClose("HTTP/1.1 abc OK\r\n\r\n"), .invalidHTTP("")),
            Case(
                "two lengths",
                .textThenClose("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n[]"),
                .invalidHTTP("")
            ),
            Case(
                "a length that is no number",
                .textThenClose("HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n[]"),
                .invalidHTTP("")
            ),
            Case(
                "a chunk whose size is no number",
                .textThenClose("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n[]\r\n0\r\n\r\n"),
                .invalidHTTP("")
            ),
            Case(
                "a head without end",
                .endless(Array("HTTP/1.1 200 OK\r\nX: ".utf8), Array(repeating: 0x61, count: 10_000)),
                .invalidHTTP("")
            ),
        ]
    )
    func notHTTP(expected: Case) async throws {
        try await expect(expected)
    }

    @Test(
        "are told apart: the status",
        arguments: [
            Case("not found", .http("404 Not Found", body: "{}"), .notFound),
            Case("busy", .http("503 Service Unavailable"), .overloaded(status: 503, retryAfter: nil)),
            Case(
                "too many requests",
                .http("429 Too Many Requests", ["Retry-After: 7"]),
                .overloaded(status: 429, retryAfter: .seconds(7))
            ),
            Case("a redirect", .http("302 Found", ["Location: /elsewhere"]), .unexpectedStatus(302)),
            Case(
                "a permanent redirect",
                .http("308 Permanent Redirect", ["Location: http://127.0.0.1:1/"]),
                .unexpectedStatus(308)
            ),
            Case("not modified", .text("HTTP/1.1 304 Not Modified\r\n\r\n"), .unexpectedStatus(304)),
            Case("a crash", .http("500 Internal Server Error", body: "<html>"), .unexpectedStatus(500)),
            Case("a bad gateway", .http("502 Bad Gateway"), .unexpectedStatus(502)),
            Case("a status nobody knows", .http("799 What"), .unexpectedStatus(799)),
            Case("refused", .http("403 Forbidden", body: #"{"message":"no"}"#), .rejected(status: 403, message: "no")),
        ]
    )
    func status(expected: Case) async throws {
        try await expect(expected)
    }

    @Test(
        "are told apart: the body",
        arguments: [
            Case(
                "HTML",
                .http("200 OK", ["Content-Type: text/html"], body: "<html>"),
                .malformed("text/html; no value starts like this (at byte 0)")
            ),
            Case("text without a type", .http(body: "sorry"), .malformed("no value starts like this (at byte 0)")),
            Case("nothing", .http(), .malformed("the text ends where a value should be (at byte 0)")),
            Case(
                "no content",
                .text("HTTP/1.1 204 No Content\r\n\r\n"),
                .malformed("the text ends where a value should be (at byte 0)")
            ),
            Case(
                "half of it",
                .http(body: #"[{"id":"#),
                .malformed("the text ends where a value should be (at byte 7)")
            ),
            Case(
                "another type",
                .http(body: #"{"events":[]}"#),
                .malformed("the body should be an array, but is an object (at byte 0)")
            ),
            Case(
                "another type inside",
                .http("200 OK", ["Content-Type: application/json"], body: #"[{"id":1}]"#),
                .malformed(#""id" of element 0 of the body should be a string, but is a number (at byte 7)"#)
            ),
            Case(
                "compressed",
                .http("200 OK", ["Content-Encoding: gzip"], body: "\u{1F}\u{8B}"),
                .malformed("no value starts like this (at byte 0)")
            ),
        ]
    )
    func body(expected: Case) async throws {
        try await expect(expected)
    }

    @Test("a body larger than the limit is refused by its length alone")
    func tooLargeByLength() async throws {
        let head = "HTTP/1.1 200 OK\r\nContent-Length: 104857600\r\n\r\n["
        try await Upstream.run(limits: limits(1000), answering: { _ in .text(head) }) { upstream in
            #expect(await upstream.error() == .tooLarge(limit: 1000))
            try await upstream.server.wait { $0.hangUps == 1 }
        }
    }

    @Test(
        "a body without a length is read up to the limit and no further, and the connection is closed",
        arguments: ["Transfer-Encoding: chunked", "Connection: close"]
    )
    func tooLargeByBytes(header: String) async throws {
        let piece = Array(repeating: UInt8(ascii: " "), count: 4096)
        let chunk = header.contains("chunked") ? Array("1000\r\n".utf8) + piece + Array("\r\n".utf8) : piece
        let answer = RawAnswer.endless(Array("HTTP/1.1 200 OK\r\n\(header)\r\n\r\n".utf8), chunk)
        try await Upstream.run(limits: limits(100_000), answering: { _ in answer }) { upstream in
            #expect(await upstream.error() == .tooLarge(limit: 100_000))
            try await upstream.server.wait { $0.hangUps == 1 }
        }
    }

    @Test("a body exactly as large as the limit is read")
    func asLargeAsTheLimit() async throws {
        let body = "[" + String(repeating: " ", count: 998) + "]"
        try await Upstream.run(limits: limits(1000), answering: { _ in .http(body: body) }) { upstream in
            #expect(await upstream.error() == nil)
        }
        try await Upstream.run(limits: limits(999), answering: { _ in .http(body: body) }) { upstream in
            #expect(await upstream.error() == .tooLarge(limit: 999))
        }
    }

    @Test("a port where nobody listens refuses")
    func refused() async throws {
        let port = try await RawServer.run(answering: { _ in .nothing }) { $0.port }
        #expect(try await error(at: "http://127.0.0.1:\(port)") == .refused)
    }

    @Test("a name that nobody has is unreachable, and the reason names it")
    func unknownName() async throws {
        let error = try await error(at: "http://nobody.invalid")
        switch error {
        case .unreachable(let reason): #expect(reason.contains("nobody.invalid"))
        // Where no name server answers.
        case .timedOut: break
        default: Issue.record("\(String(describing: error))")
        }
    }

    @Test("a server that doesn't speak TLS is unreachable by https")
    func noTLS() async throws {
        try await RawServer.run(greeting: "HTTP/1.1 400 Bad Request\r\n\r\n", answering: { _ in .nothing }) { server in
            let error = try await error(at: "https://127.0.0.1:\(server.port)")
            guard case .unreachable(let reason) = error else {
                Issue.record("\(String(describing: error))")
                return
            }
            #expect(!reason.isEmpty)
        }
    }

    @Test("cancelling a call that gets no answer ends it at once, and the server sees the connection close")
    func cancellation() async throws {
        try await Upstream.run(answering: { _ in .nothing }) { upstream in
            let call = Task { await upstream.error() }
            try await upstream.server.wait { $0.requests.count == 1 }
            call.cancel()
            #expect(await call.value == .cancelled)
            try await upstream.server.wait { $0.hangUps == 1 }
        }
    }

    @Test("cancelling a call in the middle of its answer does the same")
    func cancellationInBody() async throws {
        let answer = RawAnswer.text("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n[")
        try await Upstream.run(answering: { _ in answer }) { upstream in
            let call = Task { await upstream.error() }
            try await upstream.server.wait { $0.requests.count == 1 }
            call.cancel()
            #expect(await call.value == .cancelled)
            try await upstream.server.wait { $0.hangUps == 1 }
        }
    }

    @Test("a call in a task that is cancelled already sends nothing")
    func cancelledBefore() async throws {
        try await Upstream.run(answering: { _ in .http(body: "[]") }) { upstream in
            let error = await withTaskGroup(of: UpstreamError?.self) { group in
                group.cancelAll()
                group.addTask { await upstream.error() }
                return await group.next() ?? nil
            }
            #expect(error == .cancelled)
            #expect(upstream.server.record.requests.isEmpty)
        }
    }

    private func expect(_ expected: Case) async throws {
        try await Upstream.run(answering: { _ in expected.answer }) { upstream in
            let error = await upstream.error()
            if case .invalidHTTP(let reason) = error, case .invalidHTTP = expected.error {
                #expect(!reason.isEmpty)
            } else {
                #expect(error == expected.error)
            }
            #expect(upstream.server.record.requests.count == 1, "nothing is repeated behind the caller's back")
        }
    }

    private func error(at address: String) async throws -> UpstreamError? {
        let url = try #require(BaseURL(address))
        return try await Upstream.withClient { client in
            do {
                _ = try await HTTPEventsAPI(client: client, baseURL: url).answer(
                    to: .users,
                    for: CallContext(requestID: "r")
                )
                return nil
            } catch {
                return error as? UpstreamError
            }
        }
    }

    private func limits(_ bytes: Int) -> UpstreamLimits {
        var limits = UpstreamLimits()
        limits.maximumBodySize = bytes
        return limits
    }
}
