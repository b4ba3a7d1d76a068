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
        "pass the events API's lists on to the byte",
        arguments: [
            ("/v1/users", #" [ {"id":"1","name":"\u00e9","events":[],"x":1.50} ] "#),
            ("/v1/events", #"[{"id":"e","name":"😀","userId":"1", "more" : {}}]"#),
        ]
    )
    func lists(path: String, body: String) async throws {
        let harness = try APIHarness(FakeEventsAPI { (_, _) in ByteBuffer(string: body) })
        #expect(try await harness.answer(path).text == body)
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
        #expect(details[0].message == "is no parameter; there are partial")
        #expect(harness.api.record.calls.isEmpty)
    }

    @Test("leave what the original routes' clients send alone")
    func originalRoutes() async throws {
        let harness = try APIHarness(.working())
        #expect(try await harness.answer("/getUsers?_=123").status == .ok)
    }
}
