import EventService

/// An entry of the timeline as JSON.
struct TimelineEntryRepresentation: Encodable {
    let id: UInt64
    let at: Timestamp
    let route: String?
    let kind: String
    var message: String?
    var durationMs: Int64?
    var probe: Bool?
    var requestId: String?
    var from: String?
    var to: String?
    var reason: String?
    var downtimeMs: Int64?

    init(_ entry: Timeline.Entry) {
        id = entry.id
        at = Timestamp(entry.at)
        route = entry.route?.rawValue
        kind = HistoryQuery.Kind(entry.kind).rawValue
        requestId = entry.requestID
        switch entry.kind {
        case .failure(let message, let duration, let isProbe):
            self.message = message
            durationMs = duration.milliseconds
            probe = isProbe
        case .transition(let from, let to, let reason):
            self.from = from.rawValue
            self.to = to.rawValue
            self.reason = reason
        case .started(let downtime): downtimeMs = downtime?.milliseconds
        case .stopped: break
        }
    }
}

extension TimelineEntryRepresentation {
    static let schemas: JSONDocument = [
        "TimelineEntry": [
            "description": "What happened to a call, a breaker or the process.",
            "oneOf": [
                Components.schema("TimelineFailure"), Components.schema("TimelineTransition"),
                Components.schema("TimelineStart"), Components.schema("TimelineStop"),
            ],
            "discriminator": [
                "propertyName": "kind",
                "mapping": [
                    "failure": "#/components/schemas/TimelineFailure",
                    "transition": "#/components/schemas/TimelineTransition",
                    "start": "#/components/schemas/TimelineStart",
                    "stop": "#/components/schemas/TimelineStop",
                ],
            ],
        ],
        "TimelineFailure": failure,
        "TimelineTransition": transition,
        "TimelineStart": .closedObject(
            "The process started, with closed breakers.",
            optional: ["downtimeMs"],
            [
                "id": id, "at": .timestamp, "kind": ["const": "start"],
                "downtimeMs": .milliseconds.described(
                    "The time since the last that is known of the process before, where there was one."
                ),
            ]
        ),
        "TimelineStop": .closedObject(
            "The process stopped because it was told to; one that died has no such entry.",
            ["id": id, "at": .timestamp, "kind": ["const": "stop"]]
        ),
    ]

    private static let id = JSONDocument.count.described("Counts up by one with every entry.")

    private static let common: [String: JSONDocument] = [
        "id": id,
        "at": .timestamp,
        "route": Components.schema("UpstreamRoute"),
        "requestId": ["type": "string", "description": "The request that it happened for, where there is one."],
    ]

    private static let failure = JSONDocument.closedObject(
        "A call to the events API failed.",
        optional: ["requestId"],
        common.merging([
            "kind": ["const": "failure"],
            "message": ["type": "string", "description": "What went wrong; may quote the events API: untrusted."],
            "durationMs": .milliseconds,
            "probe": ["type": "boolean", "description": "Whether the call was a probe."],
        ]) { $1 }
    )

    private static let transition = JSONDocument.closedObject(
        "A breaker changed its state.",
        optional: ["requestId"],
        common.merging([
            "kind": ["const": "transition"],
            "from": Components.schema("BreakerState"),
            "to": Components.schema("BreakerState"),
            "reason": ["type": "string", "description": "Why, in words."],
        ]) { $1 }
    )
}
