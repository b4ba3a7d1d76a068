import EventService
import EventServiceTestSupport
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Testing

@Suite("Request identifiers and traces", .timeLimit(.minutes(3)))
struct RequestIdentityTests {
    private static let sample = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"

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

    @Test("a trace is taken, returned, and sent upstream")
    func trace() async throws {
        let harness = try APIHarness(.working())
        let response = try await harness.answer("/getUsers", headers: [.traceParent: Self.sample])
        #expect(response.headers[.traceParent] == Self.sample)
        #expect(harness.api.record.contexts.map(\.traceParent) == [Self.sample])
    }

    @Test(
        "one that breaks the rules, or none, is replaced by a new one",
        arguments: [
            nil, "", "00", sample.uppercased(), "01" + sample.dropFirst(2), "ff" + sample.dropFirst(2), sample + "-00",
            "00-00000000000000000000000000000000-b7ad6b7169203331-01",
            "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
            "00-0af7651916cd43dd8448eb211c80319-b7ad6b71692033311-01",
            "00-0af7651916cd43dd8448eb211c80319g-b7ad6b7169203331-01",
            sample.replacing("-", with: "_"),
        ] as [String?]
    )
    func brokenTrace(trace: String?) async throws {
        let harness = try APIHarness(.working())
        let headers: HTTPFields = trace.map { [.traceParent: $0] } ?? [:]
        let response = try await harness.answer("/getUsers", headers: headers)
        let made = try #require(response.headers[.traceParent])
        #expect(made != trace)
        #expect(made.wholeMatch(of: /00-[0-9a-f]{32}-[0-9a-f]{16}-00/) != nil)
        #expect(harness.api.record.contexts.map(\.traceParent) == [made])
    }
}
