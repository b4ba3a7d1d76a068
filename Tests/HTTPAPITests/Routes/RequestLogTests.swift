import EventService
import EventServiceTestSupport
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import TestSupport
import Testing

@Suite("Log of requests", .timeLimit(.minutes(3)))
struct RequestLogTests {
    @Test("has one line for a request: what it was, how it ended, and what it cost")
    func line() async throws {
        let log = RecordingLog()
        let harness = try APIHarness(.working(events: ["a", "b"]), logger: log.logger)
        let trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
        harness.api.setScript { [clock = harness.clock] call, context throws(UpstreamError) in
            clock.advance(by: .microseconds(2500))
            return try await FakeEventsAPI.success(events: ["a", "b"])(call, context)
        }
        let response = try await harness.answer(
            "/getEventsByUserId/7",
            headers: [.requestID: "r-1", .traceParent: trace]
        )
        let lines = log.lines.filter { $0.message == "Request answered" }
        #expect(lines.count == 1)
        let metadata = try #require(lines.first?.metadata)
        #expect(lines.first?.level == .info)
        #expect(
            metadata == [
                "request_id": "r-1", "trace_id": "0af7651916cd43dd8448eb211c80319c", "method": "GET",
                "route": "/getEventsByUserId/{id}", "status": "200", "upstream_attempts": "3", "duration_ms": "7.5",
                "bytes": "\(response.body.readableBytes)",
            ]
        )
    }

    @Test(
        "has a line for errors too, with the kind of the problem",
        arguments: [
            ("/nothing", "unmatched", "404", "not-found"), ("/addEvent", "unmatched", "405", "method-not-allowed"),
            ("/getEvents", "/getEvents", "503", "busy"),
        ]
    )
    func errors(path: String, route: String, status: String, problem: String) async throws {
        let log = RecordingLog()
        _ = try await APIHarness(.failing(.refused), logger: log.logger).answer(path)
        let lines = log.lines.filter { $0.message == "Request answered" }
        #expect(lines.map { $0.metadata["status"] } == [status])
        #expect(lines.map { $0.metadata["route"] } == [route])
        #expect(lines.map { $0.metadata["problem"] } == [problem])
    }

    @Test("says from which address it came, over a connection")
    func address() async throws {
        let log = RecordingLog()
        try await APIHarness(.working(), logger: log.logger).run(.live) { client in
            _ = try await client.execute(uri: "/v1/users", method: .get)
        }
        let lines = log.lines.filter { $0.message == "Request answered" }
        #expect(lines.map { $0.metadata["client_address"] } == ["127.0.0.1"])
    }

    @Test("names the breakers that aren't closed, and only those")
    func breakers() async throws {
        let log = RecordingLog()
        let harness = try APIHarness(.failing(.unexpectedStatus(500)), logger: log.logger)
        _ = try await harness.answer("/nothing")
        _ = try await harness.answer("/getEvents")
        _ = try await harness.answer("/nothing")
        let lines = log.lines.filter { $0.message == "Request answered" }
        #expect(lines.map { $0.metadata["breakers"] } == [nil, #"["getEvents": "OPEN"]"#, #"["getEvents": "OPEN"]"#])
    }

    @Test("has what machines ask every few seconds for debugging only", arguments: ["/healthz", "/ready", "/metrics"])
    func polled(path: String) async throws {
        let log = RecordingLog()
        _ = try await APIHarness(.working(), logger: log.logger).answer(path)
        #expect(log.lines.filter { $0.message == "Request answered" }.map(\.level) == [.debug])
    }

    @Test("never has what was in a body, a query, or an identifier in the path")
    func secrets() async throws {
        let log = RecordingLog()
        let harness = try APIHarness(.working(), logger: log.logger)
        _ = try await harness.answer("/addEvent?token=secret1", .post, body: #"{"name":"secret2","userId":"secret3"}"#)
        _ = try await harness.answer("/getEventsByUserId/secret4?partial=secret5")
        _ = try await harness.answer("/secret6")
        let text = log.lines.map { "\($0.message) \($0.metadata)" }.joined()
        #expect(text.contains("Request answered"))
        #expect(!text.contains("secret"))
    }
}
