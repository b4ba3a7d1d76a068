public import Logging
public import Resilience
import Synchronization

public import struct Foundation.Date

/// The service core: the use cases over the events API, with every policy around them, and what the faces show of it.
public final class EventService: Sendable {
    let gateway: UpstreamGateway
    let reads: CachedReads
    let clock: any Clock<Duration>

    let time: WallClock
    let recorder: Recorder
    let signal: ChangeSignal
    let retryBudget: RetryBudget
    let breakerStates: BreakerStates
    let objectives: Objectives
    let outbox: Outbox?
    let history: History?
    let idempotency: Idempotency?
    private let delivery: OutboxDelivery?

    private let ids: EventIDGenerator
    private let identity: Mutex<Identity>
    private let current: Mutex<EventServiceConfiguration>
    private let policyParts: CallPolicies.Parts
    let logger: Logger

    /// What the process around the service tells it about itself.
    private struct Identity {
        var upstream: ServiceSnapshot.Upstream
        var apiURL: String?
        var phase = ServiceSnapshot.Phase.starting
    }

    /// Creates a service.
    /// - Parameters:
    ///   - api: The events API.
    ///   - upstream: The events API as it is shown.
    ///   - configuration: The policies.
    ///   - clock: What waits and time-outs are measured on.
    ///   - now: The wall-clock time; from here on the service's times follow `clock`.
    ///   - systemTime: The system's time, which they follow by a jump when it is set by more than a second; `nil` follows
    ///     none. Services that share a store need it.
    ///   - random: The source of jitter.
    ///   - stores: What is kept over restarts; `nil` keeps nothing, and no event for later.
    ///   - logger: Where changes of state are logged.
    /// - Throws: `InvalidConfiguration` for retries or their limits out of range.
    public init(
        api: any EventsAPI,
        upstream: ServiceSnapshot.Upstream,
        configuration: EventServiceConfiguration = EventServiceConfiguration(),
        clock: any Clock<Duration> = ContinuousClock(),
        now: Date,
        systemTime: (@Sendable () -> Date)? = nil,
        random: RandomSource = .system,
        stores: EventStores? = nil,
        logger: Logger
    ) throws(InvalidConfiguration) {
        let time = WallClock(start: now, clock: clock, systemTime: systemTime)
        let signal = ChangeSignal()
        let history = stores.map { History($0, clock: clock, logger: logger) }
        let recorder = Recorder(signal: signal, history: history, start: now)
        let log = ServiceLog(recorder: recorder, logger: logger)
        let limits = configuration.retryLimits
        let budget = try RetryBudget(
            share: limits.share,
            minimum: limits.minimum,
            window: limits.window,
            clock: clock
        )
        let breakerStates = BreakerStates()
        let outbox = stores.map { Outbox($0, signal: signal) }
        var guards: [UpstreamRoute: RouteGuard] = [:]
        for route in UpstreamRoute.allCases {
            let start = time.uptime
            let meter = CallMeter()
            guards[route] = RouteGuard(
                breaker: CircuitBreaker(
                    name: route.rawValue,
                    configuration: configuration.breaker,
                    clock: clock,
                    jitter: random,
                    onTransition: { transition in
                        let change = CallStatistics.Change(transition)
                        breakerStates.changed(route, to: change.to)
                        meter.breakerChanged(change)
                        log.changed(transition, on: route, at: time.date(after: start + transition.at))
                        if route == .addEvent { outbox?.due.notify() }
                    }
                ),
                meter: meter,
                start: start
            )
        }
        self.current = Mutex(configuration)
        self.policyParts = CallPolicies.Parts(budget: budget, clock: clock, random: random)
        self.gateway = UpstreamGateway(
            api: api,
            guards: guards,
            policies: try CallPolicies(configuration, policyParts),
            clock: clock,
            time: time,
            log: log
        )
        self.reads = CachedReads(configuration.cache, time: time)
        self.outbox = outbox
        self.history = history
        self.delivery = outbox.map { [gateway, reads] outbox in
            OutboxDelivery(
                outbox,
                gateway: gateway,
                reads: reads,
                clock: clock,
                time: time,
                logger: logger,
                configuration: configuration.outbox
            )
        }
        let idempotency = stores.map { Idempotency($0, time: time, logger: logger) }
        self.idempotency = idempotency
        self.logger = logger
        self.clock = clock
        self.retryBudget = budget
        self.breakerStates = breakerStates
        // A machine whose clock was never set may be before 1970.
        self.ids = EventIDGenerator { UInt64(max(0, time.now.timeIntervalSince1970) * 1000) }
        self.time = time
        self.recorder = recorder
        self.signal = signal
        self.objectives = Objectives(configuration.objectives, time: time, clock: clock, signal: signal)
        self.identity = Mutex(Identity(upstream: upstream))
    }

