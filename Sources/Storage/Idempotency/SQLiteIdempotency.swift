import EventService
import Foundation
import GRDB

/// The keys of requests in a database.
struct SQLiteIdempotency: IdempotencyStore {
    let database: StoreDatabase
    /// How long a key is kept from the end of its claim, if nobody answers it or gives it back.
    let abandonedClaimRetention: Duration

    func claim(
        _ key: String,
        for request: [UInt8],
        eventID: String,
        by holder: String,
        now: Date,
        until: Date
    ) async throws(StoreError) -> IdempotencyClaim {
        let claim = IdempotencyTable.Claim(
            key: key,
            request: request,
            eventID: eventID,
            holder: holder,
            now: now,
            until: until,
            expiry: until.addingTimeInterval(abandonedClaimRetention.inSeconds)
        )
        let result = try await database.write { try IdempotencyTable($0).claim(claim) }
        try database.requireItsFile()
        return result
    }

    func answer(_ key: String, with answer: IdempotentAnswer, expiry: Date) async throws(StoreError) {
        try await database.write { try IdempotencyTable($0).answer(key, with: answer, expiry: expiry) }
    }

    func release(_ key: String, expiry: Date) async throws(StoreError) {
        try await database.write { try IdempotencyTable($0).release(key, expiry: expiry) }
    }

    func releaseClaims(of holder: String) async throws(StoreError) {
        try await database.write { try IdempotencyTable($0).releaseClaims(of: holder) }
    }

    func forget(expiredBefore date: Date) async throws(StoreError) {
        try await database.delete(
            inPortionsOf: 250,
            "DELETE FROM idempotency WHERE rowid IN (SELECT rowid FROM idempotency WHERE expiresAt < ? LIMIT ?)",
            [date.stored]
        )
    }
}
