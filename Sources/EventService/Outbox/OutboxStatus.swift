public import struct Foundation.Date

/// How many entries an outbox has, and since when the longest waits.
public struct OutboxStatus: Sendable, Equatable {
    /// Those that wait for delivery.
    public var waiting: Int
    /// Those of which an attempt is under way.
    public var delivering: Int
    /// Those that the events API refused, and a person has to decide about.
    public var refused: Int
    /// Those that were delivered and aren't forgotten yet.
    public var delivered: Int
    /// When the longest accepted of those that wait or are delivering was accepted.
    public var oldestUndelivered: Date?
    /// Whether as many are kept as may be, so that no more is accepted.
    public var isFull: Bool

    /// Creates a status from its parts.
    public init(
        waiting: Int = 0,
        delivering: Int = 0,
        refused: Int = 0,
        delivered: Int = 0,
        oldestUndelivered: Date? = nil,
        isFull: Bool = false
    ) {
        self.waiting = waiting
        self.delivering = delivering
        self.refused = refused
        self.delivered = delivered
        self.oldestUndelivered = oldestUndelivered
        self.isFull = isFull
    }

    /// Those that the events API doesn't have yet and will be sent.
    public var undelivered: Int { waiting + delivering }
}
