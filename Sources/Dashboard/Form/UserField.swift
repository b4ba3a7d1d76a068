import EventService
import TextUI

/// The form's user: found by typing a part of the name, or the identifier.
struct UserField: Equatable, Sendable {
    /// As many users found are offered.
    static let maximumMatches = 4

    /// What was typed, or the name of the chosen user.
    private(set) var query = LineEditor(maximumLength: 128)
    /// The user who is chosen.
    private(set) var chosenID: String?
    /// The users found, best first; none while a user is chosen.
    private(set) var matches: [User] = []
    /// The position among the users found that Enter and Tab choose.
    private(set) var highlighted = 0

    mutating func choose(_ user: User) {
        query.replace(with: user.name)
        chosenID = user.id
        matches = []
        highlighted = 0
    }

    mutating func chooseHighlighted() {
        guard chosenID == nil, !query.isEmpty, matches.indices.contains(highlighted) else { return }
        choose(matches[highlighted])
    }

    /// Moves among the users found.
    /// - Returns: Whether there was one to move to.
    mutating func moveHighlight(by step: Int) -> Bool {
        guard chosenID == nil, matches.indices.contains(highlighted + step) else { return false }
        highlighted += step
        return true
    }

    mutating func highlight(_ index: Int) {
        if matches.indices.contains(index) { highlighted = index }
    }

    /// Changes what was typed; typing over a chosen user starts afresh.
    mutating func edit(users: [User], replacesChoice: Bool, _ edit: (inout LineEditor) -> Bool) {
        if chosenID != nil, replacesChoice {
            chosenID = nil
            query.replace(with: "")
        }
        let before = query.characters
        guard edit(&query), chosenID == nil, query.characters != before || matches.isEmpty else { return }
        find(in: users)
    }

    /// Looks the users up again; the highlight stays with its user.
    mutating func find(in users: [User]) {
        guard chosenID == nil else { return }
        let before = matches.indices.contains(highlighted) ? matches[highlighted].id : nil
        let typed = query.text.trimmingSpaces
        if users.isEmpty, !typed.isEmpty {
            // Without a list of users the service has to know whether there is such an identifier.
            matches = [User(id: typed, name: typed)]
        } else {
            matches = UserSearch.find(typed, in: users, limit: Self.maximumMatches)
        }
        highlighted = matches.firstIndex { $0.id == before } ?? 0
    }
}

/// Finds users by what somebody typed.
enum UserSearch {
    /// The best matches: name begins with it, a word of the name does, identifier is it, name, login name or address has it.
    static func find(_ query: String, in users: [User], limit: Int) -> [User] {
        let needle = Needle(query)
        if needle.isEmpty { return Array(users.prefix(limit)) }
        let atWordStart = needle.atWordStart
        var ranks: [[User]] = Array(repeating: [], count: 4)
        for user in users {
            guard let rank = rank(of: user, needle, atWordStart), ranks[rank].count < limit else { continue }
            ranks[rank].append(user)
            if rank == 0, ranks[0].count == limit { break }
        }
        return Array(ranks.joined().prefix(limit))
    }

    private static func rank(of user: User, _ needle: Needle, _ atWordStart: Needle) -> Int? {
        let name = user.name.lowercased()
        if name.hasPrefix(needle.text) { return 0 }
        if user.id.lowercased() == needle.text { return 1 }
        if atWordStart.isFound(inLowercased: name) { return 2 }
        return user.matches(needle) ? 3 : nil
    }
}
