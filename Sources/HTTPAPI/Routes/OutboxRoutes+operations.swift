extension OutboxRoutes {
    static let listEntries = Operation(
        id: "listOutbox",
        tag: .outbox,
        summary: "The events that were accepted for later, the longest accepted first.",
        description: """
            One that was refused and is tried again counts from then. `Link` leads to the next page, where there is one. \
            Those that were delivered are forgotten after 24 h.
            """,
        parameters: OutboxListQuery.parameters,
        answers: [
            .init(
                status: 200,
                description: "The entries, without their events.",
                schema: .list(of: Components.schema("OutboxItem"), atMost: OutboxListQuery.limits.upperBound),
                headers: ["Link"]
            )
        ],
        problems: [503]
    )

    static let getEntry = Operation(
        id: "getOutboxEntry",
        tag: .outbox,
        summary: "What has come of an event that was accepted for later.",
        parameters: [.eventID],
        answers: [.entry],
        problems: [404, 503]
    )

    static let retryEntry = Operation(
        id: "retryOutboxEntry",
        tag: .outbox,
        summary: "Has an event tried again.",
        description: """
            One that the events API refused is put behind all others of its user; one that waits after a failure is tried \
            as soon as the breaker lets it: `Retry-After` says when that is, where it isn't now.
            """,
        access: .admin,
        parameters: [.eventID],
        answers: [.entry.with(header: "Retry-After")],
        problems: [404, 409, 503]
    )

    static let discardEntry = Operation(
        id: "discardOutboxEntry",
        tag: .outbox,
        summary: "Forgets an event that waits or was refused: it is never delivered.",
        access: .admin,
        parameters: [.eventID],
        answers: [.init(status: 204, description: "It is forgotten.")],
        problems: [404, 409, 503]
    )
}

extension Operation.Answer {
    fileprivate func with(header: String) -> Operation.Answer {
        var answer = self
        answer.headers.append(header)
        return answer
    }

    fileprivate static let entry = Operation.Answer(
        status: 200,
        description: "The entry as it is now.",
        schema: Components.schema("OutboxEntry")
    )
}
