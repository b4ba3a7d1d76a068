import EventService
import GRDB

extension OutboxEntry {
    /// Reads an entry from its row.
    init(_ row: Row) throws {
        guard let id = row.text("id"), let userID = row.text("userID"), let event = try row.bytes("event"),
            let acceptedAt = row.date("acceptedAt"), let requestID = row.text("requestID"),
            let state = State(rawValue: row["state"])
        else { throw DatabaseError.unreadable("an entry of the outbox") }
        self.init(id: id, userID: userID, event: event, acceptedAt: acceptedAt, requestID: requestID)
        self.state = state
        attempts = row["attempts"]
        lastError = row.text("lastError")
        nextAttemptAt = row.date("nextAttemptAt")
        settledAt = row.date("settledAt")
        refusedStatus = row["refusedStatus"]
        answer = try row.bytes("answer")
    }
}
