/// A user as the events API describes them.
///
/// Only the members that Evenkeel reads; every other member is passed on untouched by the HTTP API.
public struct User: Sendable, Equatable, Identifiable, Decodable {
    /// The events API's identifier.
    public var id: String

    /// The name to show, untrusted because it came from outside.
    public var name: String

    /// The login name, where the events API has one.
    public var username: String?

    /// The e-mail address, where the events API has one; never logged.
    public var email: String?

    /// The identifiers of the user's events, in the user's order.
    public var eventIDs: [String]

    enum CodingKeys: String, CodingKey {
        case id, name, username, email
        case eventIDs = "events"
    }

    /// Creates a user from its parts.
    public init(id: String, name: String, username: String? = nil, email: String? = nil, eventIDs: [String] = []) {
        self.id = id
        self.name = name
        self.username = username
        self.email = email
        self.eventIDs = eventIDs
    }

    /// Decodes what the events API promises; anything else that isn't text counts as absent.
    public init(from decoder: any Decoder) throws {
        let members = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            id: try members.decode(String.self, forKey: .id),
            name: try members.decode(String.self, forKey: .name),
            username: members.optionalText(.username),
            email: members.optionalText(.email),
            eventIDs: try members.decode([String].self, forKey: .eventIDs)
        )
    }
}
