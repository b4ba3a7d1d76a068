public import EventService
import NIOCore

extension FakeEventsAPI {
    /// Everything there, and everything works: every user and event exists, and adding echoes the event.
    ///
    /// - Parameter events: The identifiers of every user's events.
    public static func working(events: [String] = []) -> FakeEventsAPI {
        FakeEventsAPI(success(events: events))
    }

    /// Every call fails alike.
    public static func failing(_ error: UpstreamError) -> FakeEventsAPI {
        FakeEventsAPI(failure(error))
    }

    /// A script by which every call succeeds.
    public static func success(events: [String] = []) -> Script {
        { call, _ in
            switch call {
            case .users: AnswerBody.array([AnswerBody.user("1", events: events)])
            case .user(let id): AnswerBody.user(id, events: events)
            case .events: AnswerBody.array(events.map { AnswerBody.event($0) })
            case .event(let id): AnswerBody.event(id)
            case .addEvent: AnswerBody.added
            }
        }
    }

    /// A script by which every call fails alike.
    public static func failure(_ error: UpstreamError) -> Script {
        { (_, _) throws(UpstreamError) in throw error }
    }

    /// A script by which every call waits until its task is cancelled.
    public static let hanging: Script = { (_, _) throws(UpstreamError) in
        try await Gate().pass()
        throw .cancelled
    }
}
