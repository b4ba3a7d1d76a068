extension CircuitBreakerMachine {
    /// Everything there is to see at a moment; changes nothing.
    func snapshot(at now: MonotonicInstant) -> CircuitBreaker.Snapshot {
        var end: MonotonicInstant?
        var successes = 0
        switch state {
        case .open(let until, _): end = until
        case .halfOpen(let count): successes = count
        case .closed, .forcedOpen, .disabled: break
        }
        let due = end.flatMap { now >= $0 ? $0 : nil }
        var window = due == nil ? calls : nil
        window?.slide(to: now)
        return CircuitBreaker.Snapshot(
            state: due == nil ? state.kind : .halfOpen,
            isProbeDue: due != nil,
            takenAt: now.sinceOrigin,
            enteredStateAt: (due ?? enteredAt).sinceOrigin,
            probeAt: end?.sinceOrigin,
            currentWait: state.wait,
            openings: openings,
            waits: schedule,
            probesUnderWay: probes.count,
            probeSuccesses: successes,
            failuresAt: due == nil ? failures.failures(at: now).map(\.sinceOrigin) : [],
            callsInWindow: window?.counts ?? CircuitBreaker.CallCounts(),
            buckets: window?.buckets ?? [],
            totals: totals,
            generation: generation,
            configuration: configuration
        )
    }
}
