extension CircuitBreakerMachine {
    /// When a call of CLOSED began: only the slow-call rule asks, so only it pays for the clock.
    func beginning(at now: @autoclosure () -> MonotonicInstant) -> MonotonicInstant {
        slowCallDuration == nil ? .zero : now()
    }

    /// Counts a call of CLOSED for the rates, and returns the rule by which it opens the breaker, if any.
    ///
    /// A call opens only by a rule that it counts against: a failure by the failure rate, a slow call by the slow-call
    /// rate. Else the success that fills up the minimum of calls would open the breaker.
    mutating func countForRates(
        _ pass: Pass,
        failed: Bool,
        at now: MonotonicInstant
    ) -> CircuitBreaker.Transition.Reason? {
        let slow = isSlow(pass, at: now)
        calls?.record(failed: failed, slow: slow, at: now)
        guard let counts = calls?.counts else { return nil }
        if failed, Self.reaches(counts.failureRate(configuration), configuration.failureRateThreshold) {
            return .failureRate
        }
        if slow, Self.reaches(counts.slowCallRate(configuration), configuration.slowCallRateThreshold) {
            return .slowCallRate
        }
        return nil
    }

    private func isSlow(_ pass: Pass, at now: MonotonicInstant) -> Bool {
        guard let slowCallDuration else { return false }
        return now.nanoseconds(since: pass.since) > slowCallDuration
    }

    private static func reaches(_ rate: Double?, _ threshold: Double?) -> Bool {
        guard let rate, let threshold else { return false }
        return rate >= threshold
    }
}
