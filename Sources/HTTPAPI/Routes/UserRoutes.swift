import EventService
import HTTPTypes
import Hummingbird

/// Users and their events under `/v1`.
struct UserRoutes {
    let service: EventService

    var endpoints: [Endpoint] {
        [
            .list("/v1/users", Self.listUsers) { request, context in
                let list = try ListRequest(request, fields: .users)
                return try await list.response(try await service.users(for: context.call, policy: CachePolicy(request)))
            },
            .get("/v1/users/{id}", Self.getUser) { request, context in
                let id = try context.segment("id")
                return Response(
                    try await service.user(id: id, for: context.call, policy: CachePolicy(request)),
                    to: request
                )
            },
            .list("/v1/users/{id}/events", Self.listEventsOfUser) { request, context in
                let list = try ListRequest(request, fields: .events, otherNames: ["partial"])
                return try await list.response(try await service.events(ofUserIn: request, context))
            },
        ]
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
