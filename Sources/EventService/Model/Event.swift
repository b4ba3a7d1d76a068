/// An event as the events API describes it.
///
/// Only the members that Evenkeel reads; every other member is passed on untouched by the HTTP API.
public struct Event: Sendable, Equatable, Identifiable, Decodable {
    /// The events API's identifier.
    public var id: String

    /// The name to show, untrusted because it came from outside.
    public var name: String

    /// The identifier of the user whom the event belongs to.
    public var userID: String

    /// When the event starts, as the events API wrote it: RFC 3339 where it keeps its promise.
    public var startsAt: String?

    /// Where the event takes place.
    public var location: String?

    /// What the event is about.
    public var description: String?

    enum CodingKeys: String, CodingKey {
        case id, name, startsAt, location, description
        case userID = "userId"
    }

    /// Creates an event from its parts.
    public init(
        id: String,
        name: String,
        userID: String,
        startsAt: String? = nil,
        location: String? = nil,
        description: String? = nil
    ) {
        self.id = id
        self.name = name
        self.userID = userID
        self.startsAt = startsAt
        self.location = location
        self.description = description
    }

    /// Decodes what the events API promises; anything else that isn't text counts as absent.
    public init(from decoder: any Decoder) throws {
        let members = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            id: try members.decode(String.self, forKey: .id),
            name: try members.decode(String.self, forKey: .name),
            userID: try members.decode(String.self, forKey: .userID),
            startsAt: members.optionalText(.startsAt),
            location: members.optionalText(.location),
            description: members.optionalText(.description)
        )
    }
}

extension KeyedDecodingContainer {
    /// The text of a member that the events API doesn't promise: one of another type must not hide the whole list.
    func optionalText(_ key: Key) -> String? {
        do {
            return try decodeIfPresent(String.self, forKey: key)
        } catch {
            return nil
        }
    }
}
