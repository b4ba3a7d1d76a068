/// A user's events, as far as they could be found.
public struct UserEvents: Sendable, Equatable {
    /// The user's events, in the user's order.
    public var events: [Event]

    /// The identifiers of the events that could not be read, in the user's order; empty when the answer is complete.
    public var missing: [String]

    /// Creates an answer from its parts.
    public init(events: [Event], missing: [String] = []) {
        self.events = events
        self.missing = missing
    }
}
