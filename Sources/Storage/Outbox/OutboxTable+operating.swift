import EventService
import GRDB

extension OutboxTable {
    /// Writes what is there already.
    func checkWriting() throws {
        try database.run("UPDATE outboxTotals SET lastPosition = lastPosition")
    }

    /// Puts an entry that was refused back to the end of its line, or lets one that waits be tried at once.
    /// - Returns: The entry as it was.
    func retry(_ id: String) throws -> OutboxEntry? {
        guard let entry = try entry(id) else { return nil }
        switch entry.state {
        case .waiting:
            try database.run(
                """
                UPDATE outbox SET nextAttemptAt = NULL, dueAt = iif(dueAt IS NULL, NULL, acceptedAt) WHERE id = ?
                """,
                [StoredText(id)]
            )
        case .refused:
            try database.run(
                """
                UPDATE outbox SET position = ?, state = 'waiting', settledAt = NULL, refusedStatus = NULL WHERE id = ?
                """,
                [try takePosition(), StoredText(id)]
            )
            try promoteFirst(of: entry.userID)
        case .delivering, .delivered: break
        }
        return entry
    }

    /// Forgets an entry that waits or was refused.
    /// - Returns: The entry as it was.
    func discard(_ id: String) throws -> OutboxEntry? {
        guard let entry = try entry(id) else { return nil }
        if entry.state == .waiting || entry.state == .refused {
            try remove(id)
            try promoteFirst(of: entry.userID)
        }
        return entry
    }
}
