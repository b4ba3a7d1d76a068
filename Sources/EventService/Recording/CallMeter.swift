import Synchronization

/// Counts the calls to one route of the events API.
///
/// Costs a few dozen nanoseconds a call, however many are under way.
final class CallMeter: Sendable {
    private let state = Mutex(CallStatistics())

    /// What was counted so far.
    var statistics: CallStatistics { state.withLock { $0 } }

    /// Counts an attempt that begins; it is to be ended once.
    func attemptBegan(isRetry: Bool) {
        state.withLock { state in
            state.attemptsUnderWay += 1
            if isRetry { state.retries += 1 }
        }
    }

    func attemptEnded(_ outcome: CallOutcome, after duration: Duration) {
        state.withLock { state in
            state.attemptsUnderWay -= 1
            state.attempts[outcome] += 1
            state.attemptDurations.record(duration)
        }
    }

    func callEnded(_ outcome: CallOutcome) {
        state.withLock { $0.calls[outcome] += 1 }
    }

    func breakerChanged(_ change: CallStatistics.Change) {
        state.withLock { $0.changes[change, default: 0] += 1 }
    }
}
