import Resilience

import struct Foundation.Date

extension BreakerStatus {
    /// Puts a breaker's snapshot into wall-clock terms.
    /// - Parameter date: The wall-clock time of a moment given as time since the breaker was made.
    init(
        route: UpstreamRoute,
        _ snapshot: CircuitBreaker.Snapshot,
        lastFailure: Failure?,
        date: (Duration) -> Date
    ) {
        self.init(
            route: route,
            state: State(snapshot.state),
            since: date(snapshot.enteredStateAt),
            waitSchedule: snapshot.waits,
            failureThreshold: snapshot.configuration.failureThreshold ?? .max,
            failureWindow: snapshot.configuration.failureWindow
        )
        self.lastFailure = lastFailure
        probeAt = snapshot.probeAt.map(date)
        wait = snapshot.currentWait
        openings = snapshot.openings
        probesUnderWay = snapshot.probesUnderWay
        failures = snapshot.failuresAt.map(date)
        totals.succeeded = snapshot.totals.succeeded
        totals.failed = snapshot.totals.failed
        totals.ignored = snapshot.totals.ignored
        totals.rejected = snapshot.totals.rejected
        totals.opened = snapshot.totals.opened
    }
}
