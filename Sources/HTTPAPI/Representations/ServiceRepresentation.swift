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

    init(_ snapshot: ServiceSnapshot) {
        phase = snapshot.phase.rawValue
        upstream = Upstream(url: snapshot.upstream.url, scenario: snapshot.upstream.scenario)
        apiUrl = snapshot.apiURL
    }

    static let schema: JSONDocument = .closedObject(
        "What the service says about itself.",
        optional: ["apiUrl"],
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
        ]
    )
}
