public import NIOCore

/// One call to the events API.
public enum UpstreamCall: Sendable, Equatable {
    /// `GET /getUsers`
    case users
    /// `GET /getUserById/:id`
    case user(id: String)
    /// `GET /getEvents`
    case events
    /// `GET /getEventById/:id`
    case event(id: String)
    /// `POST /addEvent` with a body that carries the event's identifier.
    case addEvent(body: ByteBuffer)

    /// The route that the call goes to, and with it the breaker that guards it.
    public var route: UpstreamRoute {
        switch self {
        case .users: .getUsers
        case .user: .getUserById
        case .events: .getEvents
        case .event: .getEventById
        case .addEvent: .addEvent
        }
    }

    /// What the events API promises to answer.
    public var answerShape: JSONShape {
        switch self {
        case .users: .array(of: .user)
        case .user: .user
        case .events: .array(of: .event)
        case .event: .event
        case .addEvent: .object([])
        }
    }
}
