import EventService
import Foundation
import GRDB

/// What happened, in one transaction.
struct HistoryTable {
    let database: Database

    init(_ database: Database) {
        self.database = database
    }

    /// Keeps an entry; one that is kept already, because it is not known whether it was, stays once.
    func append(_ entry: HistoryEntry, of holder: String) throws {
        try database.run(
            """
            INSERT OR REPLACE INTO history
                (holder, id, at, route, requestID, kind, message, duration, isProbe, fromState, toState, wait)
            VALUES (:holder, :id, :at, :route, :requestID, :kind, :message, :duration, :isProbe, :fromState, :toState, :wait)
            """,
            entry.arguments(of: holder)
        )
    }

    /// Reads entries, the newest first.
    func entries(_ query: HistoryQuery, of holder: String) throws -> [HistoryEntry] {
        try database.rows(
            """
            SELECT * FROM history
            WHERE holder = :holder AND id < :before
                AND (:since IS NULL OR at >= :since)
                AND (:route IS NULL OR route = :route)
                AND (:kind IS NULL OR kind = :kind)
            ORDER BY id DESC LIMIT :limit
            """,
            [
                "holder": holder, "before": Int64(clamping: query.before ?? .max), "since": query.since?.stored,
                "route": query.route?.rawValue, "kind": query.kind?.rawValue, "limit": max(query.limit, 1),
            ]
        ).map(HistoryEntry.init)
    }

    /// Counts failures by pieces of so many seconds, oldest first.
    func failures(
        from start: Date,
        to end: Date,
        per seconds: Int64,
        of holder: String
    ) throws -> [HistoryFailures] {
        try database.rows(
            """
            SELECT CAST((at + :epoch) / :seconds AS INTEGER) * :seconds AS since, route, isProbe, count(*) AS count
            FROM history
            WHERE at >= :start AND at < :end AND holder = :holder AND kind = 'failure'
            GROUP BY since, route, isProbe ORDER BY since
            """,
            [
                "epoch": Date.timeIntervalBetween1970AndReferenceDate, "seconds": seconds, "start": start.stored,
                "end": end.stored, "holder": holder,
            ]
        ).map(HistoryFailures.init)
    }
}
