import EventService

extension OriginalRoutes {
    static let getUsers = Operation(
        id: "originalGetUsers",
        tag: .original,
        summary: "The users: all of them, byte for byte as the events API has them, unless a parameter says otherwise.",
        parameters: .list(of: .users, defaultLimit: nil),
        answers: [.list(of: "UserPart", "The users.")]
    )

    static let getEvents = Operation(
        id: "originalGetEvents",
        tag: .original,
        summary:
            "The events: all of them, byte for byte as the events API has them, unless a parameter says otherwise.",
        parameters: .list(of: .events, defaultLimit: nil),
        answers: [.list(of: "EventPart", "The events.")]
    )

    static let getEventsByUserID = Operation(
        id: "originalGetEventsByUserId",
        tag: .original,
        summary: "The events of one user, in the user's order.",
        description: Operation.eventsOfUserContract,
        parameters: [.userID, .partial] + .list(of: .events, defaultLimit: nil),
        answers: [.list(of: "EventPart", "The user's events.", headers: Operation.Answer.partialHeaders)],
        problems: [404]
    )

    static let addEvent = Operation(
        id: "originalAddEvent",
        tag: .original,
        summary: "Adds an event.",
        description: Operation.addEventContract,
        access: .write,
        parameters: [.prefer, .idempotencyKey],
        requestBody: Components.schema("NewEvent"),
        answers: [
            .init(
                status: 200,
                description: "The events API's own answer.",
                schema: ["type": "object"],
                headers: ["Idempotent-Replayed"]
            ),
            .accepted("AcceptedEvent"),
        ],
        problems: [409, 422]
    )
}
