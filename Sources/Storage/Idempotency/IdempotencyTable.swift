import EventService
import Foundation
import GRDB

/// The keys of requests, in one transaction.
struct IdempotencyTable {
    let database: Database

    init(_ database: Database) {
        self.database = database
    }

    /// A claim as a caller asks for it.
    struct Claim: Sendable {
        var key: String
        var request: [UInt8]
        var eventID: String
        var holder: String
        var now: Date
        var until: Date
        /// When the key is forgotten, if nobody answers it or gives it back.
        var expiry: Date
    }

    /// Claims a key.
    func claim(_ claim: Claim) throws -> IdempotencyClaim {
        let row = try database.row(
            "SELECT * FROM idempotency WHERE key = ? AND expiresAt > ?",
            [StoredText(claim.key), claim.now.stored]
        )
        guard let row else {
            try keep(claim, eventID: claim.eventID)
            return .granted(eventID: claim.eventID)
        }
        guard row["request"] == Data(claim.request) else { return .otherRequest }
        if let answer = try IdempotentAnswer(row) { return .answered(answer) }
        if let until = row.date("claimedUntil"), until > claim.now { return .underWay }
        guard let eventID = row.text("eventID") else { throw DatabaseError.unreadable("the key of a request") }
        try keep(claim, eventID: eventID)
        return .granted(eventID: eventID)
    }

    private func keep(_ claim: Claim, eventID: String) throws {
        try database.run(
            """
            INSERT OR REPLACE INTO idempotency (key, request, eventID, expiresAt, holder, claimedUntil)
            VALUES (?, ?, ?, ?, ?, ?)
            """,
            [
                StoredText(claim.key), Data(claim.request), StoredText(eventID), claim.expiry.stored, claim.holder,
                claim.until.stored,
            ]
        )
    }

    /// Keeps the answer to a key.
    func answer(_ key: String, with answer: IdempotentAnswer, expiry: Date) throws {
        try database.run(
            """
            UPDATE idempotency SET expiresAt = ?, holder = NULL, claimedUntil = NULL, status = ?, fields = ?, body = ?
            WHERE key = ?
            """,
            [expiry.stored, answer.status, try answer.storedFields, answer.body.stored, StoredText(key)]
        )
    }

    /// Gives a key back that wasn't answered.
    func release(_ key: String, expiry: Date) throws {
        try database.run(
            """
            UPDATE idempotency SET expiresAt = ?, holder = NULL, claimedUntil = NULL WHERE key = ? AND status IS NULL
            """,
            [expiry.stored, StoredText(key)]
        )
    }

    /// Gives back what a process had claimed.
    ///
    /// It expires as it would have done.
    func releaseClaims(of holder: String) throws {
        try database.run("UPDATE idempotency SET holder = NULL, claimedUntil = NULL WHERE holder = ?", [holder])
    }
}
