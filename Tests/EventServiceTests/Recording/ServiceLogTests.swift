import EventService
import EventServiceTestSupport
import Logging
import Synchronization
import TestSupport
import Testing

@Suite("Log of the service")
struct ServiceLogTests {
    @Test("says what failed, why, how long it took, and for which request")
    func failure() async throws {
        let (harness, lines) = try logging()
        _ = await harness.events()
        #expect(
            lines.all.first
                == Line(
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
        let (harness, lines) = try logging()
        for _ in 1...3 { _ = await harness.events() }
        harness.clock.advance(by: .seconds(10))
        harness.api.setScript(FakeEventsAPI.success())
        _ = await harness.events()
        let changes = lines.all.filter { $0.message == "Circuit breaker changed its state" }
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
        let (harness, lines) = try logging()
        harness.api.setScript(FakeEventsAPI.success())
        _ = await harness.events()
        harness.api.setScript(FakeEventsAPI.failure(.rejected(status: 403, message: "secret")))
        _ = await harness.events()
        #expect(lines.all.isEmpty)
    }

    private func logging() throws -> (ServiceHarness, Lines) {
        let lines = Lines()
        let harness = try ServiceHarness(
            .failing(.unexpectedStatus(500)),
            logger: Logger(label: "test") { _ in LineHandler(lines: lines) }
        ) {
            $0.readRetries.maximum = 0
        }
        return (harness, lines)
    }
}

private struct Line: Equatable {
    let level: Logger.Level
    let message: String
    let metadata: [String: String]
}

private final class Lines: Sendable {
    private let lines = Mutex<[Line]>([])
    var all: [Line] { lines.withLock { $0 } }
    func append(_ line: Line) { lines.withLock { $0.append(line) } }
}

private struct LineHandler: LogHandler {
    let lines: Lines
    var metadata: Logger.Metadata = [:]
    var logLevel = Logger.Level.trace

    init(lines: Lines) {
        self.lines = lines
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        let metadata = metadata.merging(event.metadata ?? [:]) { $1 }
        lines.append(Line(level: event.level, message: "\(event.message)", metadata: metadata.mapValues { "\($0)" }))
    }
}
