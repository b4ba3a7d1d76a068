import EventService
import Foundation
import GRDB
import NIOCore

extension OutboxTable {
    /// Keeps what came of an attempt.
    func settle(_ id: String, as outcome: OutboxOutcome, by holder: String, at date: Date) throws {
        switch outcome {
        case .delivered(let answer): try deliver(id, answer: answer, at: date)
        case .refused(let status, let reason): try refuse(id, status: status, reason: reason, by: holder, at: date)
        case .failed(let reason, let nextAttemptAt): try fail(id, reason: reason, until: nextAttemptAt, by: holder)
        case .untried: try giveBack(id, by: holder)
        }
        if let userID = try database.row("SELECT userID FROM outbox WHERE id = ?", [StoredText(id)])?.text("userID") {
            try promoteFirst(of: userID)
        }
    }

    /// Whoever says so: the events API has it, whatever is known here.
    private func deliver(_ id: String, answer: ByteBuffer, at date: Date) throws {
        try database.run(
            """
            UPDATE outbox SET state = 'delivered', attempts = attempts + 1, lastError = NULL, nextAttemptAt = NULL,
                settledAt = ?, refusedStatus = NULL, answer = ?, holder = NULL, dueAt = NULL
            WHERE id = ? AND state <> 'delivered'
            """,
            [date.stored, answer.stored, StoredText(id)]
        )
    }

    private func refuse(_ id: String, status: Int, reason: String, by holder: String, at date: Date) throws {
        try database.run(
            """
            UPDATE outbox SET state = 'refused', attempts = attempts + 1, lastError = ?, settledAt = ?,
                refusedStatus = ?, holder = NULL, dueAt = NULL
            WHERE id = ? AND state = 'delivering' AND holder = ?
            """,
            [StoredText(reason), date.stored, status, StoredText(id), holder]
        )
    }

    private func fail(_ id: String, reason: String, until date: Date, by holder: String) throws {
        try database.run(
            """
            UPDATE outbox SET state = 'waiting', attempts = attempts + 1, lastError = ?, nextAttemptAt = ?2, holder = NULL,
                dueAt = ?2
            WHERE id = ? AND state = 'delivering' AND holder = ?
            """,
            [StoredText(reason), date.stored, StoredText(id), holder]
        )
    }

    private func giveBack(_ id: String, by holder: String) throws {
        try database.run(
            """
            UPDATE outbox SET state = 'waiting', holder = NULL, dueAt = acceptedAt
            WHERE id = ? AND state = 'delivering' AND holder = ?
            """,
            [StoredText(id), holder]
        )
    }
}
