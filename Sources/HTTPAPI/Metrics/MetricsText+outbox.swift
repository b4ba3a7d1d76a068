import EventService
import Foundation

extension MetricsText {
    /// The events that were accepted for later, and the requests that named a key.
    mutating func add(_ outbox: ServiceSnapshot.Outbox, _ statistics: ServiceStatistics, at now: Date) {
        addEntries(outbox.status, at: now)
        addDeliveries(statistics.outbox)
        addRequests(statistics.idempotency)
        let dropped = metric(
            "evenkeel_history_entries_dropped_total",
            .counter,
            "Failures and changes of state that are not kept over restarts: too many at once, or the store failed."
        )
        sample(dropped, [:], statistics.droppedHistoryEntries)
        let failures = metric(
            "evenkeel_store_failures_total",
            .counter,
            "Calls to what is kept over restarts that failed, by what stood in the way."
        )
        let stores = [
            ("outbox", statistics.outbox.storeFailures), ("idempotency", statistics.idempotency.storeFailures),
        ]
        for (name, counts) in stores {
            // A contradiction is the caller's, not the store's.
            for kind in StoreError.Kind.allCases where kind != .conflict {
                sample(failures, ["store": name, "reason": kind.label], counts[kind] ?? 0)
            }
        }
    }

    private mutating func addEntries(_ status: OutboxStatus, at now: Date) {
        let entries = metric("evenkeel_outbox_entries", .gauge, "Events in the outbox, by how far they have come.")
        for state in OutboxEntry.State.allCases {
            sample(entries, ["state": state.rawValue], status.count(of: state))
        }
        let age = metric(
            "evenkeel_outbox_oldest_undelivered_age_seconds",
            .gauge,
            "How long the longest accepted event waits that isn't delivered or refused; 0 where none waits."
        )
        sample(age, [:], status.oldestUndelivered.map { max(0, now.timeIntervalSince($0)) } ?? 0)
    }

    private mutating func addDeliveries(_ statistics: OutboxStatistics) {
        let accepted = metric("evenkeel_outbox_accepted_total", .counter, "Events that were accepted for later.")
        sample(accepted, [:], statistics.accepted)
        let deliveries = metric(
            "evenkeel_outbox_deliveries_total",
            .counter,
            "Attempts at delivering events from the outbox, by how they ended."
        )
        for outcome in OutboxStatistics.Delivery.allCases {
            sample(deliveries, ["outcome": outcome.rawValue], statistics.deliveries[outcome] ?? 0)
        }
        let decisions = metric(
            "evenkeel_outbox_decisions_total",
            .counter,
            "What persons decided about events in the outbox."
        )
        for decision in OutboxStatistics.Decision.allCases {
            sample(decisions, ["decision": decision.rawValue], statistics.decisions[decision] ?? 0)
        }
    }

    private mutating func addRequests(_ statistics: IdempotencyStatistics) {
        let requests = metric(
            "evenkeel_idempotent_requests_total",
            .counter,
            "Requests with an Idempotency-Key, by what became of them."
        )
        let counts = [
            ("first", statistics.first), ("repeated", statistics.repeated), ("under_way", statistics.underWay),
            ("other_request", statistics.otherRequest), ("unclaimed", statistics.unclaimed),
        ]
        for (result, count) in counts { sample(requests, ["result": result], count) }
    }
}

extension OutboxStatus {
    /// How many entries are in a state.
    fileprivate func count(of state: OutboxEntry.State) -> Int {
        switch state {
        case .waiting: waiting
        case .delivering: delivering
        case .delivered: delivered
        case .refused: refused
        }
    }
}

extension StoreError.Kind {
    /// The kind as the value of a label.
    fileprivate var label: String {
        switch self {
        case .conflict: "conflict"
        case .full: "full"
        case .noSpace: "no_space"
        case .readOnly: "read_only"
        case .corrupt: "corrupt"
        case .tooNew: "too_new"
        case .unavailable: "unavailable"
        }
    }
}
