import HTTPTypes

extension Components {
    static let problem: JSONDocument = [
        "type": "object",
        "description": "An error (RFC 9457), with the members that the original service's clients know beside them.",
        "required": ["type", "title", "status", "detail", "instance", "success", "error", "message"],
        "properties": [
            "type": [
                "type": "string", "format": "uri", "pattern": "^urn:evenkeel:problem:",
                "description": "Tells this kind of problem from the others: a program decides by it.",
            ],
            "title": ["type": "string"],
            "status": ["type": "integer", "minimum": 400, "maximum": 599],
            "detail": ["type": "string", "description": "What happened, and where possible what to do."],
            "instance": ["type": "string", "description": "The request's identifier, under which the log has more."],
            "success": ["const": false],
            "error": ["type": "string", "description": "The same as `title`."],
            "message": ["type": "string", "description": "The same as `detail`."],
            "retryAfter": [
                "type": "integer", "minimum": 0,
                "description": "After as many whole seconds it is worth asking again; the same as the header.",
            ],
            "circuitBreakerState": schema("BreakerState"),
            "details": [
                "type": "array",
                "description": "Every field or parameter that is wrong.",
                "items": [
                    "type": "object",
                    "required": ["field", "message"],
                    "properties": ["field": ["type": "string"], "message": ["type": "string"]],
                ],
            ],
        ],
    ]

    /// One response for every status that a problem may have, named by it.
    static let responses: JSONDocument = .object(
        Dictionary(
            uniqueKeysWithValues: problemWords.map { status, words in
                let headers = ["X-Request-Id", "traceparent"] + limitHeaders + (extraHeaders[status] ?? [])
                let response: JSONDocument = [
                    "description": .string(words),
                    "headers": .object(
                        Dictionary(uniqueKeysWithValues: headers.map { ($0, ["$ref": "#/components/headers/\($0)"]) })
                    ),
                    "content": ["application/problem+json": ["schema": schema("Problem")]],
                ]
                return (String(status), response)
            }
        )
    )

    /// Every answer of what isn't open to everybody has them where clients are limited.
    static let limitHeaders = ["RateLimit-Policy", "RateLimit"]

    private static let extraHeaders = [
        401: ["WWW-Authenticate"], 403: ["WWW-Authenticate"], 405: ["Allow"],
        409: ["Retry-After", "Idempotent-Replayed"], 422: ["Idempotent-Replayed"], 429: ["Retry-After"],
        503: ["Retry-After"],
    ]

    private static let problemWords: [(Int, String)] = [
        (400, "A parameter or the body is wrong; `details` names each."),
        (401, "The request has no token, or one that isn't known."),
        (403, "The token doesn't allow this, it is switched off here, or a page may not do it; `type` says which."),
        (404, "There is no such user, event, breaker or entry of the outbox."),
        (405, "The path doesn't take this method; `Allow` names those that it takes."),
        (408, "The request came too slowly."),
        (
            409,
            """
            The event conflicts with another; the same request is under way; the breaker isn't open; or the entry is being \
            delivered, or was.
            """
        ),
        (413, "The body is too long."),
        (414, "The URL is too long."),
        (415, "The body is not labelled as JSON."),
        (421, "The service is asked for under a name in `Host` that isn't its own."),
        (
            422,
            """
            The user of the event doesn't exist, the events API refused the event, or the `Idempotency-Key` is that of a \
            different request.
            """
        ),
        (429, "More requests or streams than a client may have; `Retry-After` says when there is room again."),
        (431, "The head of the request is too large."),
        (500, "A fault of Evenkeel's own; its log has the reason under the request's identifier."),
        (502, "The events API answered with a failure, with something else than it promises, or with too much."),
        (
            503,
            """
            The breaker holds calls back (`service down, try later`), the events API is overloaded (`service busy`), \
            Evenkeel itself is out of descriptors, what is kept can't be read or written, or as many streams are open as may be.
            """
        ),
        (504, "The events API took too long."),
    ]
}
