extension CircuitBreakerMachine {
    // MARK: - An operator's commands

    /// Rejects everything until told otherwise.
    mutating func forceOpen(at now: MonotonicInstant) -> CircuitBreaker.Transition? {
        state == .forcedOpen ? nil : enter(.forcedOpen, because: .forcedOpen, at: now)
    }

    /// Lets everything pass until told otherwise.
    mutating func disable(at now: MonotonicInstant) -> CircuitBreaker.Transition? {
        state == .disabled ? nil : enter(.disabled, because: .disabled, at: now)
    }

    /// Leaves a manual mode for CLOSED; no effect in the other states.
    mutating func automatic(at now: MonotonicInstant) -> CircuitBreaker.Transition? {
        switch state {
        case .forcedOpen, .disabled: close(because: .automatic, at: now)
        case .closed, .open, .halfOpen: nil
        }
    }

    /// Closes, whatever the state; in CLOSED it forgets the calls in the windows, which is no transition.
    mutating func reset(at now: MonotonicInstant) -> CircuitBreaker.Transition? {
        guard state != .closed else {
            clearWindows()
            return nil
        }
        return close(because: .operatorReset, at: now)
    }

    /// Ends the wait of OPEN early; `nil` in any other state.
    mutating func probeNow(at now: MonotonicInstant) -> CircuitBreaker.Transition? {
        switch state {
        case .open: enter(.halfOpen(successes: 0), because: .operatorProbe, at: now)
        case .closed, .halfOpen, .forcedOpen, .disabled: nil
        }
    }

    // MARK: - Changes of state

    mutating func open(
        because reason: CircuitBreaker.Transition.Reason,
        retryAfter: Duration?,
        at now: MonotonicInstant,
        jitter: Double
    ) -> CircuitBreaker.Transition {
        openings = openings == .max ? .max : openings + 1
        totals.opened &+= 1
        let full = waits.delay(step: openings)
        let shortened = full - Int64(saturating: Double(full) * configuration.jitter * jitter)
        let asked = min(retryAfter?.saturatedNanoseconds ?? 0, waits.cap)
        let wait = max(shortened, asked)
        return enter(.open(until: now.advanced(by: wait), wait: wait), because: reason, at: now)
    }

    mutating func close(
        because reason: CircuitBreaker.Transition.Reason,
        at now: MonotonicInstant
    ) -> CircuitBreaker.Transition {
        openings = 0
        return enter(.closed, because: reason, at: now)
    }

    /// The only place where the state's kind changes: a new generation, so that earlier passes have no effect any more.
    mutating func enter(
        _ next: State,
        because reason: CircuitBreaker.Transition.Reason,
        at now: MonotonicInstant
    ) -> CircuitBreaker.Transition {
        let previous = state.kind
        state = next
        enteredAt = now
        generation &+= 1
        probes.removeAll(keepingCapacity: true)
        if next.kind != .open { clearWindows() }
        return CircuitBreaker.Transition(
            from: previous,
            to: next.kind,
            reason: reason,
            at: now.sinceOrigin,
            wait: next.wait,
            generation: generation
        )
    }

    private mutating func clearWindows() {
        failures.removeAll()
        calls?.removeAll()
    }
}

extension CircuitBreakerMachine.State {
    /// The state as the public interface names it.
    var kind: CircuitBreaker.State {
        switch self {
        case .closed: .closed
        case .open: .open
        case .halfOpen: .halfOpen
        case .forcedOpen: .forcedOpen
        case .disabled: .disabled
        }
    }

    /// The whole wait of OPEN.
    var wait: Duration? {
        switch self {
        case .open(_, let wait): .nanoseconds(wait)
        case .closed, .halfOpen, .forcedOpen, .disabled: nil
        }
    }
}
