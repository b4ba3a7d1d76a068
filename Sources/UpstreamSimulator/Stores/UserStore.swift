/// The users, in the order in which they were added.
struct UserStore: Sendable {
    private(set) var all: [SimulatedUser] = []
    private var indexByID: [String: Int] = [:]
    private var emails: Set<String> = []
    private var usernames: Set<String> = []

    subscript(id: String) -> SimulatedUser? {
        indexByID[id].map { all[$0] }
    }

    /// Adds a user; id, e-mail and user name must be unique, the latter two whatever their case.
    mutating func add(_ user: SimulatedUser) throws(StoreError) {
        guard indexByID[user.id] == nil else { throw .userIDTaken(user.id) }
        guard !emails.contains(user.email.lowercased()) else { throw .emailTaken(user.email) }
        guard !usernames.contains(user.username.lowercased()) else { throw .usernameTaken(user.username) }
        indexByID[user.id] = all.count
        emails.insert(user.email.lowercased())
        usernames.insert(user.username.lowercased())
        all.append(user)
    }

    /// Notes that the user has one more event.
    mutating func append(eventID: String, to userID: String) throws(StoreError) {
        guard let index = indexByID[userID] else { throw .unknownUser(id: userID) }
        all[index].events.append(eventID)
    }
}
