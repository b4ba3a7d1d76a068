public import AsyncHTTPClient
public import EventService
public import Logging
public import Resilience
import Synchronization

public import struct Foundation.Date

/// A service elsewhere, through its HTTP API: what the dashboard shows, and what it has done there.
///
/// `follow()` keeps what is known of it up to date for as long as it runs. Everything that it tells is bounded and untrusted.
public final class RemoteService: DashboardSource {
    /// How the connection is; times are counted from when this value was made.
    enum Link {
        case connecting
        case connected
        case lost(since: Duration, nextTry: Duration?, reason: String)
    }

    /// What is known.
    struct Known {
        var state: RemoteState
        var link = Link.connecting
        /// When something was last heard.
        var heardAt = Duration.zero
    }

    let requests: RemoteRequests
    let schedule: ReconnectSchedule
    let clock: any Clock<Duration>
    let uptime: @Sendable () -> Duration
    private let whatIsKnown: Mutex<Known>
    let keptEvents = KeptEventCache()
    private let signal = ChangeSignal()
    let logger: Logger

    /// Creates the service at an address; nothing is sent before `follow()` or a request.
    /// - Parameters:
    ///   - address: http or https, a host, perhaps a port and a path, without a slash at its end.
    ///   - client: Made by `HTTPClient.forRemoteService(limits:eventLoopGroup:)`; the caller shuts it down.
    ///   - token: The bearer token, asked for before each request; `nil` sends none. Must not block, and has to come soon
    ///     once the task is cancelled.
    ///   - limits: What is taken from it.
    ///   - clock: What waits and time-outs are measured on.
    ///   - now: The time here, which counts until the service has told its own.
    ///   - random: The source of jitter.
    ///   - logger: Told what becomes of the connection.
    public init<C: Clock<Duration>>(
        address: String,
        client: HTTPClient,
        token: @escaping @Sendable () async -> String? = { nil },
        limits: RemoteLimits = RemoteLimits(),
        clock: C = ContinuousClock(),
        now: Date,
        random: RandomSource = .system,
        logger: Logger
    ) {
        self.logger = logger
        requests = RemoteRequests(address: address, client: client, token: token, limits: limits) {
            Deadline(after: limits.answerTimeout, clock: clock)
        }
        schedule = ReconnectSchedule(random: random)
        self.clock = clock
        let origin = clock.now
        uptime = { origin.duration(to: clock.now) }
        whatIsKnown = Mutex(Known(state: RemoteState(clock: RemoteClock(start: now, lateness: limits.silenceTimeout))))
    }

    /// The last known state, and how the connection is.
    public func known() -> KnownService {
        whatIsKnown.withLock { known in
            KnownService(
                snapshot: known.state.snapshot,
                connection: ConnectionStatus(known.status, missedEntries: known.state.missedEntries)
            )
        }
    }

    /// A stream with an element at once and after every change of what `known()` returns.
    public func changes() -> AsyncStream<Void> {
        signal.changes()
    }

    /// The time on the service's clock, as far as that is known here.
    public var now: Date {
        let uptime = uptime()
        return whatIsKnown.withLock { $0.state.clock.date(at: uptime) }
    }

    /// A new identifier for an event: unique, and sorted by the time it was made.
    public func newEventID() -> String {
        EventIDGenerator { [self] in UInt64(max(0, now.timeIntervalSince1970) * 1000) }.next()
    }

    /// Changes what is known, and tells those who listen.
    func change<Result: Sendable>(_ body: (inout Known) throws -> Result) rethrows -> Result {
        defer { signal.notify() }
        return try whatIsKnown.withLock { try body(&$0) }
    }

    /// Looks at what is known, or notes what nobody needs to be told.
    func read<Result: Sendable>(_ body: (inout Known) -> Result) -> Result {
        whatIsKnown.withLock { body(&$0) }
    }

    /// Sees to it that nobody waits for an answer that can't come.
    func requireConnection() throws(ServiceError) {
        guard case .lost(_, _, let reason) = whatIsKnown.withLock({ $0.link }) else { return }
        throw ServiceError(.busy, message: "not connected to \(requests.address): \(reason)")
    }
}

extension RemoteService.Known {
    fileprivate var status: ConnectionStatus.State {
        switch link {
        case .connecting: .connecting
        case .connected: .connected
        case .lost(let since, let nextTry, let reason):
            .lost(
                since: state.clock.date(at: since),
                nextTry: nextTry.map(state.clock.date(at:)),
                reason: reason
            )
        }
    }
}
