import EventService
import Foundation
import NIOCore
import Testing

@testable import Storage

@Suite struct SQLiteOutboxTests {
    @Test func addsOnceWhateverBecameOfIt() async throws {
        try await withStore { store in
            let outbox = store.outbox
            #expect(try await outbox.add(entry("a")) == entry("a"))
            #expect(try await outbox.add(entry("a", at: start + 5)) == entry("a"))

            _ = try await outbox.lease()
            #expect(try await outbox.add(entry("a")).state == .delivering)
            try await outbox.settle("a", as: .delivered(answer: ByteBuffer(string: "ok")), by: "1", at: start)
            let kept = try await outbox.add(entry("a"))
            #expect(kept.state == .delivered && kept.answer == ByteBuffer(string: "ok") && kept.attempts == 1)
            #expect(try await outbox.status() == OutboxStatus(delivered: 1))
        }
    }

    @Test func refusesAnotherEventUnderAnIdentifier() async throws {
        try await withStore { store in
            _ = try await store.outbox.add(entry("a"))
            for other in [entry("a", "{ }"), entry("a", of: "v")] {
                let error = await #expect(throws: StoreError.self) { try await store.outbox.add(other) }
                #expect(error?.kind == .conflict)
            }
            #expect(try await store.outbox.entry("a") == entry("a"))
        }
    }

    @Test func takesACorrectedEventInPlaceOfARefusedOne() async throws {
        try await withStore(maximumEntries: 2) { store in
            let outbox = store.outbox
            _ = try await outbox.add(entry("a"))
            _ = try await outbox.add(entry("b"))
            _ = try await outbox.lease()
            try await outbox.settle("a", as: .refused(status: 400, reason: "no"), by: "1", at: start)
            // The same event is the refused one.
            #expect(try await outbox.add(entry("a")).state == .refused)
            #expect(try await outbox.add(entry("a", "{\"better\":1}")) == entry("a", "{\"better\":1}"))
            #expect(try await outbox.ids() == ["b", "a"])
        }
    }

    @Test func isFullWithWhatIsNotDelivered() async throws {
        try await withStore(maximumEntries: 2) { store in
            let outbox = store.outbox
            _ = try await outbox.add(entry("a"))
            _ = try await outbox.add(entry("b", of: "v"))
            let error = await #expect(throws: StoreError.self) { try await outbox.add(entry("c")) }
            #expect(error?.kind == .full)
            #expect(try await outbox.add(entry("a")) == entry("a"))

            _ = try await outbox.lease()
            try await outbox.settle("a", as: .refused(status: 422, reason: "no"), by: "1", at: start)
            await #expect(throws: StoreError.self) { try await outbox.add(entry("c")) }
            try await outbox.settle("b", as: .delivered(answer: ByteBuffer()), by: "1", at: start)
            #expect(try await outbox.add(entry("c")) == entry("c"))
        }
    }

    @Test func leasesTheFirstOfEachLineLongestDueFirst() async throws {
        try await withStore { store in
            let outbox = store.outbox
            _ = try await outbox.add(entry("late", of: "v", at: start + 2))
            for id in ["a", "b"] { _ = try await outbox.add(entry(id, at: start + 1)) }
            _ = try await outbox.add(entry("early", of: "w"))
            #expect(try await outbox.nextDueDate() == start)
            #expect(try await outbox.lease(2, by: "1", now: start + 9, until: start + 60).map(\.id) == ["early", "a"])
            let rest = try await outbox.lease(after: 9)
            #expect(rest.map(\.id) == ["late"] && rest.map(\.state) == [.delivering])
            #expect(try await outbox.lease(after: 9).isEmpty)
            #expect(try await outbox.nextDueDate() == start + 60)
        }
    }

    @Test func triesAFailedEntryAgainAtItsTimeAndKeepsItFirst() async throws {
        try await withStore { store in
            let outbox = store.outbox
            for id in ["a", "b"] { _ = try await outbox.add(entry(id)) }
            _ = try await outbox.lease()
            let failed = OutboxOutcome.failed(reason: "busy", nextAttemptAt: start + 10)
            try await outbox.settle("a", as: failed, by: "1", at: start)
            #expect(try await outbox.nextDueDate() == start + 10)
            #expect(try await outbox.lease(after: 9).isEmpty)
            let again = try await outbox.lease(after: 10)
            #expect(again.map(\.id) == ["a"])
            #expect(again.map(\.attempts) == [1] && again.map(\.lastError) == ["busy"])
            #expect(again.map(\.nextAttemptAt) == [nil])

            try await outbox.settle("a", as: .untried, by: "1", at: start + 11)
            let untried = try #require(try await outbox.entry("a"))
            #expect(untried.state == .waiting && untried.attempts == 1 && untried.nextAttemptAt == nil)
        }
    }

