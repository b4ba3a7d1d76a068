import EventService
import EventServiceTestSupport
import HTTPAPI
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import Testing

@Suite("The routes under /v1", .timeLimit(.minutes(3)))
struct V1RoutesTests {
    @Test(
        "pass on each element of the events API's lists to the byte",
        arguments: [
            ("/v1/users", #"{"id":"1","name":"\u00e9","events":[],"x":1.50}"#),
            ("/v1/events", #"{"id":"e","name":"😀","userId":"1", "more" : {}}"#),
        ]
    )
    func lists(path: String, element: String) async throws {
        let harness = try APIHarness(FakeEventsAPI { (_, _) in ByteBuffer(string: " [ \(element) ] ") })
        #expect(try await harness.answer(path).text == "[\(element)]")
    }

    @Test("page through a list by its links, 50 elements at a time, and see each once")
    func pages() async throws {
        let elements = (0..<120).map { #"{"id":"\#($0)","name":"n","userId":"1"}"# }
        let harness = try APIHarness(
            FakeEventsAPI { (_, _) in ByteBuffer(string: "[\(elements.joined(separator: ","))]") }
        )
        var next: String? = ""
        var pages: [String] = []
        while let query = next {
            let response = try await harness.answer("/v1/events\(query)")
            #expect(response.header("X-Total-Count") == "120")
            pages.append(response.text)
            let link = response.header("Link")?.split(separator: ", ").first { $0.hasSuffix(#"rel="next""#) }
            next = link.map { String($0.dropFirst().prefix { $0 != ">" }) }
        }
        let expected = [0..<50, 50..<100, 100..<120].map { "[\(elements[$0].joined(separator: ","))]" }
        #expect(pages == expected)
    }

    @Test("cut, sort and filter the lists of the original routes only where a client asks for it")
    func originalLists() async throws {
        let body = #" [{"id":"1","name":"b","events":[]}, {"id":"2","name":"a","events":["e"]}]"#
        let harness = try APIHarness(FakeEventsAPI { (_, _) in ByteBuffer(string: body) })
        #expect(try await harness.answer("/getUsers").text == body)
        #expect(try await harness.answer("/getUsers?sort=name&fields=id&_=1").text == #"[{"id":"2"},{"id":"1"}]"#)
        #expect(try await harness.answer("/getUsers?filter=events=e&fields=name").text == #"[{"name":"a"}]"#)
        #expect(try await harness.answer("/getUsers?limit=0").status == .badRequest)
    }

    @Test("answer an added event with the event, and with where it is now")
    func adding() async throws {
        let harness = try APIHarness(.working())
        let body = #"{"id":"a b/ü","name":"Lunch","userId":"1","more":[1]}"#
        let response = try await harness.answer("/v1/events", .post, body: body)
        #expect(response.status == .created)
        #expect(response.header("Location") == "/v1/events/a%20b%2F%C3%BC")
        #expect(response.text == body)
    }

    @Test("refuse parameters that they don't know, each by its name, before anything is asked")
    func unknownParameters() async throws {
        let harness = try APIHarness(.working())
        let response = try await harness.answer("/v1/users/1/events?partially=true&x=1")
        #expect(response.status == .badRequest)
        let details = try #require(try ReadProblem(response).details)
        #expect(details.map(\.field) == ["partially", "x"])
        #expect(details[0].message == "is unknown: known are limit, offset, cursor, sort, fields, filter, partial")
        #expect(harness.api.record.calls.isEmpty)
    }

    @Test("leave what the original routes' clients send alone")
    func originalRoutes() async throws {
        let harness = try APIHarness(.working())
        #expect(try await harness.answer("/getUsers?_=123").status == .ok)
    }

    @Test("answer 304 to who has a list already, but not to who asks for what it doesn't have")
    func conditions() async throws {
        let harness = try APIHarness(.working())
        let tag = try #require(try await harness.answer("/v1/users").header("ETag"))
        let headers: HTTPFields = [.ifNoneMatch: tag]
        let known = try await harness.answer("/v1/users?fields=name&sort=-name", headers: headers)
        #expect(known.status == .notModified)
        #expect(known.text.isEmpty)
        #expect(try await harness.answer("/v1/users?fields=nothing", headers: headers).status == .badRequest)
    }
}
