import EventService
import Foundation

/// What the service says about itself, as JSON.
struct ServiceRepresentation: Encodable, Equatable {
    struct Upstream: Encodable, Equatable {
        let url: String
        let scenario: String?
    }

    let phase: String
    let upstream: Upstream
    let apiUrl: String?
    let outbox: Outbox?

    /// The events that were accepted for later.
    struct Outbox: Encodable, Equatable {
        let waiting, delivering, delivered, refused: Int
        let oldestUndelivered: Timestamp?
        let failure: String?

        init(_ outbox: ServiceSnapshot.Outbox) {
            waiting = outbox.status.waiting
            delivering = outbox.status.delivering
            delivered = outbox.status.delivered
            refused = outbox.status.refused
            oldestUndelivered = outbox.status.oldestUndelivered.map(Timestamp.init)
            failure = outbox.failure
        }
    }

    init(_ snapshot: ServiceSnapshot) {
        phase = snapshot.phase.rawValue
        upstream = Upstream(url: snapshot.upstream.url, scenario: snapshot.upstream.scenario)
        apiUrl = snapshot.apiURL
        outbox = snapshot.outbox.map(Outbox.init)
    }

    static let schema: JSONDocument = .closedObject(
        "What the service says about itself.",
        optional: ["apiUrl", "outbox"],
        [
            "phase": .oneOf(["starting", "serving", "draining"]),
            "upstream": .closedObject(
                "The events API in use.",
                optional: ["scenario"],
                [
                    "url": ["type": "string"],
                    "scenario": ["type": "string", "description": "Of the built-in simulator, where it is that."],
                ]
            ),
            "apiUrl": ["type": "string", "description": "Where this API listens."],
            "outbox": .closedObject(
                "The events that were accepted for later.",
                optional: ["oldestUndelivered", "failure"],
                [
                    "waiting": .count, "delivering": .count, "delivered": .count, "refused": .count,
                    "oldestUndelivered": .timestamp.described("When the longest accepted was that isn't delivered."),
                    "failure": [
                        "type": "string",
                        "description": "Why nothing can be kept or delivered now; the numbers are the last known.",
                    ],
                ]
            ),
        ]
    )
}
