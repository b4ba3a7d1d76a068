import EventService
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore

/// Whether the process lives, and whether it is of use.
struct HealthRoutes {
    let service: EventService

    var endpoints: [Endpoint] {
        ["/healthz", "/health"].map { path in .get(path) { _, _ in Self.answer(.ok, Health(status: "ok")) } }
            + ["/readyz", "/ready"].map { path in .get(path) { _, _ in ready() } }
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
        return Self.answer(
            status,
            Health(status: readiness.rawValue, breakers: Dictionary(uniqueKeysWithValues: breakers))
        )
    }

    private static func answer(_ status: HTTPResponse.Status, _ health: Health) -> Response {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        do {
            return Response(
                status: status,
                headers: [.contentType: "application/json; charset=utf-8", .cacheControl: "no-store"],
                body: ResponseBody(byteBuffer: ByteBuffer(bytes: try encoder.encode(health)))
            )
        } catch {
            preconditionFailure("strings can always be encoded: \(error)")
        }
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
