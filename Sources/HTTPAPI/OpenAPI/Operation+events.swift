import EventService

// What the original routes and `/v1` say alike.

extension Operation {
    static let eventsOfUserContract = """
        All are asked for at once, a bounded number at a time, each once. One that the events API doesn't know is left out; \
        any other failure fails the request, unless `partial=true`: then the answer is what was found in time, and \
        `Evenkeel-Missing` names what is lacking.
        """

    static let addEventContract = """
        The user must exist. The event gets an identifier unless it has one, and every attempt carries the same, so that \
        asking again with the same `id` is safe: it is the same event, not a second one.
        """
}

extension Operation.Parameter {
    static let userID = Operation.Parameter(
        name: "id",
        location: .path,
        description: "The user's identifier.",
        schema: ["type": "string", "minLength": 1]
    )

    static let eventID = Operation.Parameter(
        name: "id",
        location: .path,
        description: "The event's identifier.",
        schema: ["type": "string", "minLength": 1]
    )

    static let partial = Operation.Parameter(
        name: "partial",
        description: "Whether events that can't be read are left out instead of failing the request.",
        schema: ["type": "string", "enum": ["true", "false"], "default": "false"]
    )
}

extension Operation.Parameter {
    static let ifNoneMatch = Operation.Parameter(
        name: "If-None-Match",
        location: .header,
        description: "The `ETag` of an answer that the client has: where it still holds, the answer is 304.",
        schema: ["type": "string"]
    )

    static let cacheControl = Operation.Parameter(
        name: "Cache-Control",
        location: .header,
        description: "`no-cache` asks the events API instead of the cache.",
        schema: ["type": "string"]
    )
}

extension Operation.Answer {
    static let notModified = Operation.Answer(
        status: 304,
        description: "The answer that the client has still holds.",
        headers: freshnessHeaders
    )

    static let partialHeaders = ["Evenkeel-Missing", "Evenkeel-Missing-Count"]
    static let freshnessHeaders = ["Cache-Status", "Age", "ETag", "Cache-Control"]

    /// A list that the events API, or the cache, answered.
    static func list(of schema: String, _ description: String, headers: [String] = []) -> Operation.Answer {
        Operation.Answer(
            status: 200,
            description: description,
            schema: ["type": "array", "items": Components.schema(schema)],
            headers: freshnessHeaders + ["Link", "X-Total-Count"] + headers
        )
    }

    /// A single value that the events API, or the cache, answered.
    static func one(_ schema: String, _ description: String) -> Operation.Answer {
        Operation.Answer(
            status: 200,
            description: description,
            schema: Components.schema(schema),
            headers: freshnessHeaders
        )
    }
}