    @Test func goesOnWithTheNextAfterADeliveryOrARefusal() async throws {
        try await withStore { store in
            let outbox = store.outbox
            for id in ["a", "b", "c"] { _ = try await outbox.add(entry(id)) }
            _ = try await outbox.lease()
            try await outbox.settle("a", as: .delivered(answer: ByteBuffer(string: "1")), by: "1", at: start + 1)
            #expect(try await outbox.lease(after: 1).map(\.id) == ["b"])
            try await outbox.settle("b", as: .refused(status: 409, reason: "taken"), by: "1", at: start + 2)
            #expect(try await outbox.lease(after: 2).map(\.id) == ["c"])

            let refused = try #require(try await outbox.entry("b"))
            #expect(refused.state == .refused && refused.refusedStatus == 409 && refused.lastError == "taken")
            #expect(refused.settledAt == start + 2 && refused.attempts == 1)
            let status = OutboxStatus(delivering: 1, refused: 1, delivered: 1, oldestUndelivered: start)
            #expect(try await outbox.status() == status)
        }
    }

    @Test func aLeaseThatRanOutIsTakenByAnother() async throws {
        try await withStore { store in
            let outbox = store.outbox
            _ = try await outbox.add(entry("a"))
            _ = try await outbox.lease(by: "1", for: 30)
            #expect(try await outbox.lease(by: "2", after: 29).isEmpty)
            #expect(try await outbox.lease(by: "2", after: 30).map(\.id) == ["a"])

            // Whatever the first says now doesn't hold, except that it was delivered.
            let failed = OutboxOutcome.failed(reason: "x", nextAttemptAt: start)
            for outcome in [.untried, .refused(status: 400, reason: "x"), failed] {
                try await outbox.settle("a", as: outcome, by: "1", at: start + 31)
                #expect(try await outbox.entry("a")?.state == .delivering)
            }
            try await outbox.settle("a", as: .delivered(answer: ByteBuffer()), by: "1", at: start + 31)
            #expect(try await outbox.entry("a")?.state == .delivered)
            try await outbox.settle("a", as: .refused(status: 400, reason: "x"), by: "2", at: start + 32)
            #expect(try await outbox.entry("a")?.state == .delivered)
        }
    }

    @Test func givesBackWhatADeadProcessHadTaken() async throws {
        try await withStore { store in
            let outbox = store.outbox
            for user in ["u", "v"] { _ = try await outbox.add(entry(user, of: user)) }
            _ = try await outbox.lease(1, by: "1", now: start, until: start + 60)
            _ = try await outbox.lease(1, by: "2", now: start, until: start + 60)
            try await outbox.releaseLeases(of: "1")
            #expect(try await outbox.lease(by: "3").map(\.id) == ["u"])
        }
    }

    @Test func aRefusedEntryThatIsRetriedGoesToTheEndOfItsLine() async throws {
        try await withStore { store in
            let outbox = store.outbox
            for id in ["a", "b"] { _ = try await outbox.add(entry(id)) }
            _ = try await outbox.lease()
            try await outbox.settle("a", as: .refused(status: 400, reason: "no"), by: "1", at: start)
            #expect(try await outbox.retry("a")?.state == .refused)
            #expect(try await outbox.ids() == ["b", "a"])
            #expect(try await outbox.lease().map(\.id) == ["b"])
            let waiting = try #require(try await outbox.entry("a"))
            #expect(waiting.state == .waiting && waiting.refusedStatus == nil && waiting.settledAt == nil)
            #expect(try await outbox.retry("b")?.state == .delivering)
            #expect(try await outbox.entry("b")?.state == .delivering)
            #expect(try await outbox.retry("x") == nil)
        }
    }

