import Synchronization

/// Admits as many calls at once as what they call can take, and finds out by itself how many that are.
///
/// Too many calls at once don't get more done, they only wait for each other: latency grows, and that is what the limit
/// goes by. The calls beyond it are rejected at once; there is no queue, since a queue is what the limit is there to avoid.
///
/// ```swift
/// let limit = ConcurrencyLimit()
/// let orders = try await limit.run {
///     try await client.fetchOrders()
/// }
/// ```
///
/// ## The formula
///
/// At the end of every window, which lasts ``ConcurrencyLimitConfiguration/window``, or twice a latency if that is more,
/// and until it has ``ConcurrencyLimitConfiguration/minimumSamples``:
///
/// ```
/// gradient = max(0.5, min(1, tolerance × longTermLatency / shortTermLatency))
/// target   = gradient < 1 ? limit × gradient : limit + √limit
/// limit    = limit + smoothing × (target - limit), within minimum ... maximum
/// ```
///
/// - The *short-term latency* is the average of the successful calls of the window.
/// - The *long-term latency* is that without a queue: at first that of the first calls. Every
///   ``ConcurrencyLimitConfiguration/probeInterval``, and at once if the limit has halved since, half the limit is in force
///   until the latency of ``ConcurrencyLimitConfiguration/minimumSamples`` calls has been measured, for 20 latencies at
///   most. The long-term latency becomes the average of the old one and this one if they are within the tolerance of each
///   other, else this one. Windows in which fewer calls were under way than half the limit measure it for nothing, and a
///   window that was faster pulls it down; both with a weight of 0.1.
/// - A window moves the limit only if at least half of it was used: without load it stays where it is.
/// - An ``Outcome/overload`` multiplies the limit by ``ConcurrencyLimitConfiguration/backoff``, at once and at most once in
///   a window, which then doesn't let it grow.
///
/// So under load the limit settles at about `tolerance` times the calls that are really worked on at a time, where the
/// queue that it allows costs `tolerance - 1` of a latency.
///
/// The gradient, its bounds, the smoothing and the rule about half the limit are those of *Gradient2* in Netflix's
/// concurrency-limits; the measurement under less load, the tolerance and √limit as headroom those of Envoy's adaptive
/// concurrency filter. Gradient2's long-term latency is an average of everything, which takes the latency of a long
/// overload for normal and lets the limit grow without end (Netflix/concurrency-limits, issue 137 and pull request 134);
/// hence the measurement, and headroom only while the gradient is 1.
///
/// ## When not to use it
///
/// - Where latency doesn't depend on load: long polling, streams, calls that wait for people.
/// - For calls of very different kinds: a change of the mixture looks like a change of load. Use one limit for each kind.
/// - For few calls: below `minimumSamples` in some seconds the limit can't keep up. A fixed one,
///   ``ConcurrencyLimitConfiguration/init(fixed:)``, is better; it makes this a bulkhead.
/// - Where somebody before it already limits what is under way, such as a connection pool with a queue: its queue would be
///   measured. Put the limit in front of the pool and make the maximum no larger than it.
///
/// All functions may be called from any thread. None of them suspends, except ``run(classify:_:)`` for its operation.
/// Memory is constant, whatever the load.
public final class ConcurrencyLimit: Sendable {
    /// The settings.
    public let configuration: ConcurrencyLimitConfiguration

    private let clock: ErasedClock
    private let machine: Mutex<ConcurrencyLimitMachine>

    /// A limit with no call under way.
    ///
    /// - Parameters:
    ///   - configuration: The settings; the defaults begin with 20 and move between 5 and 200.
    ///   - clock: Where the time comes from. It is read with a lock held, so it must not call the limit.
    public init(
        configuration: ConcurrencyLimitConfiguration = ConcurrencyLimitConfiguration(),
        clock: some Clock<Duration> = ContinuousClock()
    ) {
        self.configuration = configuration
        self.clock = ErasedClock(clock)
        self.machine = Mutex(ConcurrencyLimitMachine(configuration: configuration))
    }

    /// Asks to make a call.
    ///
    /// ```swift
    /// switch limit.admit() {
    /// case .admitted(let permit):
    ///     // call, then settle the permit
    ///     permit.succeed()
    /// case .rejected(let rejection):
    ///     throw rejection
    /// }
    /// ```
    ///
    /// Neither waits, throws nor allocates. ``run(classify:_:)`` is the shorter way where throwing is no burden.
    public func admit() -> Admission {
        // The clock is read under the lock, so that the machine's times never go backwards.
        let (pass, limit) = machine.withLock { machine in
            (machine.admit(at: clock.now()), machine.limit)
        }
        guard let pass else { return .rejected(Rejection(limit: limit)) }
        return .admitted(Permit(pass, of: self))
    }

    /// Everything about the limit at this moment; looking changes nothing.
    public func snapshot() -> Snapshot {
        machine.withLock { $0.snapshot }
    }

    func settle(_ pass: ConcurrencyLimitMachine.Pass, as outcome: Outcome) {
        machine.withLock { $0.settle(pass, as: outcome, at: clock.now()) }
    }
}
