/// A user as the simulated events API keeps it.
struct SimulatedUser: Equatable, Sendable {
    let id: String
    let name: String
    let username: String
    let email: String
    /// The ids of the user's events, oldest first.
    var events: [String] = []
    /// Members that the simulator doesn't know.
    var others: [String: JSONValue] = [:]

    var json: JSONValue {
        var members = others
        members["id"] = .string(id)
        members["name"] = .string(name)
        members["username"] = .string(username)
        members["email"] = .string(email)
        members["events"] = .array(events.map(JSONValue.string))
        return .object(members)
    }
}
