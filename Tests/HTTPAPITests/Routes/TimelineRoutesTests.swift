import EventService
import EventServiceTestSupport
import HTTPTypes
import HummingbirdTesting
import NIOCore
import Testing

@testable import HTTPAPI

@Suite("The timeline under /v1", .timeLimit(.minutes(3)))
struct TimelineRoutesTests {
    private func json(_ response: TestResponse) throws -> JSONDocument {
        try JSONDocument(parsing: response.body.readableBytesView)
    }

    private func ids(_ response: TestResponse) throws -> [Int] {
        try json(response).elements.compactMap { $0["id"]?.number }
    }

    /// Seven failed reads, after which the breaker is open.
    private func eventful() async throws -> APIHarness {
        let harness = try APIHarness(.failing(.unexpectedStatus(500))) { $0.readRetries.maximum = 0 }
        for _ in 1...3 { await harness.fail() }
        _ = try? await harness.service.users(for: CallContext(requestID: "r"))
        return harness
    }

    @Test("has the newest entries first, each with what it is about")
    func entries() async throws {
        let entries = try json(try await eventful().answer("/v1/timeline")).elements
        let at: JSONDocument = "2023-11-14T22:13:20.000Z"
        let failure: JSONDocument = [
            "id": 4, "at": at, "route": "getUsers", "kind": "failure", "message": "status 500", "durationMs": 0,
            "probe": false, "requestId": "r",
        ]
        let transition: JSONDocument = [
            "id": 3, "at": at, "route": "getEvents", "kind": "transition", "from": "CLOSED", "to": "OPEN",
            "reason": "too many failures",
        ]
        #expect(entries.map { $0["id"] } == [4, 3, 2, 1, 0])
        #expect(entries.first == failure)
        #expect(entries.dropFirst().first == transition)
    }

    @Test(
        "is filtered",
        arguments: [
            ("route=getUsers", [4]), ("kind=transition", [3]), ("kind=failure", [4, 2, 1, 0]), ("before=2", [1, 0]),
            ("before=0", []), ("limit=2", [4, 3]), ("%6Cimit=%32", [4, 3]),
            ("limit=1&before=4&kind=failure&route=getEvents", [2]),
        ]
    )
    func filters(query: String, expected: [Int]) async throws {
        #expect(try ids(try await eventful().answer("/v1/timeline?\(query)")) == expected)
    }

    @Test("is read page by page to its end, by the links alone, and entries that come meanwhile don't move the pages")
    func pages() async throws {
        let harness = try await eventful()
        var path: String? = "/v1/timeline?kind=failure&limit=2"
        var pages: [[Int]] = []
        while let next = path {
            let response = try await harness.answer(next)
            pages.append(try ids(response))
            let link = response.header("Link")?.wholeMatch(of: /<(?<query>.*)>; rel="next"/)
            path = link.map { "/v1/timeline\($0.query)" }
            _ = try? await harness.service.users(for: CallContext(requestID: "r"))
        }
        #expect(pages == [[4, 2], [1, 0]])
    }

    @Test("has 50 entries unless more are asked for, up to 200")
    func limits() async throws {
        let harness = try await eventful()
        harness.service.setMode(.disabled, of: .getEvents)
        for _ in 1...250 { await harness.fail() }
        #expect(try ids(try await harness.answer("/v1/timeline")).count == 50)
        #expect(try ids(try await harness.answer("/v1/timeline?limit=200")).count == 200)
    }

    @Test("refuses what it can't read, each parameter by its name, and all at once")
    func invalid() async throws {
        let response = try await eventful().answer("/v1/timeline?limit=201&before=-1&route=x&kind=y&z=1")
        #expect(response.status == .badRequest)
        let details = try #require(try ReadProblem(response).details)
        #expect(
            details.map { "\($0.field): \($0.message)" } == [
                "z: is unknown: known are limit, before, route, kind",
                "limit: must be a whole number from 1 to 200",
                "before: must be a whole number from 0 to \(Int.max)",
                "route: must be one of addEvent, getEvents, getEventById, getUsers, getUserById",
                "kind: must be one of failure, transition, start, stop",
            ]
        )
    }

    @Test(
        "refuses a parameter that is no number, or is given twice",
        arguments: ["limit=0", "limit=", "limit=1.5", "limit=x", "limit=%2B5", "limit=%", "limit=1&limit=1"]
    )
    func wrong(query: String) async throws {
        #expect(try await eventful().answer("/v1/timeline?\(query)").status == .badRequest)
    }

    @Test("has a lane for every route, with seconds whose counters are there unless they are 0")
    func lanes() async throws {
        let harness = try await eventful()
        await harness.fail()
        let lanes = try json(try await harness.answer("/v1/timeline/lanes")).elements
        #expect(lanes.map { $0["route"]?.text } == UpstreamRoute.allCases.map(\.rawValue))
        let lane: JSONDocument = [
            "route": "getEvents", "earlier": [],
            "seconds": [["second": 1_700_000_000, "failures": 3, "rejections": 1]],
            "bands": [["state": "OPEN", "from": "2023-11-14T22:13:20.000Z", "waitMs": 10000]],
            "latencies": [["second": 1_700_000_000, "calls": 3, "p50Ms": 0, "p99Ms": 0]],
        ]
        #expect(lanes[1] == lane)
        #expect(lanes[0] == ["route": "addEvent", "earlier": [], "seconds": [], "bands": [], "latencies": []])
    }
}
