/// An event as the simulated events API keeps it.
struct SimulatedEvent: Equatable, Sendable {
    let id: String
    let name: String
    let userID: String
    /// All other members, `startsAt`, `location` and `description` among them.
    var others: [String: JSONValue] = [:]

    var json: JSONValue {
        var members = others
        members["id"] = .string(id)
        members["name"] = .string(name)
        members["userId"] = .string(userID)
        return .object(members)
    }
}
