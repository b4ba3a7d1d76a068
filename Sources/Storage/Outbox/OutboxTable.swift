import EventService
import Foundation
import GRDB

/// The entries of the outbox, in one transaction.
struct OutboxTable {
    let database: Database

    init(_ database: Database) {
        self.database = database
    }

    /// Reads an entry.
    func entry(_ id: String) throws -> OutboxEntry? {
        try database.row("SELECT * FROM outbox WHERE id = ?", [StoredText(id)]).map(OutboxEntry.init)
    }

    /// Keeps an entry, last in its user's line, and returns it as it is kept.
    ///
    /// A person may correct an event that was refused: the new one takes its place, at the end of the line.
    /// - Parameter maximum: The most entries that aren't delivered.
    func add(_ entry: OutboxEntry, maximum: Int) throws -> OutboxEntry {
        if let kept = try self.entry(entry.id) {
            if kept.event == entry.event, kept.userID == entry.userID { return kept }
            guard kept.state == .refused else {
                throw StoreError(.conflict, message: "another event is kept under this identifier")
            }
            try remove(kept.id)
        }
        let status = try totals()
        guard status.undelivered + status.refused < maximum else {
            throw StoreError(.full, message: "the outbox has \(maximum) entries, as many as OUTBOX_MAX_ENTRIES allows")
        }
        let added = OutboxEntry(
            id: entry.id,
            userID: entry.userID,
            event: entry.event,
            acceptedAt: entry.acceptedAt,
            requestID: entry.requestID
        )
        try insert(added)
        try promoteFirst(of: added.userID)
        return added
    }

    private func insert(_ entry: OutboxEntry) throws {
        let arguments: StatementArguments = [
            try takePosition(), StoredText(entry.id), StoredText(entry.userID), entry.event.stored,
            entry.acceptedAt.stored, StoredText(entry.requestID),
        ]
        try database.run(
            "INSERT INTO outbox (position, id, userID, event, acceptedAt, requestID) VALUES (?, ?, ?, ?, ?, ?)",
            arguments
        )
    }

    /// Removes an entry.
    func remove(_ id: String) throws {
        try database.run("DELETE FROM outbox WHERE id = ?", [StoredText(id)])
    }

    /// The place behind all others.
    func takePosition() throws -> Int64 {
        try database.run("UPDATE outboxTotals SET lastPosition = lastPosition + 1")
        return try database.row("SELECT lastPosition FROM outboxTotals")?[0] ?? 0
    }

    /// Makes the first of a user's line due, if it isn't yet: after any change that may have made it the first.
    ///
    /// Only the first is ever delivering. So while one is, nothing is to be done.
    func promoteFirst(of userID: String) throws {
        try database.run(
            """
            UPDATE outbox SET dueAt = coalesce(nextAttemptAt, acceptedAt)
            WHERE position = (SELECT min(position) FROM outbox WHERE userID = ?1 AND state = 'waiting')
                AND dueAt IS NULL
                AND NOT EXISTS (SELECT * FROM outbox WHERE userID = ?1 AND state = 'delivering')
            """,
            [StoredText(userID)]
        )
    }
}
