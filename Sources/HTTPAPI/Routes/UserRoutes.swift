import EventService
import HTTPTypes
import Hummingbird

/// Users and their events under `/v1`.
struct UserRoutes {
    let service: EventService

    var endpoints: [Endpoint] {
        [
            .get("/v1/users", Self.listUsers) { request, context in
                Response(try await service.users(for: context.call, policy: CachePolicy(request)), to: request)
            },
            .get("/v1/users/{id}", Self.getUser) { request, context in
                let id = try context.segment("id")
                return Response(
                    try await service.user(id: id, for: context.call, policy: CachePolicy(request)),
                    to: request
                )
            },
            .get("/v1/users/{id}/events", Self.listEventsOfUser, handle: eventsOfUser),
        ]
    }

    private func eventsOfUser(_ request: Request, _ context: APIContext) async throws -> Response {
        let answer = try await service.events(
            ofUser: try context.segment("id"),
            partial: try request.flag("partial"),
            for: context.call,
            policy: CachePolicy(request)
        )
        var response = Response(answer, to: request)
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

    private static let getUser = Operation(
        id: "getUser",
        tag: .users,
        summary: "One user.",
        parameters: [.userID],
        answers: [.one("User", "The user.")],
        problems: [404]
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
