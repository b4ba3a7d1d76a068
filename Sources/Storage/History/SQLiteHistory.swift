import EventService
import Foundation
import GRDB

/// What happened, in a database.
struct SQLiteHistory: HistoryStore {
    let database: StoreDatabase

    func append(_ entries: [HistoryEntry], of holder: String) async throws(StoreError) {
        try await database.write { database in
            for entry in entries { try HistoryTable(database).append(entry, of: holder) }
        }
    }

    func entries(_ query: HistoryQuery, of holder: String) async throws(StoreError) -> [HistoryEntry] {
        try await database.read { try HistoryTable($0).entries(query, of: holder) }
    }

    func failures(
        from start: Date,
        to end: Date,
        per seconds: Int64,
        of holder: String
    ) async throws(StoreError) -> [HistoryFailures] {
        try await database.read { try HistoryTable($0).failures(from: start, to: end, per: seconds, of: holder) }
    }

    func forget(before date: Date, beyond limit: Int) async throws(StoreError) {
        try await database.delete(
            inPortionsOf: 1000,
            "DELETE FROM history WHERE rowid IN (SELECT rowid FROM history WHERE at < ? LIMIT ?)",
            [date.stored]
        )
        try await database.delete(
            inPortionsOf: 1000,
            """
            DELETE FROM history WHERE rowid IN
                (SELECT rowid FROM history ORDER BY at LIMIT min(?2, max(0, (SELECT count(*) FROM history) - ?1)))
            """,
            [limit]
        )
    }
}
