import EventService

extension UpstreamCall {
    /// The path to ask for, or `nil` where an identifier can't stand in a path and so can't exist.
    var path: String? {
        switch self {
        case .users: "/getUsers"
        case .events: "/getEvents"
        case .addEvent: "/addEvent"
        case .user(let id): Self.segment(id).map { "/getUserById/\($0)" }
        case .event(let id): Self.segment(id).map { "/getEventById/\($0)" }
        }
    }

    /// The longest identifier, in bytes: encoded, three times as many still fit into the URLs that servers take.
    static let maximumIdentifierLength = 2048

    /// An identifier as one path segment: dot segments are navigation, and encoding doesn't change that.
    private static func segment(_ id: String) -> String? {
        guard !id.isEmpty, id.utf8.count <= maximumIdentifierLength, id != ".", id != ".." else { return nil }
        return id.percentEncoded
    }
}
