import EventService

/// A failure or a change of state as JSON.
struct TimelineEntryRepresentation: Encodable {
    let id: UInt64
    let at: Timestamp
    let route: String
    let kind: String
    var message: String?
    var durationMs: Int64?
    var probe: Bool?
    var requestId: String?
    var from: String?
    var to: String?
    var reason: String?

    init(_ entry: Timeline.Entry) {
        id = entry.id
        at = Timestamp(entry.at)
        route = entry.route.rawValue
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
        }
    }
}

extension TimelineEntryRepresentation {
    static let schemas: JSONDocument = [
        "TimelineEntry": [
            "description": "What happened to a call or a breaker.",
            "oneOf": [Components.schema("TimelineFailure"), Components.schema("TimelineTransition")],
            "discriminator": [
                "propertyName": "kind",
                "mapping": [
                    "failure": "#/components/schemas/TimelineFailure",
                    "transition": "#/components/schemas/TimelineTransition",
                ],
            ],
        ],
        "TimelineFailure": failure,
        "TimelineTransition": transition,
    ]

    private static let common: [String: JSONDocument] = [
        "id": .count.described("Counts up by one with every entry since the process started."),
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
