/// Users and events made up in any number, for tests and measurements.
extension SimulatorStore {
    /// Adds `count` users with `eventsEach` events each and returns the users' ids.
    ///
    /// The ids continue from those of earlier calls and never meet those of the seed data.
    mutating func addBulk(users count: Int, eventsEach: Int) throws(StoreError) -> [String] {
        var ids: [String] = []
        for _ in 0..<count {
            let number = users.all.count + 1
            let id = "bulk-\(number)"
            try add(
                SimulatedUser(id: id, name: "User \(number)", username: id, email: "\(id)@evenkeel.example")
            )
            for event in 0..<eventsEach {
                try add(SimulatedEvent(id: "\(id)-event-\(event + 1)", name: "Event \(event + 1)", userID: id))
            }
            ids.append(id)
        }
        return ids
    }
}
