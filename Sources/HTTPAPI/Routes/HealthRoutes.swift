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
            summary: "Whether requests can be served, with each breaker's state and the outbox's.",
            access: .open,
            answers: [
                .init(
                    status: 200,
                    description: "`ready`, or `degraded`: some breaker is not closed, or the outbox can't keep more.",
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
        var outbox: Outbox?
    }

    private struct Breaker: Encodable {
        var state: String
        var retryAfter: Int64?
    }

    /// Without the reason of a failure: it may name files, and everybody may read this.
    private struct Outbox: Encodable {
        var status: String
        var undelivered: Int
        var refused: Int

        init(_ outbox: ServiceSnapshot.Outbox) {
            status = outbox.failure != nil ? "failing" : outbox.status.isFull ? "full" : "ok"
            undelivered = outbox.status.undelivered
            refused = outbox.status.refused
        }
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
            encoding: Health(
                status: readiness.rawValue,
                breakers: Dictionary(uniqueKeysWithValues: breakers),
                outbox: snapshot.outbox.map(Outbox.init)
            ),
            status: status
        )
    }
}

/// What the readiness route says.
enum Readiness: String {
    /// Every breaker is closed, and what is accepted for later can be kept.
    case ready
    /// Some breaker is not closed, or nothing can be kept.
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
            let isWell = snapshot.troubled.isEmpty && snapshot.outbox?.canKeep != false
            self = open.count == snapshot.breakers.count ? .down : isWell ? .ready : .degraded
        }
    }

    var isServing: Bool {
        switch self {
        case .ready, .degraded: true
        case .starting, .draining, .down: false
        }
    }
}
