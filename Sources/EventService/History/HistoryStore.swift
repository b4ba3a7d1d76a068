public import struct Foundation.Date

/// Where failures and changes of state are kept over restarts.
///
/// Each process has a history of its own, by its `holder`, since each has breakers of its own. Unlike the other stores this
/// one may lose the last moments before a crash.
public protocol HistoryStore: Sendable {
    /// Keeps entries, whose identifiers follow those that are kept.
    func append(_ entries: [HistoryEntry], of holder: String) async throws(StoreError)

    /// Reads entries, the newest first.
    func entries(_ query: HistoryQuery, of holder: String) async throws(StoreError) -> [HistoryEntry]

    /// Counts the failures from one moment until before another, by pieces of so many seconds, which are counted from
    /// 1970-01-01T00:00:00Z, oldest first.
    func failures(
        from start: Date,
        to end: Date,
        per seconds: Int64,
        of holder: String
    ) async throws(StoreError) -> [HistoryFailures]

    /// Forgets what happened before `date`, and the oldest entries beyond `limit`, of whichever process.
    func forget(before date: Date, beyond limit: Int) async throws(StoreError)
}

/// An entry of the timeline, as it is kept.
public struct HistoryEntry: Sendable, Equatable {
    /// What happened.
    public var entry: Timeline.Entry
    /// The wait that the breaker entered with the change, where it opened.
    public var wait: Duration?

    /// Creates an entry from its parts.
    public init(entry: Timeline.Entry, wait: Duration?) {
        self.entry = entry
        self.wait = wait
    }
}

/// Which entries of the history are asked for.
public struct HistoryQuery: Sendable, Equatable {
    /// The kinds of entries.
    public enum Kind: String, Sendable, CaseIterable {
        /// A call to the events API failed.
        case failure
        /// A breaker changed its state.
        case transition
        /// The process started.
        case start
        /// The process stopped because it was told to.
        case stop

        /// The kind of an entry.
        public init(_ kind: Timeline.Entry.Kind) {
            switch kind {
            case .failure: self = .failure
            case .transition: self = .transition
            case .started: self = .start
            case .stopped: self = .stop
            }
        }
    }

    /// Only entries whose identifiers are less; `nil` for the newest.
    public var before: UInt64?
    /// Only what happened at this time or later; `nil` for all.
    public var since: Date?
    /// Only what happened on this route; `nil` for all.
    public var route: UpstreamRoute?
    /// Only what is of this kind; `nil` for all.
    public var kind: Kind?
    /// The most entries to read; 1 or more.
    public var limit: Int

    /// Creates a query from its parts.
    public init(
        before: UInt64? = nil,
        since: Date? = nil,
        route: UpstreamRoute? = nil,
        kind: Kind? = nil,
        limit: Int
    ) {
        self.before = before
        self.since = since
        self.route = route
        self.kind = kind
        self.limit = limit
    }
}
