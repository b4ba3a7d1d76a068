import EventService
import Foundation
import NIOCore
import NIOFoundationCompat
import NIOHTTP1

/// An error as the HTTP API answers it, `application/problem+json`; any part may lack.
struct ProblemMessage: Decodable {
    struct Detail: Decodable {
        let field: String
        let message: String
    }

    private(set) var type: String?
    private(set) var detail: String?
    private(set) var retryAfter: Int64?
    private(set) var circuitBreakerState: String?
    private(set) var details: [Detail]?

    /// Reads an answer; one that is no problem, but of a proxy perhaps, has no parts.
    init(_ body: ByteBuffer) {
        self = (try? JSONDecoder.remote.decode(ProblemMessage.self, from: body)) ?? ProblemMessage()
    }

    private init() {}

    /// What happened, in the service's words.
    var words: String? { detail.map(String.init(told:)) }

    /// When to come back, where that was told.
    var wait: Duration? { retryAfter.map { .seconds(min(max(0, $0), 86_400)) } }
}

extension ServiceError.Kind {
    /// The kinds that the HTTP API tells apart by the name of a problem.
    static func named(_ name: some StringProtocol) -> ServiceError.Kind? {
        switch name {
        case "circuit-open": .circuitOpen
        case "busy": .busy
        case "out-of-descriptors": .outOfDescriptors
        case "bad-upstream": .badUpstream
        case "timed-out": .timedOut
        case "invalid": .invalid
        case "unknown-user": .unknownUser
        case "not-found": .notFound
        case "not-kept": .notKept
        case "store-failed": .storeFailed
        case "conflict", "not-open": .conflict
        default: nil
        }
    }
}

extension ServiceError {
    /// The error that an answer tells of.
    init(status: Int, _ problem: ProblemMessage) {
        let words = problem.words ?? "the service answered with status \(status)"
        let needsToken = status == 401 || status == 403
        let failure = RemoteFailure.unauthorized(status: status, detail: problem.words)
        self.init(
            problem.type.flatMap { .named($0.split(separator: ":").last ?? "") } ?? .refused(status: status),
            message: needsToken ? failure.description : words,
            retryAfter: problem.wait,
            breakerState: problem.circuitBreakerState.flatMap(BreakerStatus.State.init),
            fields: (problem.details ?? []).prefix(100).map {
                FieldError(field: String(told: $0.field), message: String(told: $0.message))
            }
        )
    }
}
