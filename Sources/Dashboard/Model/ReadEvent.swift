import EventService

/// An event that is read in full, as it was last known.
struct ReadEvent: Equatable, Sendable {
    /// Whether the events API still has it.
    enum Standing: Equatable, Sendable {
        /// It is among those read last.
        case listed
        /// It could not be read the last time.
        case notRead
        /// The user has no such event any more.
        case gone
    }

    private(set) var event: Event
    private(set) var standing = Standing.listed
    /// How many lines it is scrolled by.
    var offset = 0

    init(_ event: Event) {
        self.event = event
    }

    /// Takes over what has become of it.
    mutating func refresh(from answer: UserEvents) {
        if let found = answer.events.first(where: { $0.id == event.id }) {
            (event, standing) = (found, .listed)
        } else {
            standing = answer.missing.contains(event.id) ? .notRead : .gone
        }
    }
}
