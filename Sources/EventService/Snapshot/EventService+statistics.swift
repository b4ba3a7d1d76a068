import Resilience

/// What a service counted since it was made.
public struct ServiceStatistics: Sendable, Equatable {
    /// What came of the calls, by route.
    public var calls: [UpstreamRoute: CallStatistics]

    /// Retries that weren't made because the budget of all routes had no place for them.
    public var retriesDenied: UInt64

    /// What fan-outs have read.
    public var fanOut: FanOutStatistics

    /// What came of the events that were accepted for later.
    public var outbox: OutboxStatistics

    /// What became of the requests with a key.
    public var idempotency: IdempotencyStatistics

    /// Failures and changes of state that could not be kept over restarts.
    public var droppedHistoryEntries: UInt64
}

extension EventService {
    /// Reads the counters, and changes nothing.
    public func statistics() -> ServiceStatistics {
        ServiceStatistics(
            calls: gateway.guards.mapValues(\.meter.statistics),
            retriesDenied: retryBudget.snapshot().refused,
            fanOut: gateway.fanOut.statistics,
            outbox: outbox?.statistics ?? OutboxStatistics(),
            idempotency: idempotency?.statistics ?? IdempotencyStatistics(),
            droppedHistoryEntries: history?.dropped ?? 0
        )
    }

    /// The breakers that aren't closed; one whose wait is over reads open until a call comes.
    public var unclosedBreakers: [UpstreamRoute: BreakerStatus.State] { breakerStates.current }

    /// The time since the service was made, on its clock.
    public var uptime: Duration { time.uptime }
}
