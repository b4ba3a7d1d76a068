import EventService

import struct Foundation.Date

/// An event of the outbox as the HTTP API lists it, without the event itself.
struct OutboxItemMessage: Decodable {
    let id: String
    /// Not there from a service that is older than this member.
    let name: String?
    let userId: String
    let state: String
    let acceptedAt: Date
    let requestId: String
    let attempts: Int64
    let lastError: String?
    let nextAttemptAt: Date?
    let refusedStatus: Int64?

    /// What is known of the event, but for its members.
    func event(isBehindAnother: Bool) -> KeptEvent {
        var event = KeptEvent(
            id: id,
            name: name.map(String.init(told:)) ?? id,
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
