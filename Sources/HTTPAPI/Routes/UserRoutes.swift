import EventService
import HTTPTypes
import Hummingbird

/// Users and their events under `/v1`.
struct UserRoutes {
    let service: EventService

    var endpoints: [Endpoint] {
        [
            .get("/v1/users", Self.listUsers) { _, context in
                .json(try await service.users(for: context.call).body)
            },
            .get("/v1/users/{id}/events", Self.listEventsOfUser, handle: eventsOfUser),
        ]
    }

    private func eventsOfUser(_ request: Request, _ context: APIContext) async throws -> Response {
        let answer = try await service.events(
            ofUser: try context.segment("id"),
            partial: try request.flag("partial"),
            for: context.call
        )
        var response = Response.json(answer.body)
        response.name(missing: answer.missing)
        return response
    }
}

extension UserRoutes {
    private static let listUsers = Operation(
        id: "listUsers",
        tag: .users,
        summary: "The users.",
        answers: [.list(of: "UserPart", "The users.")]
    )

    private static let listEventsOfUser = Operation(
        id: "listEventsOfUser",
        tag: .users,
        summary: "The events of one user, in the user's order.",
        description: Operation.eventsOfUserContract,
        parameters: [.userID, .partial],
        answers: [.list(of: "EventPart", "The user's events.", headers: Operation.Answer.partialHeaders)],
        problems: [404]
    )
}
