import EventService
import EventServiceTestSupport
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Testing

@Suite("Request identifiers", .timeLimit(.minutes(3)))
struct RequestIdentityTests {
    @Test(
        "a plain identifier is taken, returned, and sent upstream with every call",
        arguments: ["r", "A-b_c.1:2/3", String(repeating: "x", count: 128)]
    )
    func taken(id: String) async throws {
        let harness = try APIHarness(.working(events: ["a", "b"]))
        let response = try await harness.answer("/getEventsByUserId/1", headers: [.requestID: id])
        #expect(response.headers[.requestID] == id)
        #expect(harness.api.record.contexts.map(\.requestID) == [id, id, id])
    }

    @Test(
        "one that is none, too long or not plain is replaced",
        arguments: ["", "a b", "é", String(repeating: "x", count: 129), "a\tb"]
    )
    func replaced(id: String) async throws {
        let harness = try APIHarness(.working())
        let response = try await harness.answer("/getUsers", headers: [.requestID: id])
        let made = try #require(response.headers[.requestID])
        #expect(made.wholeMatch(of: /[0-9a-f]{16}/) != nil)
        #expect(harness.api.record.contexts.map(\.requestID) == [made])
    }

    @Test("each request without one gets its own")
    func made() async throws {
        let harness = try APIHarness(.working())
        var ids: Set<String> = []
        for _ in 0..<50 { ids.insert(try await harness.answer("/healthz").headers[.requestID] ?? "") }
        #expect(ids.count == 50)
        #expect(ids.allSatisfy { $0.wholeMatch(of: /[0-9a-f]{16}/) != nil })
    }

    @Test("errors return it too, those of the router as well", arguments: ["/nothing", "/addEvent", "/getEvents"])
    func errors(path: String) async throws {
        let response = try await APIHarness(.failing(.refused)).answer(path, headers: [.requestID: "r-1"])
        #expect(response.status.code >= 400)
        #expect(response.headers[.requestID] == "r-1")
        #expect(try ReadProblem(response).instance == "r-1")
    }
}
