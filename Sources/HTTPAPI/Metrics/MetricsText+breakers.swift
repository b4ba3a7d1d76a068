import EventService
import Foundation

extension MetricsText {
    /// The circuit breakers, and the timeline of what happened to them.
    mutating func add(_ snapshot: ServiceSnapshot, _ statistics: ServiceStatistics) {
        addStates(snapshot)
        addChanges(statistics)
        let rejections = metric("evenkeel_breaker_rejections_total", .counter, "Attempts that the breaker held back.")
        for breaker in snapshot.breakers {
            sample(rejections, ["route": breaker.route.rawValue], breaker.totals.rejected)
        }
        let failures = metric("evenkeel_breaker_failures_in_window", .gauge, "Failures that count towards opening now.")
        for breaker in snapshot.breakers { sample(failures, ["route": breaker.route.rawValue], breaker.failures.count) }
        let entries = snapshot.timeline.entries
        let dropped = metric(
            "evenkeel_timeline_entries_dropped_total",
            .counter,
            "Failures and changes that the timeline keeps no more."
        )
        sample(dropped, [:], entries.last.map { $0.id + 1 - UInt64(entries.count) } ?? 0)
    }

    private mutating func addStates(_ snapshot: ServiceSnapshot) {
        let states = metric(
            "evenkeel_breaker_state",
            .gauge,
            "1 for the state that the breaker is in, 0 for the others."
        )
        for breaker in snapshot.breakers {
            for state in BreakerStatus.State.allCases {
                let labels: Labels = ["route": breaker.route.rawValue, "state": state.rawValue]
                sample(states, labels, breaker.state == state ? 1 : 0)
            }
        }
        let waits = metric(
            "evenkeel_breaker_probe_wait_seconds",
            .gauge,
            "Time until an open breaker lets a probe through; 0 when it does, or isn't open."
        )
        for breaker in snapshot.breakers {
            let left = breaker.probeAt.map { max(0, $0.timeIntervalSince(snapshot.takenAt)) }
            sample(waits, ["route": breaker.route.rawValue], left ?? 0)
        }
    }

    private mutating func addChanges(_ statistics: ServiceStatistics) {
        let changes = metric("evenkeel_breaker_transitions_total", .counter, "Changes of the breaker's state.")
        for route in UpstreamRoute.allCases {
            let sorted = (statistics.calls[route]?.changes ?? [:])
                .map { (from: $0.key.from.rawValue, to: $0.key.to.rawValue, count: $0.value) }
                .sorted { ($0.from, $0.to) < ($1.from, $1.to) }
            for (from, to, count) in sorted {
                sample(changes, ["route": route.rawValue, "from": from, "to": to], count)
            }
        }
    }
}
