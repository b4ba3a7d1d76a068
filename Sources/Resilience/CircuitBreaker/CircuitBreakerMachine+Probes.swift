extension CircuitBreakerMachine {
    /// Answers a call in HALF_OPEN.
    mutating func admitProbe(at now: MonotonicInstant, jitter: @autoclosure () -> Double) -> Admission {
        if let opening = openIfProbeTimedOut(at: now, jitter: jitter()) {
            totals.rejected &+= 1
            let rejection = CircuitBreaker.Rejection(state: .open, retryAfter: opening.wait)
            return Admission(verdict: .rejected(rejection), transition: opening)
        }
        guard let oldest = probes.first, probes.count >= configuration.halfOpenProbes else {
            return Admission(verdict: .admitted(takePlace(at: now)), transition: nil)
        }
        totals.rejected &+= 1
        let rejection = CircuitBreaker.Rejection(
            state: .halfOpen,
            retryAfter: oldest.advanced(by: probeTimeout).duration(since: now)
        )
        return Admission(verdict: .rejected(rejection), transition: nil)
    }

    mutating func takePlace(at now: MonotonicInstant) -> Pass {
        probes.append(now)
        return Pass(generation: generation, since: now, isProbe: true)
    }

    /// Takes the result of a probe of this generation.
    mutating func settleProbe(
        _ pass: Pass,
        _ outcome: CircuitBreaker.Outcome,
        after successes: Int,
        at now: MonotonicInstant,
        jitter: @autoclosure () -> Double
    ) -> CircuitBreaker.Transition? {
        // A probe that was already too late when this one ended comes first.
        if let opening = openIfProbeTimedOut(at: now, jitter: jitter()) { return opening }
        if let place = probes.firstIndex(where: { $0 == pass.since }) { probes.remove(at: place) }
        switch outcome {
        case .success where successes + 1 >= configuration.successesToClose:
            return close(because: .probeSucceeded, at: now)
        case .success:
            state = .halfOpen(successes: successes + 1)
            return nil
        case .failure(let retryAfter):
            failures.record(at: now)
            return open(because: .probeFailed, retryAfter: retryAfter, at: now, jitter: jitter())
        case .ignored:
            return nil
        }
    }

    private mutating func openIfProbeTimedOut(
        at now: MonotonicInstant,
        jitter: @autoclosure () -> Double
    ) -> CircuitBreaker.Transition? {
        guard let oldest = probes.first, now.nanoseconds(since: oldest) >= probeTimeout else { return nil }
        failures.record(at: now)
        return open(because: .probeTimedOut, retryAfter: nil, at: now, jitter: jitter())
    }
}
