import EventService

/// What several operations of the OpenAPI document refer to.
enum Components {
    /// A reference to a schema of `schemas`.
    static func schema(_ name: String) -> JSONDocument {
        ["$ref": "#/components/schemas/\(name)"]
    }

    static let schemas =
        domainSchemas
        .merging(BreakerRepresentation.schemas)
        .merging(TimelineEntryRepresentation.schemas)
        .merging(LaneRepresentation.schemas)
        .merging(ObjectiveRepresentation.schemas)
        .merging(StreamSnapshotRepresentation.schemas)
        .merging(OutboxEntryRepresentation.schemas)

    private static let domainSchemas: JSONDocument = [
        "User": user.merging(["required": ["id", "name", "events"]]),
        "Event": event.merging(["required": ["id", "name", "userId"]]),
        "UserPart": user.merging(["description": "A user, or those of its members that `fields` names."]),
        "EventPart": event.merging(["description": "An event, or those of its members that `fields` names."]),
        "NewEvent": newEvent,
        "BreakerState": ["type": "string", "enum": ["CLOSED", "OPEN", "HALF_OPEN", "FORCED_OPEN", "DISABLED"]],
        "Health": health,
        "Problem": problem,
    ]

    private static let user: JSONDocument = [
        "type": "object",
        "description": "A user as the events API describes it; members that it adds are passed on untouched.",
        "properties": [
            "id": ["type": "string"],
            "name": ["type": "string"],
            "events": [
                "type": "array", "items": ["type": "string"],
                "description": "The identifiers of the user's events, in the user's order.",
            ],
            "email": ["description": "A text where the events API has one."],
            "username": ["description": "A text where the events API has one."],
        ],
    ]

    private static let event: JSONDocument = [
        "type": "object",
        "description": "An event as the events API describes it; members that it adds are passed on untouched.",
        "properties": [
            "id": ["type": "string"],
            "name": ["type": "string"],
            "userId": ["type": "string", "description": "The user whom the event belongs to."],
            "startsAt": ["description": "When it starts: RFC 3339, where the events API keeps its promise."],
            "location": ["description": "A text where the events API has one."],
            "description": ["description": "A text where the events API has one."],
        ],
    ]

    private static let newEvent: JSONDocument = [
        "type": "object",
        "description": "An event to add; members beyond these are passed on untouched.",
        "required": ["name", "userId"],
        "examples": [["name": "Lunch", "userId": "1", "startsAt": "2027-03-01T12:00:00Z"]],
        "properties": [
            "id": text(
                atMost: EventSubmission.maximumIDLength,
                "Its identifier; a UUID of version 7 is made where there is none. The same id is the same event."
            ),
            "name": text(atMost: EventSubmission.maximumNameLength, "Not blank.")
                .merging(["examples": ["Launch party"]]),
            "userId": text(atMost: EventSubmission.maximumIDLength, "The user whom it belongs to, who must exist."),
        ],
    ]

    /// A text that isn't blank.
    private static func text(atMost length: Int, _ description: String) -> JSONDocument {
        [
            "type": "string", "minLength": 1, "maxLength": .integer(length), "pattern": "\\S",
            "description": .string(description),
        ]
    }

    private static let health: JSONDocument = [
        "type": "object",
        "required": ["status"],
        "properties": [
            "status": ["type": "string", "enum": ["ok", "ready", "degraded", "starting", "draining", "down"]],
            "breakers": [
                "type": "object",
                "description": "Each breaker's state by the route of the events API that it guards.",
                "additionalProperties": [
                    "type": "object",
                    "required": ["state"],
                    "properties": [
                        "state": schema("BreakerState"),
                        "retryAfter": [
                            "type": "integer", "minimum": 0,
                            "description": "Whole seconds until the next probe, where the breaker is open.",
                        ],
                    ],
                ],
            ],
            "outbox": [
                "type": "object",
                "required": ["status", "undelivered", "refused"],
                "properties": [
                    "status": .oneOf(["ok", "full", "failing"]).described(
                        "Whether it can keep more events: `full` as long as there are as many as may be, `failing` for some "
                            + "seconds after it couldn't be read or written."
                    ),
                    "undelivered": .count.described("Events that were accepted for later and aren't delivered yet."),
                    "refused": .count.described("Events that the events API refused: a person has to decide."),
                ],
            ],
        ],
    ]
}
