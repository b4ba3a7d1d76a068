import EventService
import HTTPTypes
import Hummingbird

extension Problem {
    /// The problem that a failed use case is to the client.
    init(_ error: ServiceError) {
        self = Self.terms(of: error)
        retryAfter = error.retryAfter.map { max(1, $0.wholeSeconds) }
        circuitBreakerState = error.breakerState?.rawValue
        details = error.fields.map { Detail(field: $0.field, message: $0.message) }
    }

    /// The problem that a refused request is to the client.
    init(_ error: HTTPError, request: Request) {
        self.init(error.status, detail: error.body ?? Self.explanation(of: error.status, request))
        headers = error.headers
    }

    /// The problem that has no other name than its status, nor another title than its phrase: one type has one title
    /// (RFC 9457, section 3.1.3).
    init(_ status: HTTPResponse.Status, detail: String) {
        self.init(
            name: status.reasonPhrase.lowercased().replacing(" ", with: "-"),
            status: status,
            title: status.reasonPhrase,
            detail: detail
        )
    }

    private static func terms(of error: ServiceError) -> Problem {
        func problem(_ name: String, _ status: HTTPResponse.Status, _ title: String) -> Problem {
            Problem(name: name, status: status, title: title, detail: error.message)
        }
        return switch error.kind {
        case .circuitOpen: problem("circuit-open", .serviceUnavailable, "Service temporarily unavailable")
        case .busy: problem("busy", .serviceUnavailable, "Service busy")
        case .outOfDescriptors: problem("out-of-descriptors", .serviceUnavailable, "Evenkeel is out of descriptors")
        case .badUpstream: problem("bad-upstream", .badGateway, "Bad answer from the events API")
        case .timedOut: problem("timed-out", .gatewayTimeout, "The events API took too long")
        case .invalid: problem("invalid", .badRequest, "Invalid request")
        case .unknownUser: problem("unknown-user", .unprocessableContent, "Unknown user")
        case .notFound: Problem(.notFound, detail: error.message)
        case .refused(let status): problem("refused", HTTPResponse.Status(code: status), "Refused by the events API")
        case .notKept: problem("not-kept", .serviceUnavailable, "Neither added nor kept")
        case .storeFailed: problem("store-failed", .serviceUnavailable, "The store can't be used")
        case .conflict: Problem(.conflict, detail: error.message)
        // The client is gone; the status is for the log alone, and nginx made it known there.
        case .cancelled:
            problem("cancelled", HTTPResponse.Status(code: 499, reasonPhrase: "Client Closed Request"), "Cancelled")
        }
    }

    private static func explanation(of status: HTTPResponse.Status, _ request: Request) -> String {
        switch status {
        case .notFound: "there is no route \(request.uri.path)"
        default: status.reasonPhrase
        }
    }
}
