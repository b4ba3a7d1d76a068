public import struct Foundation.Date

/// What the dashboard needs of a service, which may run in this process or elsewhere.
public protocol DashboardSource: Sendable {
    /// What is known of the service now.
    func known() -> KnownService

    /// A stream with an element at once and after every change of what `known()` returns.
    func changes() -> AsyncStream<Void>

    /// The time on the clock that every time in a snapshot is of.
    var now: Date { get }

    /// A new identifier for an event: unique, and sorted by the time it was made.
    func newEventID() -> String

    /// All users.
    func listUsers(for context: CallContext, policy: CachePolicy) async throws(ServiceError) -> ReadResult<[User]>

    /// The events of one user as far as they can be read.
    func listEvents(
        ofUser id: String,
        for context: CallContext,
        policy: CachePolicy
    ) async throws(ServiceError) -> ReadResult<UserEvents>

    /// Adds the event of a draft, which keeps its identifier; the same draft again is the same event.
    /// - Parameter whenDown: What to do if it can't be delivered now; `nil` leaves that to the service.
    func submit(
        _ draft: EventDraft,
        whenDown: EventServiceConfiguration.WhenDown?,
        for context: CallContext
    ) async throws(ServiceError) -> DraftFate

    /// The events that are kept, those first that a person has to decide about.
    func listKept(atMost limit: Int) async throws(ServiceError) -> KeptEvents

    /// Has an event that is kept tried again.
    /// - Returns: Whether it was still there.
    func retryKept(_ id: String, for context: CallContext) async throws(ServiceError) -> Bool

    /// Forgets an event that is kept.
    /// - Returns: Whether it was still there.
    func discardKept(_ id: String, for context: CallContext) async throws(ServiceError) -> Bool

    /// Entries of the timeline, as far back as they are kept.
    func timelinePage(_ query: HistoryQuery) async throws(ServiceError) -> TimelinePage

    /// Says who decides whether a breaker lets calls through.
    func setMode(_ mode: BreakerStatus.Mode, of route: UpstreamRoute) async throws(ServiceError)

    /// Closes a breaker, whatever its state and mode, and forgets its failures and past openings.
    func reset(_ route: UpstreamRoute) async throws(ServiceError)

    /// Lets the next call of a route through as a probe.
    /// - Throws: `ServiceError` of kind `conflict` unless the breaker is open.
    func probe(_ route: UpstreamRoute) async throws(ServiceError)
}

/// What is known of a service.
public struct KnownService: Sendable, Equatable {
    /// Its last known state; `nil` before anything is known.
    public var snapshot: ServiceSnapshot?

    /// Whether that is how things are now; `nil` for a service in this process.
    public var connection: ConnectionStatus?

    /// Creates it from its parts.
    public init(snapshot: ServiceSnapshot?, connection: ConnectionStatus? = nil) {
        self.snapshot = snapshot
        self.connection = connection
    }
}

/// How the connection to a service elsewhere is.
public struct ConnectionStatus: Sendable, Equatable {
    /// Whether there is one.
    public enum State: Sendable, Equatable {
        /// Not yet, and nothing is known of the service.
        case connecting
        /// There is one, and whatever happens is told.
        case connected
        /// There is none, and what is known of the service is how things were.
        ///
        /// - Parameters:
        ///   - since: When the service was last heard of, or was first asked for.
        ///   - nextTry: When it is asked for again; `nil` while that is under way.
        ///   - reason: Why there is none, in words parts of which may come from elsewhere and are untrusted.
        case lost(since: Date, nextTry: Date?, reason: String)
    }

    /// Whether there is one.
    public var state: State

    /// How many entries of the timeline came and went without being told since the beginning.
    public var missedEntries: UInt64

    /// Creates a status from its parts.
    public init(_ state: State, missedEntries: UInt64 = 0) {
        self.state = state
        self.missedEntries = missedEntries
    }
}

/// What became of a draft that was to be added.
public enum DraftFate: Sendable, Equatable {
    /// The events API has it.
    case added
    /// It is kept, and will be delivered.
    case kept
}
