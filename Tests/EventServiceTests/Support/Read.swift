import EventService
import NIOCore

/// A read of each kind by name, so that a test can be about each: of user `1` and event `b`.
enum Read: String, CaseIterable, Sendable {
    case users, events, user, event, eventsOfUser, partialEventsOfUser

    /// How many calls to the events API it takes where the user has two events.
    var calls: Int {
        switch self {
        case .users, .events, .user, .event: 1
        case .eventsOfUser, .partialEventsOfUser: 3
        }
    }

    func answer(
        _ harness: ServiceHarness,
        _ policy: CachePolicy = .useCache,
        userID: String = "1",
        eventID: String = "b",
        for context: CallContext? = nil
    ) async throws(ServiceError) -> ServiceAnswer {
        let (service, context) = (harness.service, context ?? harness.context)
        return switch self {
        case .users: try await service.users(for: context, policy: policy)
        case .events: try await service.events(for: context, policy: policy)
        case .user: try await service.user(id: userID, for: context, policy: policy)
        case .event: try await service.event(id: eventID, for: context, policy: policy)
        case .eventsOfUser:
            try await service.events(ofUser: userID, partial: false, for: context, policy: policy)
        case .partialEventsOfUser:
            try await service.events(ofUser: userID, partial: true, for: context, policy: policy)
        }
    }

    /// The same, with its error as a value.
    func result(_ harness: ServiceHarness, _ policy: CachePolicy = .useCache) async -> Result<
        ServiceAnswer, ServiceError
    > {
        do {
            return .success(try await answer(harness, policy))
        } catch {
            return .failure(error)
        }
    }
}

extension ServiceAnswer {
    /// The body as text.
    var text: String { String(buffer: body) }
}
