/// The circuit breaker as a pure value: no clock, no lock, no random source, no callback.
///
/// Every function takes the present time and, where a wait may begin, a fraction from 0 to 1 for its jitter. Both are
/// taken lazily, since most calls need neither: without the rates, a success in CLOSED reads no clock. The times must
/// not go backwards.
struct CircuitBreakerMachine: Sendable, Equatable {
    enum State: Sendable, Equatable {
        /// Calls pass, their results fill the windows.
        ///
        /// → `open` with the failure or the slow call by which a window reaches its threshold; → `forcedOpen`,
        /// `disabled` by an operator.
        case closed
        /// Calls are rejected until `until`.
        ///
        /// → `halfOpen` with the first call at or after `until`, or by an operator's probe; → `closed` by a reset;
        /// → `forcedOpen`, `disabled` by an operator.
        case open(until: MonotonicInstant, wait: Int64)
        /// As many calls pass at once as there are places for probes.
        ///
        /// → `closed` with enough successes, or by a reset; → `open` with the first failure or a probe that takes too
        /// long; → `forcedOpen`, `disabled` by an operator.
        case halfOpen(successes: Int)
        /// Calls are rejected.
        ///
        /// → `closed` by `automatic` or a reset; → `disabled` by an operator.
        case forcedOpen
        /// Calls pass, results are only counted.
        ///
        /// → `closed` by `automatic` or a reset; → `forcedOpen` by an operator.
        case disabled
    }

    /// What an admitted call carries until it ends.
    struct Pass: Sendable, Equatable {
        /// The generation that admitted it: in any other its result only counts in the totals.
        let generation: UInt64
        /// When it was admitted; time zero where nobody asks.
        let since: MonotonicInstant
        /// Whether it takes one of the places of HALF_OPEN.
        let isProbe: Bool
    }

    enum Verdict: Sendable, Equatable {
        case admitted(Pass)
        case rejected(CircuitBreaker.Rejection)
    }

    /// The answer to a call, and the change of state that it caused.
    struct Admission: Sendable, Equatable {
        let verdict: Verdict
        let transition: CircuitBreaker.Transition?
    }

    // `reconfigure` makes these anew, all together.
    let configuration: CircuitBreakerConfiguration
    let waits: ExponentialGrowth
    /// The waits as a snapshot shows them.
    let schedule: [Duration]
    let probeTimeout: Int64
    /// `nil` if nobody asks how long calls take.
    let slowCallDuration: Int64?

    // The windows and the places are outside the state, so that they keep their memory from state to state. `enter`
    // empties them.
    var state = State.closed
    var enteredAt: MonotonicInstant
    var generation: UInt64 = 0
    var openings = 0
    var failures: FailureWindow
    /// The calls that count for the rates; `nil` if there is no rule about a rate.
    var calls: CallWindow?
    /// When each probe under way began, oldest first.
    ///
    /// Which of two equal instants belongs to whom makes no difference.
    var probes: [MonotonicInstant] = []
    var totals = CircuitBreaker.Totals()

    init(configuration: CircuitBreakerConfiguration, at now: MonotonicInstant = .zero) {
        self.configuration = configuration
        self.waits = ExponentialGrowth(
            base: configuration.resetTimeout,
            multiplier: configuration.resetMultiplier,
            cap: configuration.maximumResetTimeout
        )
        self.schedule = waits.schedule(limit: 64).map { .nanoseconds($0) }
        self.probeTimeout = configuration.probeTimeout.saturatedNanoseconds
        self.enteredAt = now
        self.failures = FailureWindow(
            length: configuration.failureWindow.saturatedNanoseconds,
            capacity: configuration.failureThreshold ?? 0
        )
        let measures = configuration.slowCallRateThreshold != nil
        self.slowCallDuration = measures ? configuration.slowCallDuration.saturatedNanoseconds : nil
        if configuration.failureRateThreshold != nil || measures {
            self.calls = CallWindow(
                length: configuration.failureWindow.saturatedNanoseconds,
                buckets: configuration.windowBuckets
            )
        }
    }

    // MARK: - Calls

    /// Answers a call that asks to be let through.
    // Inlined into the shell, as is `settleClosed`: else a call in CLOSED costs a third more.
    @inline(__always)
    mutating func admit(
        at now: @autoclosure () -> MonotonicInstant,
        jitter: @autoclosure () -> Double
    ) -> Admission {
        switch state {
        case .closed:
            return letPass(since: beginning(at: now()))
        case .disabled:
            return letPass(since: .zero)
        case .forcedOpen:
            return reject(.forcedOpen, retryAfter: nil)
        case .open(let until, _):
            let now = now()
            guard now >= until else { return reject(.open, retryAfter: until.duration(since: now)) }
            let transition = enter(.halfOpen(successes: 0), because: .waitElapsed, at: now)
            return Admission(verdict: .admitted(takePlace(at: now)), transition: transition)
        case .halfOpen:
            return admitProbe(at: now(), jitter: jitter())
        }
    }

    /// Takes the result of a call that was let through; once for each pass.
    mutating func settle(
        _ pass: Pass,
        as outcome: CircuitBreaker.Outcome,
        at now: @autoclosure () -> MonotonicInstant,
        jitter: @autoclosure () -> Double
    ) -> CircuitBreaker.Transition? {
        totals.count(outcome)
        guard pass.generation == generation else { return nil }
        switch state {
        case .closed:
            return settleClosed(pass, outcome, at: now(), jitter: jitter())
        case .halfOpen(let successes):
            return settleProbe(pass, outcome, after: successes, at: now(), jitter: jitter())
        case .open, .forcedOpen, .disabled:
            return nil
        }
    }

    @inline(__always)
    private mutating func settleClosed(
        _ pass: Pass,
        _ outcome: CircuitBreaker.Outcome,
        at now: @autoclosure () -> MonotonicInstant,
        jitter: @autoclosure () -> Double
    ) -> CircuitBreaker.Transition? {
        switch outcome {
        case .success:
            if configuration.resetOnSuccess { failures.removeAll() }
            guard calls != nil else { return nil }
            let now = now()
            guard let reason = countForRates(pass, failed: false, at: now) else { return nil }
            return open(because: reason, retryAfter: nil, at: now, jitter: jitter())
        case .failure(let retryAfter):
            let now = now()
            failures.record(at: now)
            let rate = countForRates(pass, failed: true, at: now)
            guard let reason = failures.isFull ? .failureThreshold : rate else { return nil }
            return open(because: reason, retryAfter: retryAfter, at: now, jitter: jitter())
        case .ignored:
            return nil
        }
    }

    private func letPass(since: MonotonicInstant) -> Admission {
        Admission(verdict: .admitted(Pass(generation: generation, since: since, isProbe: false)), transition: nil)
    }

    private mutating func reject(_ state: CircuitBreaker.State, retryAfter: Duration?) -> Admission {
        totals.rejected &+= 1
        let rejection = CircuitBreaker.Rejection(state: state, retryAfter: retryAfter)
        return Admission(verdict: .rejected(rejection), transition: nil)
    }
}

extension CircuitBreaker.Totals {
    mutating func count(_ outcome: CircuitBreaker.Outcome) {
        switch outcome {
        case .success: succeeded &+= 1
        case .failure: failed &+= 1
        case .ignored: ignored &+= 1
        }
    }
}
