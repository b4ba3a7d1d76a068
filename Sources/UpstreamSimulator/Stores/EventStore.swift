/// The events, in the order in which they were added.
struct EventStore: Sendable {
    enum Addition: Equatable, Sendable {
        case added
        /// The same event was there already; nothing changed.
        case known
    }

    private(set) var all: [SimulatedEvent] = []
    private var indexByID: [String: Int] = [:]

    subscript(id: String) -> SimulatedEvent? {
        indexByID[id].map { all[$0] }
    }

    /// Adds an event, or recognises it: the same id with the same content is the same event, with other content an error.
    mutating func add(_ event: SimulatedEvent) throws(StoreError) -> Addition {
        if let known = self[event.id] {
            guard known == event else { throw .eventIDTaken(event.id) }
            return .known
        }
        indexByID[event.id] = all.count
        all.append(event)
        return .added
    }
}
