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
        // Only what is asked for is in the statement: one that also covers the rest would be planned for the rest.
        var conditions = ["holder = :holder"]
        var arguments: StatementArguments = ["holder": holder, "limit": max(query.limit, 1)]
        func require(_ condition: String, _ name: String, _ value: (any DatabaseValueConvertible)?) {
            guard let value else { return }
            conditions.append(condition)
            arguments += [name: value]
        }
        require("id < :before", "before", query.before.map(Int64.init(clamping:)))
        require("at >= :since", "since", query.since?.stored)
        require("route = :route", "route", query.route?.rawValue)
        require("kind = :kind", "kind", query.kind?.rawValue)
        let sql = "SELECT * FROM history WHERE \(conditions.joined(separator: " AND ")) ORDER BY id DESC LIMIT :limit"
        return try database.rows(sql, arguments).map(HistoryEntry.init)
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
