import EventService
import HTTPTypes
import Hummingbird

extension Problem {
    /// The problem that a failed use case is to the client.
    init(_ error: ServiceError) {
        let (name, status, title) = Self.terms(for: error.kind)
        self.init(name: name, status: status, title: title, detail: error.message)
        retryAfter = error.retryAfter.map { max(1, $0.wholeSeconds) }
        circuitBreakerState = error.breakerState?.rawValue
        details = error.fields.map { Detail(field: $0.field, message: $0.message) }
    }

    /// The problem that a refused request is to the client.
    init(_ error: HTTPError, request: Request) {
        self.init(error.status, detail: error.body ?? Self.explanation(of: error.status, request))
        headers = error.headers
    }

    /// The problem that has no other name than its status.
    init(_ status: HTTPResponse.Status, detail: String) {
        self.init(
            name: status.reasonPhrase.lowercased().replacing(" ", with: "-"),
            status: status,
            title: status.reasonPhrase,
            detail: detail
        )
    }

    private static func terms(for kind: ServiceError.Kind) -> (String, HTTPResponse.Status, String) {
        switch kind {
        case .circuitOpen: ("circuit-open", .serviceUnavailable, "Service temporarily unavailable")
        case .busy: ("busy", .serviceUnavailable, "Service busy")
        case .badUpstream: ("bad-upstream", .badGateway, "Bad answer from the events API")
        case .timedOut: ("timed-out", .gatewayTimeout, "The events API took too long")
        case .invalid: ("invalid", .badRequest, "Invalid request")
        case .unknownUser: ("unknown-user", .unprocessableContent, "Unknown user")
        case .notFound: ("not-found", .notFound, "Not found")
        case .refused(let status): ("refused", HTTPResponse.Status(code: status), "Refused by the events API")
        case .notKept: ("not-kept", .serviceUnavailable, "Neither added nor kept")
        case .storeFailed: ("store-failed", .serviceUnavailable, "The outbox can't be used")
        case .conflict: ("conflict", .conflict, "Conflict")
        // The client is gone; the status is for the log alone, and nginx made it known there.
        case .cancelled:
            ("cancelled", HTTPResponse.Status(code: 499, reasonPhrase: "Client Closed Request"), "Cancelled")
        }
    }

    private static func explanation(of status: HTTPResponse.Status, _ request: Request) -> String {
        switch status {
        case .notFound: "there is no route \(request.uri.path)"
        default: status.reasonPhrase
        }
    }
}
