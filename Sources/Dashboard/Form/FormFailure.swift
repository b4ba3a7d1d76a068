import EventService
import Foundation

/// Why a send failed, in words for the form.
struct FormFailure: Equatable, Sendable {
    /// What happened.
    var reason: String
    /// The earliest time at which it is worth while to send again, where the events API told one.
    var retryAt: Date?

    init(_ error: ServiceError, now: Date) {
        retryAt = error.kind == .circuitOpen ? nil : error.retryAfter.map { now + $0 }
        reason =
            switch error.kind {
            case .timedOut:
                "No answer in time (\(error.message)): it may have been added. Sent again, it is still added only once."
            case .badUpstream:
                "The events API's answer made no sense (\(error.message)). Sent again, it is still added only once."
            case .cancelled: "Sending was given up."
            case .circuitOpen, .busy, .outOfDescriptors, .invalid, .unknownUser, .notFound, .notKept,
                .storeFailed, .conflict:
                "Not added: \(error.message)."
            case .refused(let status): "Refused (\(status)): \(error.message)."
            }
    }
}
