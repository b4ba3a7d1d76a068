/// An event that a person is about to add.
public struct EventDraft: Sendable, Equatable, Encodable {
    /// The identifier that the event will have: the same on every attempt to send this draft, so that an attempt whose
    /// answer was lost and its repeat are one event.
    public var id: String

    /// The event's name.
    public var name: String

    /// The user whom the event belongs to.
    public var userID: String

    /// When the event starts, in RFC 3339, or `nil`.
    public var startsAt: String?

    enum CodingKeys: String, CodingKey {
        case id, name, startsAt
        case userID = "userId"
    }

    /// Creates a draft from its parts.
    public init(id: String, name: String, userID: String, startsAt: String? = nil) {
        self.id = id
        self.name = name
        self.userID = userID
        self.startsAt = startsAt
    }
}
