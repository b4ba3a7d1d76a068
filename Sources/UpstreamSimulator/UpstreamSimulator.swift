public import Logging
public import ServiceLifecycle
import Synchronization

/// An events API that keeps its data in memory and misbehaves on request.
///
/// Run it as a service or in a task, once. It ends when its task is cancelled, cutting what is under way, and on a
/// graceful shutdown, which first waits for the requests under way, up to ``SimulatorConfiguration/drainLimit``.
///
/// Routes: `GET /getUsers`, `GET /getUserById/:id`, `GET /getEvents`, `GET /getEventById/:id`, `POST /addEvent` and
/// `POST /addUser`; and to control it `GET /_counters`, `POST /_counters/reset`, `GET /_activity`, `GET /_scenario`
/// and `PUT /_scenario`, the latter also on ``SimulatorConfiguration/controlPort``.
///
/// Adding an event whose id is known succeeds and changes nothing if all of it is the same, and gets 409 otherwise.
public final class UpstreamSimulator: Service {
    let configuration: SimulatorConfiguration
    let core: SimulatorCore
    let logger: Logger
    let lifecycle = Mutex(Lifecycle.new)
    let listening = Latch<(host: String, port: Int)>()
    let controlListening = Latch<(host: String, port: Int)>()
    let orders = AsyncStream<Order>.makeStream()
    let selected = AsyncStream<Scenario>.makeStream(bufferingPolicy: .bufferingNewest(1))

    /// Makes a simulator with the seed data; it listens once ``run()`` is called.
    ///
    /// The clock measures latency, the window of ``Scenario/overload`` and the drain limit.
    public init(
        configuration: SimulatorConfiguration = SimulatorConfiguration(),
        logger: Logger,
        clock: some Clock<Duration> = ContinuousClock()
    ) {
        self.configuration = configuration
        self.core = SimulatorCore(configuration: configuration, time: SimulatorTime(clock))
        self.logger = logger
    }

    /// The scenario in effect.
    public var scenario: Scenario { selection.scenario }

    /// The scenarios that the simulator is switched to while it runs, by whomever, as soon as each is in effect.
    ///
    /// For one reader, who gets only the newest of those that it hasn't read.
    public var selections: AsyncStream<Scenario> { selected.stream }

    /// The number of requests that arrived on each route since the last reset, those that a fault met included.
    ///
    /// The keys are the routes' names without a slash, and `other` for all other paths. Control routes don't count.
    public var counters: [String: Int] {
        let arrived = core.ledger.withLock { $0.arrived }
        return Dictionary(uniqueKeysWithValues: Route.allCases.map { ($0.rawValue, arrived[$0] ?? 0) })
    }

    /// The requests under way, and how many were given up.
    public var activity: Activity {
        core.ledger.withLock { Activity(underWay: $0.underWay, peak: $0.peak, abandoned: $0.abandoned) }
    }

    /// `http://host:port`, where the port is the configured one until the simulator listens.
    public var baseURL: String {
        Self.url(listening.current ?? (configuration.host, configuration.port))
    }

    /// The scenario in effect and the kind of garbage pinned, if any.
    var selection: (scenario: Scenario, garbage: GarbageKind?) {
        core.machine.withLock { ($0.scenario, $0.pinnedGarbage) }
    }

    /// Sets ``counters`` and what ``activity`` has counted to zero.
    public func resetCounters() {
        core.ledger.withLock { $0.reset() }
    }

    /// Adds `count` users with `events` events each and returns the users' ids.
    ///
    /// Throws if one of the names was taken by hand before.
    @discardableResult
    public func add(users count: Int, events: Int) throws -> [String] {
        try core.store.withLock { store throws(StoreError) in try store.addBulk(users: count, eventsEach: events) }
    }

    /// Waits until the simulator's port is known and returns where it listens, also when it starts in an outage.
    ///
    /// Throws what ``run()`` throws, or `CancellationError`.
    @discardableResult
    public func waitUntilListening() async throws -> (host: String, port: Int) {
        try await listening.value()
    }

    /// Waits until the control port is known and returns where it listens.
    ///
    /// Throws ``SimulatorError/notRunning`` if none is configured, what ``run()`` throws, or `CancellationError`.
    public func waitUntilControlListening() async throws -> (host: String, port: Int) {
        guard configuration.controlPort != nil else { throw SimulatorError.notRunning }
        return try await controlListening.value()
    }

    private static func url(_ address: (host: String, port: Int)) -> String {
        let host = address.host.contains(":") ? "[\(address.host)]" : address.host
        return "http://\(host):\(address.port)"
    }
}
