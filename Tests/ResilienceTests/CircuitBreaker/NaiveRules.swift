@testable import Resilience

/// What opens a closed breaker, written a second time: lists of what happened, looked through for every question.
///
/// Shares are whole percents and compared without a division.
struct NaiveRules {
    private struct Call {
        let at: Int64
        let failed: Bool
        let slow: Bool
    }

    let configuration: CircuitBreakerConfiguration
    let failurePercent: Int?
    let slowPercent: Int?

    private var failures: [Int64] = []
    private var calls: [Call] = []

    init(_ configuration: CircuitBreakerConfiguration, failurePercent: Int?, slowPercent: Int?) {
        self.configuration = configuration
        self.failurePercent = failurePercent
        self.slowPercent = slowPercent
    }

    /// Takes a call of CLOSED that ended, and returns the rule by which it opens the breaker.
    mutating func record(failed: Bool, slow: Bool, at now: MonotonicInstant) -> CircuitBreaker.Transition.Reason? {
        let window = configuration.failureWindow.saturatedNanoseconds
        // Only to keep the lists short: nothing that is older than the window counts, whatever the buckets.
        failures.removeAll { now.nanoseconds - $0 > window }
        calls.removeAll { now.nanoseconds - $0.at > window }
        if failed { failures.append(now.nanoseconds) }
        if !failed, configuration.resetOnSuccess { failures = [] }
        if failurePercent != nil || slowPercent != nil {
            calls.append(Call(at: now.nanoseconds, failed: failed, slow: slow))
        }
        if failed, let threshold = configuration.failureThreshold, failuresInside(at: now) >= threshold {
            return .failureThreshold
        }
        let counts = counts(at: now)
        guard counts.calls >= configuration.minimumCalls else { return nil }
        if failed, let failurePercent, counts.failed * 100 >= failurePercent * counts.calls { return .failureRate }
        if slow, let slowPercent, counts.slow * 100 >= slowPercent * counts.calls { return .slowCallRate }
        return nil
    }

    mutating func forget() {
        failures = []
        calls = []
    }

    func failuresInside(at now: MonotonicInstant) -> Int {
        failures.count { now.nanoseconds - $0 < configuration.failureWindow.saturatedNanoseconds }
    }

    /// The calls whose buckets began less than a window ago.
    func counts(at now: MonotonicInstant) -> CircuitBreaker.CallCounts {
        let buckets = Int64(configuration.windowBuckets)
        let length = configuration.failureWindow.saturatedNanoseconds / buckets
        var counts = CircuitBreaker.CallCounts()
        for call in calls where now.nanoseconds - (call.at - call.at % length) < buckets * length {
            counts.calls += 1
            counts.failed += call.failed ? 1 : 0
            counts.slow += call.slow ? 1 : 0
        }
        return counts
    }
}
