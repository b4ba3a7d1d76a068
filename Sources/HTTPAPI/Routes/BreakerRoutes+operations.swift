extension BreakerRoutes {
    static let listBreakers = Operation(
        id: "listBreakers",
        tag: .breakers,
        summary: "Every breaker, one for each route of the events API.",
        answers: [.init(status: 200, description: "The breakers.", schema: .list(of: Components.schema("Breaker")))]
    )

    static let getBreaker = Operation(
        id: "getBreaker",
        tag: .breakers,
        summary: "One breaker.",
        parameters: [.breakerName],
        answers: [.breaker],
        problems: [404]
    )

    static let setMode = Operation(
        id: "setBreakerMode",
        tag: .breakers,
        summary: "Says who decides whether calls pass.",
        description: """
            `forcedOpen` lets no call pass and `disabled` lets every call pass, both until the mode is set again or the \
            breaker is reset. `automatic` ends them with a closed breaker; it has no effect on a breaker that is automatic. \
            Setting the mode that it has changes nothing.
            """,
        access: .admin,
        parameters: [.breakerName],
        requestBody: Components.schema("NewBreakerMode"),
        answers: [.breaker],
        problems: [404]
    )

    static let reset = Operation(
        id: "resetBreaker",
        tag: .breakers,
        summary: "Closes a breaker.",
        description: "Whatever its state and mode; its failures and past openings are forgotten, its totals are not.",
        access: .admin,
        parameters: [.breakerName],
        answers: [.breaker],
        problems: [404]
    )

    static let probe = Operation(
        id: "probeBreaker",
        tag: .breakers,
        summary: "Ends the wait of an open breaker.",
        description: "The next call is its probe. Nothing is called by this itself.",
        access: .admin,
        parameters: [.breakerName],
        answers: [.breaker],
        problems: [404, 409]
    )
}

extension Operation.Parameter {
    fileprivate static let breakerName = Operation.Parameter(
        name: "name",
        location: .path,
        description: "The breaker's name: the route of the events API that it guards.",
        schema: Components.schema("UpstreamRoute")
    )
}

extension Operation.Answer {
    fileprivate static let breaker = Operation.Answer(
        status: 200,
        description: "The breaker as it is now.",
        schema: Components.schema("Breaker")
    )
}
