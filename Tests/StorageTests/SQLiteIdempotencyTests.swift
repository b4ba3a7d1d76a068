import EventService
import Foundation
import NIOCore
import Testing

@testable import Storage

@Suite struct SQLiteIdempotencyTests {
    private let answer = IdempotentAnswer(
        status: 200,
        fields: [.init(name: "Content-Type", value: "application/json"), .init(name: "Link", value: "é\0")],
        body: ByteBuffer(string: "{\"success\":true}")
    )

    @Test func answersARepeatTheSame() async throws {
        try await withStore { store in
            let keys = store.idempotency
            #expect(try await keys.claim("k") == .granted(eventID: "e1"))
            #expect(try await keys.claim("k", eventID: "e2", by: "2") == .underWay)
            #expect(try await keys.claim("k", for: [2]) == .otherRequest)
            #expect(try await keys.claim("k\0") == .granted(eventID: "e1"))

            try await keys.answer("k", with: answer, expiry: start + 100)
            #expect(try await keys.claim("k", eventID: "e2", after: 99) == .answered(answer))
            #expect(try await keys.claim("k", for: [2], after: 99) == .otherRequest)
            #expect(try await keys.claim("k", for: [2], eventID: "e3", after: 100) == .granted(eventID: "e3"))
        }
    }

    @Test func aKeyGivenBackKeepsItsEventForTheSameRequest() async throws {
        try await withStore { store in
            let keys = store.idempotency
            _ = try await keys.claim("k")
            try await keys.release("k", expiry: start + 100)
            #expect(try await keys.claim("k", for: [2], eventID: "e2") == .otherRequest)
            #expect(try await keys.claim("k", eventID: "e2") == .granted(eventID: "e1"))
            try await keys.release("k", expiry: start + 100)
            #expect(try await keys.claim("k", eventID: "e2", after: 100) == .granted(eventID: "e2"))
        }
    }

    @Test func aClaimThatRanOutKeepsItsEventForTheSameRequest() async throws {
        try await withStore { store in
            let keys = store.idempotency
            _ = try await keys.claim("k")
            #expect(try await keys.claim("k", eventID: "e2", after: 59) == .underWay)
            try await keys.forget(expiredBefore: start + 61)
            #expect(try await keys.claim("k", for: [2], eventID: "e2", after: 61) == .otherRequest)
            #expect(try await keys.claim("k", eventID: "e2", by: "2", after: 61) == .granted(eventID: "e1"))
            #expect(try await keys.claim("k", eventID: "e2", after: 61) == .underWay)
        }
    }

    @Test func givesBackWhatADeadProcessHadClaimed() async throws {
        try await withStore { store in
            let keys = store.idempotency
            _ = try await keys.claim("a", by: "1")
            _ = try await keys.claim("b", by: "2")
            try await keys.releaseClaims(of: "1")
            #expect(try await keys.claim("a", eventID: "e2") == .granted(eventID: "e1"))
            #expect(try await keys.claim("b") == .underWay)
        }
    }

    @Test func anAnswerIsNotGivenBack() async throws {
        try await withStore { store in
            let keys = store.idempotency
            _ = try await keys.claim("k")
            try await keys.answer("k", with: answer, expiry: start + 100)
            try await keys.release("k", expiry: start + 1)
            try await keys.releaseClaims(of: "1")
            #expect(try await keys.claim("k", after: 50) == .answered(answer))
        }
    }

    @Test func forgetsWhatHasExpired() async throws {
        try await withStore { store in
            let keys = store.idempotency
            for index in 0..<600 {
                _ = try await keys.claim("\(index)")
                try await keys.answer("\(index)", with: answer, expiry: start + Double(index))
            }
            try await keys.forget(expiredBefore: start + 599)
            let left = try await store.database.read { database in
                try database.rows("SELECT key FROM idempotency").map { $0.text("key") }
            }
            #expect(left == ["599"])
        }
    }
}

extension IdempotencyStore {
    fileprivate func claim(
        _ key: String,
        for request: [UInt8] = [1],
        eventID: String = "e1",
        by holder: String = "1",
        after seconds: TimeInterval = 0
    ) async throws -> IdempotencyClaim {
        let now = start + seconds
        return try await claim(key, for: request, eventID: eventID, by: holder, now: now, until: now + 60)
    }
}
