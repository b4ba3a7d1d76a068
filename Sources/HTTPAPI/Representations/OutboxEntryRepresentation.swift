import EventService
import Hummingbird
import NIOCore

/// An event that was accepted for delivery, as the API shows it.
struct OutboxEntryRepresentation: Encodable {
    let id: String
    let userId: String
    let state: String
    let acceptedAt: Timestamp
    let requestId: String
    let attempts: Int
    let lastError: String?
    let nextAttemptAt: Timestamp?
    let settledAt: Timestamp?
    let refusedStatus: Int?

    init(_ entry: OutboxEntry) {
        id = entry.id
        userId = entry.userID
        state = entry.state.rawValue
        acceptedAt = Timestamp(entry.acceptedAt)
        requestId = entry.requestID
        attempts = entry.attempts
        lastError = entry.lastError
        nextAttemptAt = entry.nextAttemptAt.map(Timestamp.init)
        settledAt = entry.settledAt.map(Timestamp.init)
        refusedStatus = entry.refusedStatus
    }
}

extension Response {
    /// The answer to an event that is kept: where to follow it.
    static func accepted(_ entry: OutboxEntry) -> Response {
        var response = Response.json(encoding: OutboxEntryRepresentation(entry), status: .accepted)
        response.headers[.location] = "/v1/outbox/\(entry.id.percentEncoded)"
        return response
    }
}
