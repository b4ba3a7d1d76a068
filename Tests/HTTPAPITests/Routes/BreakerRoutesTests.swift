import EventService
import EventServiceTestSupport
import HTTPTypes
import HummingbirdTesting
import NIOCore
import TestSupport
import Testing

@testable import HTTPAPI

@Suite("The breakers under /v1", .timeLimit(.minutes(3)))
struct BreakerRoutesTests {
    private func json(_ response: TestResponse) throws -> JSONDocument {
        try JSONDocument(parsing: response.body.readableBytesView)
    }

    private func failing() throws -> APIHarness {
        try APIHarness(.failing(.unexpectedStatus(500))) { $0.readRetries.maximum = 0 }
    }

    @Test("are all there, in order, and true only now")
    func list() async throws {
        let response = try await failing().answer("/v1/breakers")
        #expect(try json(response).elements.map { $0["name"]?.text } == UpstreamRoute.allCases.map(\.rawValue))
        #expect(response.header("Cache-Control") == "no-store")
    }

    @Test("tell everything about one that is open")
    func open() async throws {
        let harness = try failing()
        harness.clock.advance(by: .milliseconds(1500))
        for _ in 1...4 { await harness.fail() }
        harness.clock.advance(by: .milliseconds(2001))
        let breaker = try json(try await harness.answer("/v1/breakers/getEvents"))
        let at: JSONDocument = "2023-11-14T22:13:21.500Z"
        let expected: JSONDocument = [
            "name": "getEvents", "state": "OPEN", "mode": "automatic", "takenAt": "2023-11-14T22:13:23.501Z",
            "since": at, "probeAt": "2023-11-14T22:13:31.500Z", "secondsUntilProbe": 8, "waitMs": 10000,
            "waitScheduleMs": [10000, 20000, 40000, 60000], "openings": 1, "probesUnderWay": 0,
            "failures": .array([at, at, at]), "failureThreshold": 3, "failureWindowMs": 30000,
            "totals": ["succeeded": 0, "failed": 3, "ignored": 0, "rejected": 1, "opened": 1],
            "lastFailure": ["at": at, "message": "status 500"],
        ]
        #expect(breaker == expected)
    }

    @Test("leave out what there is not")
    func closed() async throws {
        let breaker = try json(try await failing().answer("/v1/breakers/addEvent"))
        for member in ["probeAt", "secondsUntilProbe", "waitMs", "lastFailure"] { #expect(breaker[member] == nil) }
    }

    @Test("take a mode, and answer with the breaker in it", arguments: BreakerStatus.Mode.allCases)
    func mode(mode: BreakerStatus.Mode) async throws {
        let harness = try failing()
        for _ in 1...3 { await harness.fail() }
        let body = #"{"mode":"\#(mode.rawValue)"}"#
        let response = try await harness.answer("/v1/breakers/getEvents/mode", .put, body: body)
        #expect(response.status == .ok)
        let state = [.automatic: "OPEN", .forcedOpen: "FORCED_OPEN", .disabled: "DISABLED"][mode]
        #expect(try json(response)["state"]?.text == state)
        #expect(try json(response)["mode"]?.text == mode.rawValue)
        #expect(harness.service.breaker(.getEvents).state.rawValue == state)
        #expect(harness.service.breaker(.getUsers).state == .closed)
        _ = try await harness.answer("/v1/breakers/getEvents/mode", .put, body: #"{"mode":"automatic"}"#)
        #expect(harness.service.breaker(.getEvents).state == (mode == .automatic ? .open : .closed))
    }

    @Test("take no other mode, and say which there are")
    func unknownMode() async throws {
        let harness = try failing()
        let response = try await harness.answer("/v1/breakers/getEvents/mode", .put, body: #"{"mode":"open"}"#)
        #expect(response.status == .badRequest)
        #expect(
            try ReadProblem(response).details
                == [.init(field: "mode", message: "must be one of automatic, forcedOpen, disabled")]
        )
        #expect(harness.service.breaker(.getEvents).state == .closed)
    }

    @Test("are closed by a reset, which forgets their failures")
    func reset() async throws {
        let harness = try failing()
        for _ in 1...3 { await harness.fail() }
        let response = try await harness.answer("/v1/breakers/getEvents/reset", .post)
        #expect(response.status == .ok)
        #expect(try json(response)["state"] == "CLOSED")
        #expect(try json(response)["failures"] == [])
        #expect(try json(response)["totals"]?["failed"] == 3)
    }

    @Test("are probed when they are open, and only then")
    func probe() async throws {
        let harness = try failing()
        let refused = try await harness.answer("/v1/breakers/getEvents/probe", .post)
        #expect(refused.status == .conflict)
        let problem = try ReadProblem(refused)
        #expect(problem.type == "urn:evenkeel:problem:not-open")
        #expect(problem.detail == "only an open breaker can be probed, and getEvents is CLOSED")
        #expect(problem.circuitBreakerState == "CLOSED")
        for _ in 1...3 { await harness.fail() }
        let probed = try await harness.answer("/v1/breakers/getEvents/probe", .post)
        #expect(probed.status == .ok)
        #expect(try json(probed)["state"] == "HALF_OPEN")
        #expect(try await harness.answer("/v1/breakers/getEvents/probe", .post).status == .conflict)
    }

    @Test(
        "that don't exist are not found, and those that do are named",
        arguments: [
            ("", HTTPRequest.Method.get), ("/mode", .put), ("/reset", .post), ("/probe", .post),
        ]
    )
    func unknown(path: String, method: HTTPRequest.Method) async throws {
        let harness = try failing()
        let response = try await harness.answer("/v1/breakers/getevents\(path)", method, body: #"{"mode":"disabled"}"#)
        #expect(response.status == .notFound)
        let names = UpstreamRoute.allCases.map(\.rawValue).joined(separator: ", ")
        #expect(try ReadProblem(response).detail == "there is no such breaker: there are \(names)")
    }

    @Test("are changed only by those who may", arguments: ["setBreakerMode", "resetBreaker", "probeBreaker"])
    func access(operation: String) throws {
        let endpoint = try #require(try failing().httpAPI.endpoints.first { $0.operation.id == operation })
        #expect(endpoint.operation.access == .admin)
    }
}
