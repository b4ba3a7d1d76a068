import EventService
import NIOCore
import NetworkTestSupport
import Testing

@testable import UpstreamClient

@Suite("Answers of the events API", .timeLimit(.minutes(3)))
struct AnswerTests {
    private static let users =
        #" [ {"id":"1", "name":"\u00e9 é 😀", "events":[ ], "x":[1.0, 1e999, {"y":null}]} ] "# + "\r\n"

    @Test(
        "are handed on to the byte, however they were framed",
        arguments: [
            RawAnswer.http(body: users),
            .http("200 OK", ["Content-Type: application/json; charset=utf-8"], body: users),
            .http("200 OK", ["Content-Type: text/html"], body: users),
            .http("201 Created", body: users),
            .textThenClose("HTTP/1.0 200 OK\r\n\r\n\(users)"),
            .bytes(Array("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n".utf8) + chunked(users, of: 7)),
            .text(
                "HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: \(users.utf8.count)\r\n\r\n\(users)"
            ),
        ]
    )
    func untouched(answer: RawAnswer) async throws {
        try await Upstream.run(answering: { _ in answer }) { upstream in
            let body = try await upstream.api.answer(to: .users, for: upstream.context)
            #expect(String(buffer: body) == Self.users)
        }
    }

    @Test(
        "may have any further members, and must have those promised",
        arguments: [
            (UpstreamCall.users, #"[{"id":"1","name":"n","events":["e"]}]"#, true),
            (.users, #"[{"id":"1","name":"n"}]"#, false),
            (.user(id: "1"), #"{"id":"1","name":"n","events":[]}"#, true),
            (.user(id: "1"), #"{"id":"1","name":"n","events":[1]}"#, false),
            (.events, #"[{"id":"1","name":"n","userId":"1"}]"#, true),
            (.events, #"[{"id":"1","name":"n"}]"#, false),
            (.event(id: "1"), #"{"id":"1","name":"n","userId":"1","more":[]}"#, true),
            (.event(id: "1"), "null", false),
            (.addEvent(body: ByteBuffer()), #"{"success":true}"#, true),
            (.addEvent(body: ByteBuffer()), "{}", true),
            (.addEvent(body: ByteBuffer()), "[]", false),
        ]
    )
    func shape(call: UpstreamCall, body: String, isPromised: Bool) async throws {
        try await Upstream.run(answering: { _ in .http(body: body) }) { upstream in
            #expect((await upstream.error(call) == nil) == isPromised)
        }
    }

    @Test(
        "say how long to wait, in seconds or as a date on the events API's own clock",
        arguments: [
            (["Retry-After: 0"], Duration.zero), (["Retry-After: 120"], .seconds(120)),
            (["retry-after:  5 "], .seconds(5)),
            (["Retry-After: 4294967295"], .seconds(4_294_967_295)),
            (["Date: Sun, 06 Nov 1994 08:49:37 GMT", "Retry-After: Sun, 06 Nov 1994 08:50:00 GMT"], .seconds(23)),
            (["Date: Sun, 06 Nov 1994 08:49:37 GMT", "Retry-After: Sun, 06 Nov 1994 08:49:00 GMT"], .zero),
            (["Retry-After: Sun, 06 Nov 1994 08:49:37 GMT"], .zero),
            (["Retry-After: -1"], nil), (["Retry-After: 1.5"], nil), (["Retry-After: soon"], nil),
            (["Retry-After:"], nil),
            (["Retry-After: 99999999999999999999"], nil), (["Retry-After: 1994-11-06T08:49:37Z"], nil), ([], nil),
        ] as [([String], Duration?)]
    )
    func retryAfter(headers: [String], retryAfter: Duration?) async throws {
        for status in [429, 503] {
            try await Upstream.run(answering: { _ in .http("\(status) Busy", headers) }) { upstream in
                #expect(await upstream.error() == .overloaded(status: status, retryAfter: retryAfter))
            }
        }
    }

    @Test(
        "that refuse are quoted, where they have words, and not beyond measure",
        arguments: [
            (#"{"message":"why"}"#, "why"), (#"{"error":"why"}"#, "why"),
            (#"{"error":"short","message":"long"}"#, "long"),
            (#"{"message":"\#(String(repeating: "x", count: 1000))"}"#, String(repeating: "x", count: 200)),
            (
                #"{"message":"a\#(String(repeating: "\u{301}", count: 1000))"}"#,
                "a" + String(repeating: "\u{301}", count: 199)
            ),
            (#"{"message":7}"#, nil), (#"{"message":null,"error":null}"#, nil), ("{}", nil), ("[]", nil),
            ("<html>", nil), ("", nil),
        ] as [(String, String?)]
    )
    func message(body: String, message: String?) async throws {
        try await Upstream.run(answering: { _ in .http("422 Unprocessable Content", body: body) }) { upstream in
            let error = await upstream.error()
            #expect(error == .rejected(status: 422, message: message))
            guard case .rejected(_, let quoted) = error else { return }
            #expect(quoted?.unicodeScalars.count == message?.unicodeScalars.count)
        }
    }

    @Test("that are no JSON are named by what they claim to be, and not beyond measure")
    func label() async throws {
        let type = "text/" + String(repeating: "x", count: 10_000)
        try await Upstream.run(answering: { _ in .http("200 OK", ["Content-Type: \(type)"], body: "<") }) { upstream in
            guard case .malformed(let reason) = await upstream.error() else {
                Issue.record("it is malformed")
                return
            }
            #expect(reason.hasPrefix("text/xxx"))
            #expect(reason.count < 200)
        }
    }

    private static func chunked(_ text: String, of size: Int) -> [UInt8] {
        var rest = Array(text.utf8)[...]
        var result: [UInt8] = []
        while !rest.isEmpty {
            let chunk = rest.prefix(size)
            result += Array("\(String(chunk.count, radix: 16))\r\n".utf8) + chunk + Array("\r\n".utf8)
            rest = rest.dropFirst(size)
        }
        return result + Array("0\r\n\r\n".utf8)
    }
}
