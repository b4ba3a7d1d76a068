import EventServiceTestSupport
import Foundation
import HTTPAPI
import Hummingbird
import HummingbirdTesting
import Logging
import NIOCore
import Testing

/// What is refused before it gets to a route, over real sockets.
@Suite("A request that breaks the rules of HTTP", .timeLimit(.minutes(3)))
struct RefusalTests {
    private static let get = "GET /getUsers HTTP/1.1\r\nHost: localhost\r\n"
    private static let post = "POST /addEvent HTTP/1.1\r\nHost: localhost\r\n"
    private static let event = #"{"name":"n","userId":"1"}"#

    private static let refused: [(status: Int, request: String)] = [
        (400, "hello\r\n\r\n"),
        (400, "GET\r\n\r\n"),
        (400, "FLY /getUsers HTTP/1.1\r\nHost: localhost\r\n\r\n"),
        (400, get + "no colon\r\n\r\n"),
        (400, get + "space : before the colon\r\n\r\n"),
        (400, get + ": no name\r\n\r\n"),
        (400, get + "X: folded\r\n line\r\n\r\n"),
        (400, get + "X: bare\n\r\n\r\n"),
        (400, get + "X: \0\r\n\r\n"),
        (400, post + "Content-Length: x\r\n\r\n"),
        (400, post + "Content-Length: -1\r\n\r\n"),
        (400, post + "Content-Length: +1\r\n\r\n1"),
        (400, post + "Content-Length: 99999999999999999999\r\n\r\n"),
        (400, post + "Content-Length: 1\r\nContent-Length: 2\r\n\r\n{}"),
        (400, post + "Content-Length: 2, 2\r\n\r\n{}"),
        (400, post + "Transfer-Encoding: chunked\r\nContent-Length: 25\r\n\r\n" + event),
        (400, post + "Content-Length: 25\r\nTransfer-Encoding: chunked\r\n\r\n" + event),
        (400, "GET /getUsers HTTP/1.1\r\n\r\n"),
        (400, get + "Host: localhost\r\n\r\n"),
        (400, get + "host: other\r\n\r\n"),
        (400, "GET /getUsers HTTP/1.1\r\nHost: a b\r\n\r\n"),
        (400, "GET /getUsers HTTP/1.1\r\nHost: user@test\r\n\r\n"),
        (400, "GET /getUsers HTTP/1.0\r\nHost: a\r\nHost: b\r\n\r\n"),
        (400, "POST /addEvent HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
        (417, post + "Expect: 200-ok\r\nContent-Length: 25\r\n\r\n" + event),
        (501, post + "Transfer-Encoding: gzip\r\n\r\n"),
        (501, post + "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n"),
        (501, post + "Transfer-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
        (400, "GET /getUsers HTP/1.1\r\nHost: localhost\r\n\r\n"),
        (505, "GET /getUsers\r\n\r\n"),
        (505, "GET /getUsers HTTP/1.1\nHost: localhost\n\n"),
        (505, "GET /getUsers HTTP/9.9\r\nHost: localhost\r\n\r\n"),
        (505, "GET /getUsers HTTP/2.0\r\nHost: localhost\r\n\r\n"),
        (505, "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"),
        (414, "GET /\(String(repeating: "x", count: 40_000)) HTTP/1.1\r\nHost: localhost\r\n\r\n"),
        (431, get + "X: \(String(repeating: "x", count: 40_000))\r\n\r\n"),
        (431, get + String(repeating: "X: \(String(repeating: "y", count: 900))\r\n", count: 40) + "\r\n"),
        (431, get + String(repeating: "X: y\r\n", count: 10_000) + "\r\n"),
    ]

    @Test("is answered in the one shape that errors have, and the connection ends", arguments: refused)
    func answered(status: Int, request: String) async throws {
        let log = RecordingLog()
        let harness = try APIHarness(.working(), logger: log.logger, configuration: .patient)
        try await harness.run(.live) { client in
            try await RawClient.run(port: client.port) { raw in
                // What comes after is part of no request.
                _ = try? await raw.send(request + Self.get + "\r\n")
                let answer = try await raw.answer()
                #expect(answer.status == status)
                #expect(answer.headers["connection"] == "close")
                #expect(answer.headers["content-type"] == "application/problem+json")
                let problem = try JSONDecoder().decode(ReadProblem.self, from: Data(answer.body.utf8))
                #expect(problem.status == status)
                #expect(problem.instance == answer.headers["x-request-id"])
                try await raw.waitForEnd()
                #expect(raw.leftOver.isEmpty)
            }
            #expect(try await client.execute(uri: "/healthz", method: .get).status == .ok)
        }
        #expect(harness.api.record.calls.isEmpty)
        #expect(log.lines.filter { $0.level >= .warning }.map(\.message) == [])
        let lines = log.lines.filter { $0.message == "Request refused" }
        #expect(lines.map { $0.metadata["status"] } == ["\(status)"])
        #expect(lines.map { $0.metadata["client_address"] } == ["127.0.0.1"])
    }

    @Test(
        "is told how lines end and what the first one is, where that is what is wrong",
        arguments: [
            ("GET /getUsers HTTP/1.1\nHost: localhost\n\n", "HTTP/1.1 or HTTP/1.0 and CR LF"),
            (get + "X: bare\n\r\n\r\n", "end with CR LF"),
            ("GET /getUsers HTP/1.1\r\nHost: localhost\r\n\r\n", "a method, a path and HTTP/1.1"),
        ]
    )
    func saysHow(request: String, hint: String) async throws {
        try await APIHarness(.working(), configuration: .patient).run(.live) { client in
            try await RawClient.run(port: client.port) { raw in
                try await raw.send(request)
                let answer = try await raw.answer()
                let problem = try JSONDecoder().decode(ReadProblem.self, from: Data(answer.body.utf8))
                #expect(problem.detail.contains(hint))
            }
        }
    }

    @Test("is refused when its bytes are not UTF-8", arguments: ["GET /\u{1}", "GET /getUsers?x=\u{1}", "X: \u{1}"])
    func notUTF8(text: String) async throws {
        let harness = try APIHarness(.working(), configuration: .patient)
        let request =
            text.hasPrefix("GET") ? "\(text) HTTP/1.1\r\nHost: localhost\r\n\r\n" : "\(Self.get)\(text)\r\n\r\n"
        let bytes = request.utf8.map { $0 == 1 ? 0xFF : $0 }
        try await harness.run(.live) { client in
            try await RawClient.run(port: client.port) { raw in
                try await raw.send(bytes: ByteBuffer(bytes: bytes))
                #expect(try await raw.answer().status == 400)
                try await raw.waitForEnd()
            }
        }
        #expect(harness.api.record.calls.isEmpty)
    }

    @Test("is no reason to refuse what is well-formed UTF-8")
    func utf8() async throws {
        let harness = try APIHarness(.working(), configuration: .patient)
        try await harness.run(.live) { client in
            try await RawClient.run(port: client.port) { raw in
                try await raw.get("/getUsers", headers: ["X: Zoë"])
                #expect(try await raw.answer().status == 200)
            }
        }
    }

    @Test("is answered after the requests before it")
    func order() async throws {
        let harness = try APIHarness(.working(), configuration: .patient)
        try await harness.run(.live) { client in
            try await RawClient.run(port: client.port) { raw in
                try await raw.send("\(Self.get)\r\n\(Self.get)\r\nhello\r\n\r\n")
                #expect(try await raw.answer().status == 200)
                #expect(try await raw.answer().status == 200)
                #expect(try await raw.answer().status == 400)
                try await raw.waitForEnd()
            }
        }
        #expect(harness.api.record.calls.count == 2)
    }

    @Test("tells a URL that comes in many pieces from a head that is too large otherwise")
    func pieces() async throws {
        let harness = try APIHarness(.working(), configuration: .patient)
        for (beginning, status) in [("GET /", 414), (Self.get + "X: ", 431)] {
            try await harness.run(.live) { client in
                try await RawClient.run(port: client.port) { raw in
                    try await raw.send(beginning)
                    for _ in 1...40 { _ = try? await raw.send(String(repeating: "x", count: 1000)) }
                    #expect(try await raw.answer().status == status)
                }
            }
        }
    }
}