    @Test func aWaitingEntryThatIsRetriedIsDueAtOnce() async throws {
        try await withStore { store in
            let outbox = store.outbox
            for id in ["a", "b"] { _ = try await outbox.add(entry(id)) }
            _ = try await outbox.lease()
            let failed = OutboxOutcome.failed(reason: "x", nextAttemptAt: start + 99)
            try await outbox.settle("a", as: failed, by: "1", at: start)
            #expect(try await outbox.retry("b")?.state == .waiting)
            #expect(try await outbox.lease().isEmpty)
            #expect(try await outbox.retry("a")?.nextAttemptAt == start + 99)
            #expect(try await outbox.lease().map(\.id) == ["a"])
        }
    }

    @Test func discardsWhatWaitsOrWasRefused() async throws {
        try await withStore { store in
            let outbox = store.outbox
            for id in ["a", "b", "c"] { _ = try await outbox.add(entry(id)) }
            #expect(try await outbox.discard("a") == entry("a"))
            #expect(try await outbox.lease().map(\.id) == ["b"])
            #expect(try await outbox.discard("b")?.state == .delivering)
            #expect(try await outbox.ids() == ["b", "c"])
            try await outbox.settle("b", as: .refused(status: 400, reason: "no"), by: "1", at: start)
            #expect(try await outbox.discard("b")?.state == .refused)
            #expect(try await outbox.discard("b") == nil)
            #expect(try await outbox.ids() == ["c"])
            #expect(try await outbox.hasUndelivered(of: "u"))
            _ = try await outbox.discard("c")
            #expect(try await !outbox.hasUndelivered(of: "u"))
            #expect(try await outbox.nextDueDate() == nil)
            #expect(try await outbox.status() == OutboxStatus())
        }
    }

    @Test func forgetsWhatWasDeliveredEarlier() async throws {
        try await withStore(maximumEntries: 1000) { store in
            let outbox = store.outbox
            for index in 0..<600 { _ = try await outbox.add(entry("\(index)", of: "\(index)")) }
            _ = try await outbox.lease()
            for index in 0..<599 {
                let at = start + Double(index)
                try await outbox.settle("\(index)", as: .delivered(answer: ByteBuffer()), by: "1", at: at)
            }
            try await outbox.forgetDelivered(before: start + 597)
            #expect(try await outbox.ids() == ["597", "598", "599"])
            #expect(try await outbox.status().delivered == 2)
        }
    }

    @Test func readsPagesOfStatesAndUsers() async throws {
        try await withStore { store in
            let outbox = store.outbox
            for index in 0..<6 { _ = try await outbox.add(entry("\(index)", of: index % 2 == 0 ? "u" : "v")) }
            _ = try await outbox.lease()
            try await outbox.settle("0", as: .refused(status: 400, reason: "no"), by: "1", at: start)

            let first = try await outbox.page(OutboxQuery(limit: 4))
            #expect(first.entries.map(\.id) == ["0", "1", "2", "3"])
            let second = try await outbox.page(OutboxQuery(after: first.next, limit: 4))
            #expect(second.entries.map(\.id) == ["4", "5"] && second.next == nil)
            #expect(try await outbox.page(OutboxQuery(limit: 6)).next == nil)
            #expect(try await outbox.ids(OutboxQuery(states: [.refused, .delivering])) == ["0", "1"])
            #expect(try await outbox.ids(OutboxQuery(states: [.waiting], userID: "v", limit: 1)) == ["3"])
            #expect(try await outbox.ids(OutboxQuery(states: [])) == [])
            #expect(try await outbox.ids(OutboxQuery(limit: .max)).count == 6)
        }
    }

    @Test func keepsTextsByteForByte() async throws {
        try await withStore { store in
            let outbox = store.outbox
            let hostile = ["a\0b", "a\0c", "e\u{301}", "\u{e9}", "'; DROP TABLE outbox; --", "\u{1b}[31m", ""]
            for text in hostile { _ = try await outbox.add(entry("id\(text)", of: text, text)) }
            for text in hostile {
                let kept = try #require(try await outbox.entry("id\(text)"))
                #expect(Array(kept.userID.utf8) == Array(text.utf8))
                #expect(Array(kept.id.utf8) == Array("id\(text)".utf8))
                #expect(kept.event == ByteBuffer(string: text))
            }
            #expect(try await outbox.lease().count == hostile.count)
            try await outbox.settle("ida\0b", as: .refused(status: 400, reason: "no\0pe"), by: "1", at: start)
            #expect(try await outbox.entry("ida\0b")?.lastError == "no\0pe")
        }
    }
}
