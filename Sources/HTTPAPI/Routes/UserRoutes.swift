import EventService
import HTTPTypes
import Hummingbird

/// Users and their events under `/v1`.
struct UserRoutes {
    let service: EventService

    var endpoints: [Endpoint] {
        [
            .list("/v1/users", Self.listUsers, handle: users),
            .get("/v1/users/{id}", Self.getUser, handle: user),
            .list("/v1/users/{id}/events", Self.listEventsOfUser, handle: eventsOfUser),
        ]
    }

    private func users(_ request: Request, _ context: APIContext) async throws -> Response {
        let list = try ListRequest(request, fields: .users)
        let answer = try await service.users(for: context.call, policy: CachePolicy(request))
        return try await list.response(answer)
    }

    private func user(_ request: Request, _ context: APIContext) async throws -> Response {
        let id = try context.segment("id")
        let answer = try await service.user(id: id, for: context.call, policy: CachePolicy(request))
        return Response(answer, to: request)
    }

    private func eventsOfUser(_ request: Request, _ context: APIContext) async throws -> Response {
        let list = try ListRequest(request, fields: .events, takesPartial: true)
        let id = try context.segment("id")
        let policy = CachePolicy(request)
        let answer = try await service.events(ofUser: id, partial: list.isPartial, for: context.call, policy: policy)
        return try await list.response(answer)
    }
}

extension UserRoutes {
    private static let listUsers = Operation(
        id: "listUsers",
        tag: .users,
        summary: "The users.",
        description: Operation.listContract,
        parameters: .list(of: .users, defaultLimit: ListRequest.defaultLimit),
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
        description: Operation.eventsOfUserContract + "\n\n" + Operation.listContract,
        parameters: [.userID, .partial] + .list(of: .events, defaultLimit: ListRequest.defaultLimit),
        answers: [.list(of: "EventPart", "The user's events.", headers: Operation.Answer.partialHeaders)],
        problems: [404]
    )
}
