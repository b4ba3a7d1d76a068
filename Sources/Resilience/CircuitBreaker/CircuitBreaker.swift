import Synchronization

/// Stops calling what doesn't work, and finds out by itself when it works again.
///
/// Put one in front of everything that can fail on its own: an upstream route, a database, a queue.
///
/// ```swift
/// let breaker = CircuitBreaker(name: "orders")
/// let orders = try await breaker.run {
///     try await client.fetchOrders()
/// }
/// ```
///
/// - **Closed**: calls pass. Failures are kept for ``CircuitBreakerConfiguration/failureWindow``; as soon as it holds
///   ``CircuitBreakerConfiguration/failureThreshold`` of them, the breaker opens. It can also open when too large a
///   share of the calls fails or is slow: ``CircuitBreakerConfiguration/failureRateThreshold``,
///   ``CircuitBreakerConfiguration/slowCallRateThreshold``.
/// - **Open**: calls are rejected at once with a ``Rejection``. At the end of the wait the next call is let through as a
///   probe. The wait grows with every failed probe.
/// - **Half-open**: ``CircuitBreakerConfiguration/halfOpenProbes`` calls are let through at once. A failure opens again,
///   ``CircuitBreakerConfiguration/successesToClose`` successes close.
///
/// A result counts only in the state that admitted the call: what began before the breaker opened neither closes it nor
/// makes it wait longer. It still shows in the ``Totals``.
///
/// All functions may be called from any thread and from inside `onTransition`. None of them suspends, except
/// ``run(classify:_:)`` for its operation.
public final class CircuitBreaker: Sendable {
    /// What is protected, as shown to people.
    public let name: String

    private let clock: ErasedClock
    private let jitter: RandomSource
    private let onTransition: (@Sendable (Transition) -> Void)?
    let core: Mutex<Core>
    private let fastPath: FastPath

    /// Makes a closed breaker.
    ///
    /// - Parameters:
    ///   - name: What is protected, for people.
    ///   - configuration: The settings; the defaults open after 3 failures in 30 s and wait 10, 20, 40, 60, 60 … s.
    ///   - clock: Where the time comes from. It is read with a lock held, so it must not call the breaker.
    ///   - jitter: Where the random share comes from by which a wait is shortened. The same holds for it.
    ///   - onTransition: Called after every change of state, without a lock held and never twice at once, in the order
    ///     of the changes. Usually on the thread that caused the change before the call that did so returns; if another
    ///     thread is reporting an earlier change at that moment, it reports this one too, and the call returns at once.
    ///     A change made inside `onTransition` is reported when `onTransition` has returned. It should return quickly.
    public init(
        name: String,
        configuration: CircuitBreakerConfiguration = CircuitBreakerConfiguration(),
        clock: some Clock<Duration> = ContinuousClock(),
        jitter: RandomSource = .system,
        onTransition: (@Sendable (Transition) -> Void)? = nil
    ) {
        self.name = name
        self.clock = ErasedClock(clock)
        self.jitter = jitter
        self.onTransition = onTransition
        let machine = CircuitBreakerMachine(configuration: configuration)
        self.core = Mutex(Core(machine: machine, reportsTransitions: onTransition != nil))
        self.fastPath = FastPath(onlyCountsSuccesses: configuration.onlyCountsSuccesses)
        fastPath.publish(machine.fastAnswer)
    }

    deinit {
        for buffer in core.withLock({ $0.buffers }) { buffer.finish() }
    }

    /// Asks to make a call.
    ///
    /// ```swift
    /// switch breaker.admit() {
    /// case .admitted(let permit):
    ///     // call, then settle the permit
    ///     permit.succeed()
    /// case .rejected(let rejection):
    ///     // don't call, and say when to come back
    ///     return rejection.retryAfter
    /// }
    /// ```
    ///
    /// Neither throws nor allocates. ``run(classify:_:)`` is the shorter way where throwing is no burden.
    public func admit() -> Admission {
        let answer = fastPath.answer
        if case .pass(let generation) = answer {
            let pass = CircuitBreakerMachine.Pass(generation: generation, since: .zero, isProbe: false)
            return .admitted(Permit(pass, of: self))
        }
        if let rejection = rejection(by: answer) { return .rejected(rejection) }
        let verdict = mutate(rejection: { $0.rejection }) { core, now in
            let admission = core.machine.admit(at: now ?? clock.now(), jitter: jitter.fraction())
            return (admission.verdict, admission.transition)
        }
        switch verdict {
        case .admitted(let pass): return .admitted(Permit(pass, of: self))
        case .rejected(let rejection): return .rejected(rejection)
        }
    }

    /// Rejects a call, if the breaker is open, before anything is prepared for it.
    ///
    /// For callers that do much before they come to ``admit()``: a rejection counts as one there and is final. `nil` promises
    /// nothing, and takes no place of a probe.
    public func rejectIfOpen() -> Rejection? {
        rejection(by: fastPath.answer)
    }

    @inline(__always)
    private func rejection(by answer: FastPath.Answer) -> Rejection? {
        switch answer {
        case .rejectForGood:
            fastPath.countRejection()
            return Rejection(state: .forcedOpen, retryAfter: nil)
        case .rejectUntil(let end):
            let now = clock.now()
            guard now < end else { return nil }
            fastPath.countRejection()
            return Rejection(state: .open, retryAfter: end.duration(since: now))
        case .pass, .askMachine:
            return nil
        }
    }

    /// Everything about the breaker at this moment; looking changes nothing and never spends a probe.
    public func snapshot() -> Snapshot {
        core.withLock { core in
            fastPath.moveCounts(to: &core.machine.totals)
            return core.machine.snapshot(at: clock.now())
        }
    }

