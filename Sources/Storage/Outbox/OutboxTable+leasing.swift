import EventService
import Foundation
import GRDB

extension OutboxTable {
    /// Takes what has been due longest.
    func lease(_ limit: Int, by holder: String, now: Date, until: Date) throws -> [OutboxEntry] {
        try makeDue(after: max(until, now.addingTimeInterval(OutboxEntry.longestPause.inSeconds)), at: now)
        let due = try database.rows(
            "SELECT * FROM outbox WHERE dueAt <= ? ORDER BY dueAt, position LIMIT ?",
            [now.stored, max(0, limit)]
        )
        return try due.map { row in
            try database.run(
                """
                UPDATE outbox SET state = 'delivering', holder = ?, dueAt = ?, nextAttemptAt = NULL WHERE position = ?
                """,
                [holder, until.stored, row["position"] as Int64]
            )
            var entry = try OutboxEntry(row)
            entry.state = .delivering
            entry.nextAttemptAt = nil
            return entry
        }
    }

    /// Makes due what no clock that is right put off so far.
    private func makeDue(after limit: Date, at now: Date) throws {
        try database.run(
            """
            UPDATE outbox SET dueAt = ?1, nextAttemptAt = iif(state = 'waiting', ?1, NULL) WHERE dueAt > ?2
            """,
            [now.stored, limit.stored]
        )
    }

    /// Gives back what a process had taken.
    func releaseLeases(of holder: String) throws {
        try database.run(
            """
            UPDATE outbox SET state = 'waiting', holder = NULL, dueAt = acceptedAt
            WHERE state = 'delivering' AND holder = ?
            """,
            [holder]
        )
    }

    /// When the next is due or the next lease runs out.
    func nextDueDate() throws -> Date? {
        try database.row("SELECT dueAt FROM outbox WHERE dueAt IS NOT NULL ORDER BY dueAt LIMIT 1")?.date("dueAt")
    }
}
