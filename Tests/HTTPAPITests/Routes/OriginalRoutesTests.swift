import EventService
import EventServiceTestSupport
import HTTPAPI
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import Testing

@Suite("The four original routes", .timeLimit(.minutes(3)))
struct OriginalRoutesTests {
    private static let event = #"{"name":"Talk","userId":"1"}"#

    @Test(
        "pass the events API's answer on to the byte",
        arguments: [
            ("/getUsers", UpstreamRoute.getUsers, #" [ {"id":"1","name":"\u00e9","events":[],"x":1.50} ] "#),
            ("/getEvents", .getEvents, #"[{"id":"e","name":"😀","userId":"1", "more" : {}}]"#),
        ]
    )
    func lists(path: String, route: UpstreamRoute, body: String) async throws {
        let harness = try APIHarness(FakeEventsAPI { (_, _) in ByteBuffer(string: body) })
        let response = try await harness.answer(path)
        #expect(response.status == .ok)
        #expect(response.headers[.contentType] == "application/json; charset=utf-8")
        #expect(response.headers[.contentLength] == "\(body.utf8.count)")
        #expect(response.text == body)
        #expect(harness.api.record.calls.map(\.route) == [route])
    }

    @Test("give a user's events in the user's order")
    func eventsOfUser() async throws {
        let harness = try APIHarness(.working(events: ["b", "a", "b"]))
        let response = try await harness.answer("/getEventsByUserId/7")
        #expect(response.status == .ok)
        #expect(response.headers[.contentType] == "application/json; charset=utf-8")
        let events = ["b", "a"].map { String(buffer: AnswerBody.event($0)) }
        #expect(response.text == "[\(events.joined(separator: ","))]")
        #expect(response.header("Evenkeel-Missing") == nil)
        #expect(harness.api.record.calls.first == .user(id: "7"))
    }

    @Test(
        "decode the user's identifier in the path, once",
        arguments: [
            ("1", "1"), ("a%20b", "a b"), ("a%2Fb", "a/b"), ("%C3%A9", "é"), ("a%252Fb", "a%2Fb"), ("..%2F", "../"),
            ("a+b", "a+b"), ("a?partial=false", "a"),
        ]
    )
    func userID(segment: String, id: String) async throws {
        let harness = try APIHarness(.working())
        #expect(try await harness.answer("/getEventsByUserId/\(segment)").status == .ok)
        #expect(harness.api.record.calls == [.user(id: id)])
    }

    @Test("refuse an identifier that is not UTF-8", arguments: ["%FF", "%C3", "%ED%A0%80"])
    func malformedUserID(segment: String) async throws {
        let harness = try APIHarness(.working())
        #expect(try await harness.answer("/getEventsByUserId/\(segment)").status == .badRequest)
        #expect(harness.api.record.calls.isEmpty)
    }

    @Test("a partial answer names what it lacks, in order and safe for a header")
    func partial() async throws {
        let ids = ["ok", "a,b", "é", "x y", "\r\nX: y", "-._~", "%"]
        let harness = try APIHarness(
            FakeEventsAPI { (call, context) throws(UpstreamError) in
                if case .event(let id) = call, id != "ok" { throw .tooLarge(limit: 1) }
                return try await FakeEventsAPI.success(events: ids)(call, context)
            }
        )
        let response = try await harness.answer("/getEventsByUserId/1?partial=true")
        #expect(response.status == .ok)
        #expect(response.text == "[\(String(buffer: AnswerBody.event("ok")))]")
        #expect(response.header("Evenkeel-Missing") == "a%2Cb, %C3%A9, x%20y, %0D%0AX%3A%20y, -._~, %25")
        #expect(response.header("Evenkeel-Missing-Count") == "6")
    }

    @Test("a list of what is missing stays within what fits into a header; the count is whole")
    func manyMissing() async throws {
        let ids = (1000..<3000).map { "event-\($0)" }
        let harness = try APIHarness(
            FakeEventsAPI { (call, context) throws(UpstreamError) in
                if case .event = call { throw .refused }
                return try await FakeEventsAPI.success(events: ids)(call, context)
            }
        )
        let response = try await harness.answer("/getEventsByUserId/1?partial=true")
        #expect(response.text == "[]")
        let list = try #require(response.header("Evenkeel-Missing"))
        #expect(list.hasPrefix("event-1000, event-1001, "))
        #expect((3000...5000).contains(list.utf8.count))
        #expect(list.split(separator: ", ").allSatisfy { $0.wholeMatch(of: /event-\d{4}/) != nil })
        #expect(response.header("Evenkeel-Missing-Count") == "2000")
    }

    @Test("without partial=true one event that can't be read fails the whole", arguments: ["", "?partial=false"])
    func notPartial(query: String) async throws {
        let harness = try APIHarness(
            FakeEventsAPI { (call, context) throws(UpstreamError) in
                if call == .event(id: "b") { throw .tooLarge(limit: 1) }
                return try await FakeEventsAPI.success(events: ["a", "b"])(call, context)
            }
        )
        #expect(try await harness.answer("/getEventsByUserId/1\(query)").status == .badGateway)
    }

    @Test(
        "partial is true or false, and wrong together with everything else that is",
        arguments: ["/getEventsByUserId/1", "/v1/users/1/events"],
        [
            ("partial=1", ["partial: must be true or false"]), ("partial=TRUE", ["partial: must be true or false"]),
            ("partial", ["partial: must be true or false"]), ("partial=", ["partial: must be true or false"]),
            ("partial=%", ["partial: is not percent-encoded UTF-8"]),
            ("partial=true&partial=false", ["partial: is given more than once"]),
            ("p%61rtial=x", ["partial: must be true or false"]),
            (
                "limit=0&partial=x",
                ["partial: must be true or false", "limit: must be a whole number from 1 to 1000"]
            ),
        ]
    )
    func partialValue(path: String, wrong: (query: String, details: [String])) async throws {
        let harness = try APIHarness(.working())
        let response = try await harness.answer("\(path)?\(wrong.query)")
        #expect(response.status == .badRequest)
        #expect(try ReadProblem(response).details?.map { "\($0.field): \($0.message)" } == wrong.details)
        #expect(harness.api.record.calls.isEmpty)
    }

    @Test("links of a partial list lead to partial lists", arguments: ["/getEventsByUserId/1", "/v1/users/1/events"])
    func partialLinks(path: String) async throws {
        let harness = try APIHarness(.working(events: ["a", "b"]))
        let response = try await harness.answer("\(path)?partial=true&limit=1&offset=0")
        #expect(response.header("Link")?.contains(#"<?partial=true&limit=1&offset=1>; rel="next""#) == true)
    }

    @Test("add an event and give the events API's own answer")
    func addEvent() async throws {
        let harness = try APIHarness(.working())
        let response = try await harness.answer("/addEvent", .post, body: Self.event)
        #expect(response.status == .ok)
        #expect(response.headers[.contentType] == "application/json; charset=utf-8")
        #expect(response.text == String(buffer: AnswerBody.added))
        #expect(harness.api.record.calls.map(\.route) == [.getUserById, .addEvent])
    }

    @Test(
        "take JSON by any of its names, and a body without a name",
        arguments: [
            "application/json", "application/json; charset=utf-8", "APPLICATION/JSON", "application/json;charset=utf-8",
            "application/vnd.event+json", nil,
        ]
    )
    func contentType(type: String?) async throws {
        let headers: HTTPFields = type.map { [.contentType: $0] } ?? [:]
        let response = try await APIHarness(.working()).answer("/addEvent", .post, headers: headers, body: Self.event)
        #expect(response.status == .ok)
    }

    @Test(
        "refuse another content type",
        arguments: ["text/plain", "application/x-www-form-urlencoded", "application/jsonp", "", "json"]
    )
    func wrongContentType(type: String) async throws {
        let harness = try APIHarness(.working())
        let response = try await harness.answer("/addEvent", .post, headers: [.contentType: type], body: Self.event)
        #expect(response.status == .unsupportedMediaType)
        #expect(response.headers[.accept] == "application/json")
        #expect(harness.api.record.calls.isEmpty)
    }

    @Test("refuse a body larger than the limit, and take one as large as it")
    func bodySize() async throws {
        var configuration = HTTPAPIConfiguration()
        configuration.maximumBodySize = 100
        let harness = try APIHarness(.working(), configuration: configuration)
        let padding = String(repeating: " ", count: 100 - Self.event.utf8.count)
        #expect(try await harness.answer("/addEvent", .post, body: Self.event + padding).status == .ok)
        let response = try await harness.answer("/addEvent", .post, body: Self.event + padding + " ")
        #expect(response.status == .contentTooLarge)
        #expect(response.text.contains("the body may have at most 100 bytes"))
    }

    @Test(
        "answer a HEAD like a GET, without the body",
        arguments: ["/getUsers", "/getEvents", "/getEventsByUserId/1", "/healthz", "/ready"]
    )
    func head(path: String) async throws {
        let harness = try APIHarness(.working(events: ["a"]))
        let get = try await harness.answer(path)
        let head = try await harness.answer(path, .head)
        #expect(head.status == .ok)
        #expect(head.text.isEmpty)
        #expect(head.headers[.contentLength] == "\(get.body.readableBytes)")
        #expect(head.headers[.contentType] == get.headers[.contentType])
    }
}
