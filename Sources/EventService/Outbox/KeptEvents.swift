public import struct Foundation.Date

/// The events that are kept because the events API doesn't have them, as far as they were asked for.
public struct KeptEvents: Sendable, Equatable {
    /// Those that were refused, and then those that wait or are delivering; each the longest accepted first.
    public var events: [KeptEvent]

    /// Whether there may be more.
    public var hasMore: Bool

    /// Creates a list from its parts.
    public init(events: [KeptEvent] = [], hasMore: Bool = false) {
        self.events = events
        self.hasMore = hasMore
    }
}

/// What a person wants to know of an event that is kept.
public struct KeptEvent: Sendable, Equatable, Identifiable {
    /// The event's identifier.
    public var id: String
    /// The event's name, which is untrusted.
    public var name: String
    /// The user whom the event belongs to.
    public var userID: String
    /// When it was accepted.
    public var acceptedAt: Date
    /// The request that it was accepted from.
    public var requestID: String
    /// How far it has come.
    public var state: OutboxEntry.State
    /// How many attempts at delivering it have ended.
    public var attempts: Int
    /// Why the last attempt failed; untrusted.
    public var lastError: String?
    /// Before when it isn't tried again; `nil` unless it waits after an attempt that failed.
    public var nextAttemptAt: Date?
    /// The status that the events API refused it with; `nil` unless it is refused.
    public var refusedStatus: Int?
    /// Whether another event of its user has to be delivered, refused or discarded before it is tried.
    public var isBehindAnother: Bool
    /// What the event consists of, in the order in which it was given.
    public var members: [Member] = []
    /// How many more members there are than are told, because they are too large.
    public var membersLeftOut = 0

    /// Creates a description of an event that nothing was done with yet.
    public init(
        id: String,
        name: String,
        userID: String,
        acceptedAt: Date,
        requestID: String,
        isBehindAnother: Bool = false
    ) {
        self.id = id
        self.name = name
        self.userID = userID
        self.acceptedAt = acceptedAt
        self.requestID = requestID
        self.isBehindAnother = isBehindAnother
        state = .waiting
        attempts = 0
    }

    /// Describes an entry.
    init(_ entry: OutboxEntry, isBehindAnother: Bool) {
        self.init(
            id: entry.id,
            name: entry.eventName,
            userID: entry.userID,
            acceptedAt: entry.acceptedAt,
            requestID: entry.requestID,
            isBehindAnother: isBehindAnother
        )
        state = entry.state
        attempts = entry.attempts
        lastError = entry.lastError
        nextAttemptAt = entry.nextAttemptAt
        refusedStatus = entry.refusedStatus
        (members, membersLeftOut) = Member.list(entry.event)
    }
}
