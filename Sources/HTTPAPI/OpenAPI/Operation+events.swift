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

        With an `Idempotency-Key` a repeat of the whole request is safe: for 24 h it gets the same answer, to the byte and \
        with `Idempotent-Replayed: true`, where that settles the request: 2xx, the events API's refusals, an unknown user, \
        another event with this `id`. Any other answer leaves the key free for a repeat, which adds the same event. A key \
        belongs to the route and to the token's owner; without tokens all clients share their keys.

        An event that can't be delivered now is accepted (202) where the client prefers that or the service is set so: it \
        is kept, outlives a restart, and is delivered as soon as the events API takes it, the events of each user in the order in \
        which they were accepted. While others of its user wait it is accepted without being tried. The events API may still \
        refuse it: `Location` tells.
        """
}

extension Operation.Parameter {
    static let prefer = Operation.Parameter(
        name: "Prefer",
        location: .header,
        description: "`respond-async` (RFC 7240): an event that can't be delivered now is kept and delivered later.",
        schema: ["type": "string", "examples": ["respond-async"]]
    )

    static let idempotencyKey = Operation.Parameter(
        name: "Idempotency-Key",
        location: .header,
        description: """
            Names the request, so that a repeat doesn't add a second event (draft-ietf-httpapi-idempotency-key-header): a \
            string in quotes; one without blanks, quotes, commas and semicolons may also come without them.
            """,
        schema: ["type": "string", "pattern": .string(IdempotencyKey.pattern)]
    )

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

    /// An event that is kept and will be delivered.
    static func accepted(_ schema: String) -> Operation.Answer {
        Operation.Answer(
            status: 202,
            description: "The event can't be delivered now: it is kept, and will be.",
            schema: Components.schema(schema),
            headers: ["Location", "Preference-Applied", "Retry-After", "Idempotent-Replayed"]
        )
    }

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