    /// The last call that ended as a failure, whatever the state of the breaker then; `nil` if none did.
    ///
    /// Kept until the next failure, also by ``reset()``, and with it the error and what that holds.
    public var lastFailure: Failure? { core.withLock { $0.lastFailure } }

    /// The settings.
    public var configuration: CircuitBreakerConfiguration { core.withLock { $0.machine.configuration } }

    // MARK: - An operator's commands

    /// Rejects every call until ``automatic()``, ``disable()`` or ``reset()``; results of calls under way don't matter.
    public func forceOpen() {
        mutate { core, now in ((), core.machine.forceOpen(at: now ?? clock.now())) }
    }

    /// Lets every call pass until ``automatic()``, ``forceOpen()`` or ``reset()``; results are only counted.
    public func disable() {
        mutate { core, now in ((), core.machine.disable(at: now ?? clock.now())) }
    }

    /// Ends ``forceOpen()`` or ``disable()``: the breaker is closed and decides by itself again; else no effect.
    public func automatic() {
        mutate { core, now in ((), core.machine.automatic(at: now ?? clock.now())) }
    }

    /// Closes the breaker, whatever its state, and forgets failures, rates and past openings, but not the ``Totals``.
    ///
    /// In the closed state only failures and rates are forgotten, and that is no transition.
    public func reset() {
        mutate { core, now in ((), core.machine.reset(at: now ?? clock.now())) }
    }

    /// Ends the wait of an open breaker now: the next call is a probe.
    ///
    /// Refused in every other state.
    @discardableResult
    public func probeNow() -> ProbeNowResult {
        mutate { core, now in
            let state = core.machine.state.kind
            let transition = core.machine.probeNow(at: now ?? clock.now())
            return (transition == nil ? .refused(state) : .halfOpen, transition)
        }
    }

    /// Replaces the settings while the breaker works; they hold from the next call and the next result on.
    ///
    /// That is no transition: the state stays, a wait that has begun ends when it would have ended, probes under way and
    /// the ``Totals`` stay. The latest failures stay in the window as far as they fit into the new one; if they are enough
    /// for the new threshold, the next failure opens. The calls that count for the rates are forgotten where the window's
    /// length or buckets change or the rates were off. Calls that are under way when the slow-call rule is switched on
    /// count in the totals only, since nobody knows when they began.
    public func reconfigure(_ configuration: CircuitBreakerConfiguration) {
        core.withLock { core in
            core.machine.reconfigure(configuration)
            fastPath.countsSuccesses(only: configuration.onlyCountsSuccesses)
            publish(core)
        }
    }

    // MARK: - The lock

    func settle(_ pass: CircuitBreakerMachine.Pass, as outcome: Outcome, error: (any Error)?) {
        if outcome == .success, !pass.isProbe, fastPath.onlyCountsSuccesses, fastPath.answer != .askMachine {
            fastPath.countSuccess()
            return
        }
        // The failure before is released after the unlock: the end of its error may run any code.
        _ = mutate(outcome: outcome) { core, now -> (Failure?, Transition?) in
            guard case .failure = outcome else {
                return (nil, core.machine.settle(pass, as: outcome, at: now ?? clock.now(), jitter: jitter.fraction()))
            }
            let now = now ?? clock.now()
            let previous = core.lastFailure
            core.lastFailure = Failure(at: now.sinceOrigin, error: error)
            return (previous, core.machine.settle(pass, as: outcome, at: now, jitter: jitter.fraction()))
        }
    }

    /// One mutation under the lock; those who are to hear of it do so after the unlock.
    ///
    /// The clock is read under the lock: so the machine's times never go backwards, and a call that needs no time
    /// doesn't pay for it.
    ///
    /// - Parameters:
    ///   - outcome: How a call ended, if one did.
    ///   - rejection: Finds in the result that a call was not admitted.
    ///   - body: The mutation. It gets the time if that was read already.
    @inline(__always)
    private func mutate<T: Sendable>(
        outcome: Outcome? = nil,
        rejection: (T) -> Rejection? = { _ in nil },
        _ body: (inout Core, _ now: MonotonicInstant?) -> (T, Transition?)
    ) -> T {
        let (result, followUp) = core.withLock { core -> (T, FollowUp) in
            // With subscribers everything about this mutation has the same time.
            let now = core.isWatched ? clock.now() : nil
            let (result, transition) = body(&core, now)
            guard now != nil || transition != nil else { return (result, []) }
            defer { publish(core) }
            return (result, core.take(outcome, transition, rejection(result), at: now))
        }
        if !followUp.isEmpty { act(on: followUp) }
        return result
    }

    /// Lets calls find out without the lock what they get now; those that a subscriber is to hear of have to come here.
    func publish(_ core: borrowing Core) {
        fastPath.publish(core.isWatched ? .askMachine : core.machine.fastAnswer)
    }

    private func act(on followUp: FollowUp) {
        if followUp.contains(.deliver) {
            for delivery in core.withLock({ $0.takeDeliveries() }) { delivery.resume() }
        }
        guard followUp.contains(.report) else { return }
        // Until nothing is pending. Only one thread is in here at a time, which keeps the order.
        while let transitions = core.withLock({ $0.takePending() }) {
            for transition in transitions { onTransition?(transition) }
        }
    }
}

extension CircuitBreakerMachine.Verdict {
    fileprivate var rejection: CircuitBreaker.Rejection? {
        switch self {
        case .admitted: nil
        case .rejected(let rejection): rejection
        }
    }
}
