extension OriginalRoutes {
    static let getUsers = Operation(
        id: "originalGetUsers",
        tag: .original,
        summary: "All users, byte for byte as the events API has them.",
        answers: [.list(of: "User", "The users.")]
    )

    static let getEvents = Operation(
        id: "originalGetEvents",
        tag: .original,
        summary: "All events, byte for byte as the events API has them.",
        answers: [.list(of: "Event", "The events.")]
    )

    static let getEventsByUserID = Operation(
        id: "originalGetEventsByUserId",
        tag: .original,
        summary: "The events of one user, in the user's order.",
        description: Operation.eventsOfUserContract,
        parameters: [.userID, .partial],
        answers: [.list(of: "Event", "The user's events.", headers: Operation.Answer.partialHeaders)],
        problems: [404]
    )

    static let addEvent = Operation(
        id: "originalAddEvent",
        tag: .original,
        summary: "Adds an event.",
        description: Operation.addEventContract,
        access: .write,
        requestBody: Components.schema("NewEvent"),
        answers: [.init(status: 200, description: "The events API's own answer.", schema: ["type": "object"])],
        problems: [409, 422]
    )
}
