/// Users and events together, with the rules that concern both.
struct SimulatorStore: Sendable {
    private(set) var users = UserStore()
    private(set) var events = EventStore()

    mutating func add(_ user: SimulatedUser) throws(StoreError) {
        try users.add(user)
    }

    /// Adds an event of a user that exists and notes it with the user; see ``EventStore/add(_:)`` for known ids.
    @discardableResult
    mutating func add(_ event: SimulatedEvent) throws(StoreError) -> EventStore.Addition {
        guard users[event.userID] != nil else { throw .unknownUser(id: event.userID) }
        let addition = try events.add(event)
        if addition == .added { try users.append(eventID: event.id, to: event.userID) }
        return addition
    }
}
