import EventService
import Foundation

/// A circuit breaker as JSON: everything that a face needs to draw it.
struct BreakerRepresentation: Encodable {
    struct Totals: Encodable {
        let succeeded, failed, ignored, rejected, opened: UInt64
    }

    struct Failure: Encodable {
        let at: Timestamp
        let message: String
    }

    let name: String
    let state: String
    let mode: String
    let takenAt: Timestamp
    let since: Timestamp
    let probeAt: Timestamp?
    let secondsUntilProbe: Int64?
    let waitMs: Int64?
    let waitScheduleMs: [Int64]
    let openings: Int
    let probesUnderWay: Int
    let failures: [Timestamp]
    let failureThreshold: Int?
    let failureWindowMs: Int64
    let totals: Totals
    let lastFailure: Failure?

    /// - Parameter now: When the status was read.
    init(_ status: BreakerStatus, at now: Date) {
        name = status.route.rawValue
        state = status.state.rawValue
        mode = status.mode.rawValue
        takenAt = Timestamp(now)
        since = Timestamp(status.since)
        probeAt = status.probeAt.map(Timestamp.init)
        secondsUntilProbe = status.probeAt.map { Duration.seconds(max(0, $0.timeIntervalSince(now))).wholeSeconds }
        waitMs = status.wait?.milliseconds
        waitScheduleMs = status.waitSchedule.map(\.milliseconds)
        openings = status.openings
        probesUnderWay = status.probesUnderWay
        failures = status.failures.map(Timestamp.init)
        failureThreshold = status.failureThreshold == .max ? nil : status.failureThreshold
        failureWindowMs = status.failureWindow.milliseconds
        totals = Totals(
            succeeded: status.totals.succeeded,
            failed: status.totals.failed,
            ignored: status.totals.ignored,
            rejected: status.totals.rejected,
            opened: status.totals.opened
        )
        lastFailure = status.lastFailure.map { Failure(at: Timestamp($0.at), message: $0.message) }
    }
}

extension BreakerRepresentation {
    static let schemas: JSONDocument = [
        "Breaker": schema, "BreakerMode": mode, "NewBreakerMode": newMode, "UpstreamRoute": route,
    ]

    private static let route = JSONDocument.oneOf(UpstreamRoute.allCases.map(\.rawValue))
        .described("A route of the events API; each has a breaker of the same name.")

    private static let mode = JSONDocument.oneOf(BreakerStatus.Mode.allCases.map(\.rawValue)).described(
        "Who decides whether calls pass: the breaker itself, or an operator, who lets none or all of them through."
    )

    private static let newMode: JSONDocument = [
        "type": "object", "required": ["mode"], "properties": ["mode": Components.schema("BreakerMode")],
    ]

    private static let schema = JSONDocument.closedObject(
        """
        A circuit breaker. It changes by itself as time passes: when `probeAt` is reached the breaker is due for its probe \
        and reads `HALF_OPEN`, still with `probeAt`; and a failure older than `failureWindowMs` counts no more. Compare \
        its times with `takenAt` rather than with a clock of your own.
        """,
        optional: ["probeAt", "secondsUntilProbe", "waitMs", "failureThreshold", "lastFailure"],
        [
            "name": Components.schema("UpstreamRoute"),
            "state": Components.schema("BreakerState"),
            "mode": Components.schema("BreakerMode"),
            "takenAt": .timestamp.described("When this was read."),
            "since": .timestamp.described("When it entered its state."),
            "probeAt": .timestamp.described("When the next call is let through as a probe; open or due only."),
            "secondsUntilProbe": .count.described("Whole seconds from `takenAt` to `probeAt`, rounded up."),
            "waitMs": .milliseconds.described("How long the wait is that ends at `probeAt`."),
            "waitScheduleMs": .list(of: .milliseconds).described(
                "The waits of successive openings without jitter, the last of which repeats."
            ),
            "openings": .count.described("How often it opened since it was last closed: the step in the schedule."),
            "probesUnderWay": .count,
            "failures": .list(of: .timestamp).described("The failures that count now, oldest first."),
            "failureThreshold": ["type": "integer", "minimum": 1, "description": "As many failures open it."],
            "failureWindowMs": .milliseconds.described("How long a failure counts."),
            "totals": .closedObject(
                "What passed through since the process started.",
                [
                    "succeeded": .count, "failed": .count, "opened": .count,
                    "ignored": .count.described("Calls whose caller went away."),
                    "rejected": .count.described("Calls that weren't let through."),
                ]
            ),
            "lastFailure": .closedObject(
                "The last call that failed.",
                [
                    "at": .timestamp,
                    "message": ["type": "string", "description": "May quote the events API: untrusted."],
                ]
            ),
        ]
    )
}
