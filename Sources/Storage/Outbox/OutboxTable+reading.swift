import EventService
import Foundation
import GRDB

extension OutboxTable {
    /// Whether an entry of the user waits or is delivering.
    func hasUndelivered(of userID: String) throws -> Bool {
        try database.row(
            "SELECT * FROM outbox WHERE userID = ? AND state IN ('waiting', 'delivering') LIMIT 1",
            [StoredText(userID)]
        ) != nil
    }

    /// Reads a page.
    func page(_ query: OutboxQuery) throws -> OutboxPage {
        let limit = min(max(query.limit, 1), Int.max - 1)
        let rows = try rows(query, limit: limit + 1)
        let entries = try rows.prefix(limit).map(OutboxEntry.init)
        return OutboxPage(entries: entries, next: rows.count > limit ? rows[limit - 1]["position"] : nil)
    }

    /// Each state by itself: its entries are in order in an index, those of several aren't.
    private func rows(_ query: OutboxQuery, limit: Int) throws -> [Row] {
        let ofUser = query.userID == nil ? "" : "AND userID = :user"
        let parts = query.states.map(\.rawValue).sorted().map { state in
            """
            SELECT * FROM (SELECT * FROM outbox WHERE state = '\(state)' AND position > :after \(ofUser)
                ORDER BY position LIMIT :limit)
            """
        }
        guard !parts.isEmpty else { return [] }
        let sql = parts.joined(separator: " UNION ALL ") + " ORDER BY position LIMIT :limit"
        var arguments: StatementArguments = ["after": query.after ?? 0, "limit": limit]
        if let userID = query.userID { arguments += ["user": StoredText(userID)] }
        return try database.rows(sql, arguments)
    }

    /// Counts what is kept.
    func status() throws -> OutboxStatus {
        var status = try totals()
        // Left to itself, SQLite finds the states first and sorts what it found.
        status.oldestUndelivered = try database.row(
            """
            SELECT acceptedAt FROM outbox INDEXED BY outboxUndelivered
            WHERE state IN ('waiting', 'delivering') ORDER BY acceptedAt LIMIT 1
            """
        )?.date("acceptedAt")
        return status
    }

    /// Counts what is kept, without dates.
    func totals() throws -> OutboxStatus {
        guard let row = try database.row("SELECT * FROM outboxTotals") else { return OutboxStatus() }
        return OutboxStatus(
            waiting: row["waiting"],
            delivering: row["delivering"],
            refused: row["refused"],
            delivered: row["delivered"]
        )
    }
}
