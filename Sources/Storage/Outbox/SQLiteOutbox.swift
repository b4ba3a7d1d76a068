import EventService
import Foundation
import GRDB

/// The outbox in a database.
struct SQLiteOutbox: OutboxStore {
    let database: StoreDatabase
    /// The most entries that aren't delivered.
    let maximumEntries: Int

    func add(_ entry: OutboxEntry) async throws(StoreError) -> OutboxEntry {
        let kept = try await database.write { try OutboxTable($0).add(entry, maximum: maximumEntries) }
        try database.requireItsFile()
        return kept
    }

    func lease(_ limit: Int, by holder: String, now: Date, until: Date) async throws(StoreError) -> [OutboxEntry] {
        try await database.write { try OutboxTable($0).lease(limit, by: holder, now: now, until: until) }
    }

    func releaseLeases(of holder: String) async throws(StoreError) {
        try await database.write { try OutboxTable($0).releaseLeases(of: holder) }
    }

    func settle(_ id: String, as outcome: OutboxOutcome, by holder: String, at date: Date) async throws(StoreError) {
        try await database.write { try OutboxTable($0).settle(id, as: outcome, by: holder, at: date) }
    }

    func nextDueDate() async throws(StoreError) -> Date? {
        try await database.read { try OutboxTable($0).nextDueDate() }
    }

    func hasUndelivered(of userID: String) async throws(StoreError) -> Bool {
        try await database.read { try OutboxTable($0).hasUndelivered(of: userID) }
    }

    func entry(_ id: String) async throws(StoreError) -> OutboxEntry? {
        try await database.read { try OutboxTable($0).entry(id) }
    }

    func page(_ query: OutboxQuery) async throws(StoreError) -> OutboxPage {
        try await database.read { try OutboxTable($0).page(query) }
    }

    func status() async throws(StoreError) -> OutboxStatus {
        try database.requireItsFile()
        var status = try await database.read { try OutboxTable($0).status() }
        status.isFull = status.undelivered + status.refused >= maximumEntries
        return status
    }

    func checkWriting() async throws(StoreError) {
        try await database.write { try OutboxTable($0).checkWriting() }
    }

    func retry(_ id: String) async throws(StoreError) -> OutboxEntry? {
        try await database.write { try OutboxTable($0).retry(id) }
    }

    func discard(_ id: String) async throws(StoreError) -> OutboxEntry? {
        try await database.write { try OutboxTable($0).discard(id) }
    }

    func forgetDelivered(before date: Date) async throws(StoreError) {
        try await database.delete(
            inPortionsOf: 250,
            """
            DELETE FROM outbox WHERE position IN (
                SELECT position FROM outbox INDEXED BY outboxDelivered
                WHERE state = 'delivered' AND settledAt < ? LIMIT ?
            )
            """,
            [date.stored]
        )
    }
}
