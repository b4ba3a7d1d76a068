import EventService

import struct Foundation.Date

/// An event of the outbox as the HTTP API lists it, without the event itself.
struct OutboxItemMessage: Decodable {
    let id: String
    let userId: String
    let state: String
    let acceptedAt: Date
    let requestId: String
    let attempts: Int64
    let lastError: String?
    let nextAttemptAt: Date?
    let refusedStatus: Int64?

    /// What is known of the event, named by its identifier.
    func event(isBehindAnother: Bool) -> KeptEvent {
        var event = KeptEvent(
            id: id,
            name: id,
            userID: userId,
            acceptedAt: acceptedAt,
            requestID: String(told: requestId),
            isBehindAnother: isBehindAnother
        )
        event.state = OutboxEntry.State(rawValue: state) ?? .waiting
        event.attempts = Int(told: attempts)
        event.lastError = lastError.map(String.init(told:))
        event.nextAttemptAt = nextAttemptAt
        event.refusedStatus = refusedStatus.map(Int.init(told:))
        return event
    }
}
