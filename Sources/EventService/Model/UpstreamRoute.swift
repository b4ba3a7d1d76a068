/// A route of the events API; each has a circuit breaker of its own.
public enum UpstreamRoute: String, Sendable, Hashable, CaseIterable {
    case addEvent
    case getEvents
    case getEventById
    case getUsers
    case getUserById

    /// Whether a repeated call has no further effect by itself: the four reads.
    public var isRead: Bool {
        self != .addEvent
    }
}
