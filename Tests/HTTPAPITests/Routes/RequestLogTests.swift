import EventService
import EventServiceTestSupport
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Testing

@Suite("Log of requests", .timeLimit(.minutes(3)))
struct RequestLogTests {
    @Test("has one line for a request: what it was, how it ended, and what it cost")
    func line() async throws {
        let log = RecordingLog()
        let harness = try APIHarness(.working(events: ["a", "b"]), logger: log.logger)
        let trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
        _ = try await harness.answer("/getEventsByUserId/7", headers: [.requestID: "r-1", .traceParent: trace])
        let lines = log.lines.filter { $0.message == "Request answered" }
        #expect(lines.count == 1)
        var metadata = try #require(lines.first?.metadata)
        #expect(metadata.removeValue(forKey: "duration_ms").flatMap { Int($0) } != nil)
        #expect(
            metadata == [
                "request_id": "r-1", "trace_id": "0af7651916cd43dd8448eb211c80319c", "method": "GET",
                "route": "/getEventsByUserId/{id}", "status": "200", "upstream_attempts": "3",
            ]
        )
    }

    @Test("has a line for errors too", arguments: [("/nothing", "404"), ("/addEvent", "405"), ("/getEvents", "503")])
    func errors(path: String, status: String) async throws {
        let log = RecordingLog()
        _ = try await APIHarness(.failing(.refused), logger: log.logger).answer(path)
        let lines = log.lines.filter { $0.message == "Request answered" }
        #expect(lines.map { $0.metadata["status"] } == [status])
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