    // MARK: - What the faces show

    /// Reads everything that the faces show, and changes nothing.
    public func snapshot() -> ServiceSnapshot {
        let (timeline, lastFailures) = recorder.read()
        let breakers = UpstreamRoute.allCases.map { status(of: $0, lastFailure: lastFailures[$0]) }
        let identity = identity.withLock { $0 }
        return ServiceSnapshot(
            takenAt: time.now,
            upstream: identity.upstream,
            apiURL: identity.apiURL,
            phase: identity.phase,
            breakers: breakers,
            timeline: timeline,
            outbox: outbox?.snapshot,
            objectives: objectives.status
        )
    }

    /// A stream with an element at once and after every change of what `snapshot()` returns.
    ///
    /// A slow reader gets one element for many changes and misses nothing. Nothing is sent because time passes.
    public func changes() -> AsyncStream<Void> {
        signal.changes()
    }

    /// What the read cache has done and holds.
    public var cacheStatistics: CacheStatistics { reads.statistics }

    /// Whether requests are served now.
    public var phase: ServiceSnapshot.Phase { identity.withLock { $0.phase } }

    /// The wall-clock time on the clock that every time in a snapshot is of.
    public var now: Date { time.now }

    /// A new identifier for an event: unique, and sorted by the time it was made.
    public func newEventID() -> String {
        ids.next()
    }

    /// The policies.
    var configuration: EventServiceConfiguration { current.withLock { $0 } }

    /// Replaces the policies while the service runs; breakers keep their states, and requests under way what they began with.
    ///
    /// `retryLimits` stay those of the start. See `CircuitBreaker.reconfigure(_:)` for the breakers.
    /// - Throws: `InvalidConfiguration` for retries out of range; then nothing is replaced.
    public func reconfigure(_ configuration: EventServiceConfiguration) throws(InvalidConfiguration) {
        gateway.replace(try CallPolicies(configuration, policyParts))
        for guardian in gateway.guards.values where guardian.breaker.configuration != configuration.breaker {
            guardian.breaker.reconfigure(configuration.breaker)
        }
        reads.reconfigure(configuration.cache)
        objectives.replace(configuration.objectives)
        current.withLock { $0 = configuration }
        signal.notify()
    }

    // MARK: - What the process tells

    /// Says where the HTTP API listens now.
    public func setAPIURL(_ url: String?) {
        identity.withLock { $0.apiURL = url }
        signal.notify()
    }

    /// Says whether requests are served now.
    public func setPhase(_ phase: ServiceSnapshot.Phase) {
        identity.withLock { $0.phase = phase }
        signal.notify()
    }

    /// Says which events API is in use now.
    public func setUpstream(_ upstream: ServiceSnapshot.Upstream) {
        identity.withLock { $0.upstream = upstream }
        signal.notify()
    }

    // MARK: - Work in the background

    /// Delivers what is kept for later, until `stopDelivering()` is called or the task is cancelled; ends at once where nothing
    /// is ever kept.
    ///
    /// Must not be called twice.
    public func deliverOutbox() async {
        await delivery?.run()
    }

    /// Begins no delivery from now on: `deliverOutbox()` returns when those under way have ended.
    public func stopDelivering() {
        delivery?.stop()
    }

    /// Forgets what is kept no longer, at once and every hour, until the task is cancelled; ends at once where nothing is kept.
    public func runHousekeeping() async {
        guard let idempotency, let history else { return }
        let housekeeping = Housekeeping(
            idempotency: idempotency,
            history: history,
            time: time,
            limits: { [self] in configuration.history },
            clock: clock,
            logger: logger
        )
        await housekeeping.run()
    }

    /// Ends the streams of changes.
    public func finishChanges() {
        signal.finish()
    }
}
