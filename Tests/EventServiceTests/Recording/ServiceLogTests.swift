import EventService
import EventServiceTestSupport
import Logging
import TestSupport
import Testing

@Suite("Log of the service")
struct ServiceLogTests {
    @Test("says what failed, why, how long it took, and for which request")
    func failure() async throws {
        let (harness, log) = try logging()
        _ = await harness.events()
        #expect(
            log.lines.first
                == RecordingLog.Line(
                    level: .warning,
                    message: "Call to the events API failed",
                    metadata: [
                        "route": "getEvents", "reason": "status 500", "duration_ms": "0", "probe": "false",
                        "request_id": "test-request",
                    ]
                )
        )
    }

    @Test("says how a breaker's state changed, why, and how long it waits now")
    func transitions() async throws {
        let (harness, log) = try logging()
        for _ in 1...3 { _ = await harness.events() }
        harness.clock.advance(by: .seconds(10))
        harness.api.setScript(FakeEventsAPI.success())
        _ = await harness.events()
        let changes = log.lines.filter { $0.message == "Circuit breaker changed its state" }
        #expect(changes.allSatisfy { $0.level == .notice && $0.metadata["route"] == "getEvents" })
        let stories = changes.map { line in
            ["from", "to", "reason", "wait_ms"].map { line.metadata[$0] ?? "-" }.joined(separator: ", ")
        }
        #expect(
            stories == [
                "CLOSED, OPEN, too many failures, 10000", "OPEN, HALF_OPEN, the wait is over, 0",
                "HALF_OPEN, CLOSED, the probe succeeded, 0",
            ]
        )
    }

    @Test("has no line for a call that succeeds, was refused, or was given up")
    func quiet() async throws {
        let (harness, log) = try logging()
        harness.api.setScript(FakeEventsAPI.success())
        _ = await harness.events()
        harness.api.setScript(FakeEventsAPI.failure(.rejected(status: 403, message: "secret")))
        _ = await harness.events()
        #expect(log.lines.isEmpty)
    }

    @Test("says what kept a call from being made, which stands in no timeline")
    func notSent() async throws {
        let (harness, log) = try logging()
        harness.api.setScript(FakeEventsAPI.failure(.outOfDescriptors))
        _ = await harness.events()
        let line = try #require(log.lines.first)
        #expect(line.level == .error)
        #expect(line.message == "Call to the events API could not be made")
        #expect(line.metadata["reason"] == "this process has as many files and connections open as it may")
        #expect(line.metadata["request_id"] == "test-request")
        #expect(harness.service.snapshot().timeline.entries.isEmpty)
    }

    private func logging() throws -> (ServiceHarness, RecordingLog) {
        let log = RecordingLog()
        let harness = try ServiceHarness(.failing(.unexpectedStatus(500)), logger: log.logger) {
            $0.readRetries.maximum = 0
        }
        return (harness, log)
    }
}
