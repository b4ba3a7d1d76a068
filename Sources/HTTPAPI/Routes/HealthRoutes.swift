import EventService
import Foundation
import HTTPTypes
import Hummingbird

/// Whether the process lives, and whether it is of use.
struct HealthRoutes {
    let service: EventService

    var endpoints: [Endpoint] {
        let liveness = ["/healthz", "/health"].map { path in
            Endpoint.get(path, Self.live(path)) { _, _ in .json(encoding: Health(status: "ok")) }
        }
        let readiness = ["/readyz", "/ready"].map { path in
            Endpoint.get(path, Self.readiness(path)) { _, _ in ready() }
        }
        return (liveness + readiness).map(\.polled)
    }

    private static func live(_ path: String) -> Operation {
        Operation(
            id: path == "/healthz" ? "getLiveness" : "getHealth",
            tag: .operating,
            summary: "Whether the process serves.",
            access: .open,
            answers: [.init(status: 200, description: "It does.", schema: Components.schema("Health"))]
        )
    }

    private static func readiness(_ path: String) -> Operation {
        Operation(
            id: path == "/readyz" ? "getReadiness" : "getReady",
            tag: .operating,
            summary: "Whether requests can be served, with each breaker's state.",
            access: .open,
            answers: [
                .init(
                    status: 200,
                    description: "`ready`, or `degraded`: some breaker is not closed.",
                    schema: Components.schema("Health")
                ),
                .init(
                    status: 503,
                    description: "`starting`, `draining`, or `down`: every breaker is open.",
                    schema: Components.schema("Health")
                ),
            ]
        )
    }

    private struct Health: Encodable {
        var status: String
        var breakers: [String: Breaker]?
    }

    private struct Breaker: Encodable {
        var state: String
        var retryAfter: Int64?
    }

    private func ready() -> Response {
        let snapshot = service.snapshot()
        let breakers = snapshot.breakers.map { status in
            let left = status.probeAt.map {
                Duration.seconds(max(0, $0.timeIntervalSince(snapshot.takenAt))).wholeSeconds
            }
            return (status.route.rawValue, Breaker(state: status.state.rawValue, retryAfter: left))
        }
        let readiness = Readiness(of: snapshot)
        let status: HTTPResponse.Status = readiness.isServing ? .ok : .serviceUnavailable
        return .json(
            encoding: Health(status: readiness.rawValue, breakers: Dictionary(uniqueKeysWithValues: breakers)),
            status: status
        )
    }
}

/// What the readiness route says.
enum Readiness: String {
    /// Every breaker is closed.
    case ready
    /// Some breaker is not closed.
    case degraded
    /// Not listening yet.
    case starting
    /// Finishing what is under way.
    case draining
    /// Every breaker is open: no request could be served.
    case down

    init(of snapshot: ServiceSnapshot) {
        switch snapshot.phase {
        case .starting: self = .starting
        case .draining: self = .draining
        case .serving:
            let open = snapshot.breakers.filter { $0.state == .open || $0.state == .forcedOpen }
            self = open.count == snapshot.breakers.count ? .down : snapshot.troubled.isEmpty ? .ready : .degraded
        }
    }

    var isServing: Bool {
        switch self {
        case .ready, .degraded: true
        case .starting, .draining, .down: false
        }
    }
}
