import EventService
import Foundation
import NIOCore
import TestSupport
import Testing

@testable import Storage

/// Random sequences of operations, after each of which the outbox has to be what its contract says.
@Suite struct OutboxModelTests {
    @Test(arguments: 0..<10)
    func isWhatTheContractSays(seed: UInt64) async throws {
        try await withStore(maximumEntries: 12) { store in
            var story = Story(outbox: store.outbox, random: SplitMix64(seed: seed))
            for _ in 0..<150 { try await story.step() }
        }
    }

    private struct Story {
        let outbox: any OutboxStore
        var random: SplitMix64
        var model = OutboxModel(maximum: 12)
        var now = start

        mutating func step() async throws {
            now += Double(Int.random(in: 0...3, using: &random))
            switch Int.random(in: 0..<10, using: &random) {
            case 0...2: try await add()
            case 3...4: try await lease()
            case 5...6: try await settle()
            case 7: try await operate()
            case 8: try await releaseLeases()
            default: try await forget()
            }
            #expect(try await outbox.page(OutboxQuery(limit: 1000)).entries == model.entries)
            #expect(try await outbox.status() == model.status)
            #expect(try await outbox.nextDueDate() == model.nextDueDate)
        }

        private mutating func id() -> String { "e\(Int.random(in: 0..<20, using: &random))" }
        private mutating func holder() -> String { Bool.random(using: &random) ? "1" : "2" }

        private mutating func add() async throws {
            let id = id()
            let event = Int.random(in: 0..<4, using: &random) == 0 ? "{\"other\":1}" : "{}"
            let new = entry(id, of: "u\(id.utf8.count + Int.random(in: 0..<2, using: &random) * 2)", event, at: now)
            switch model.add(new) {
            case .success(let expected):
                #expect(try await outbox.add(new) == expected)
            case .failure(let expected):
                let outbox = outbox
                let error = await #expect(throws: StoreError.self) { try await outbox.add(new) }
                #expect(error?.kind == expected.kind)
            }
        }

        private mutating func lease() async throws {
            let limit = Int.random(in: 1...3, using: &random)
            let holder = holder()
            let until = now + Double(Int.random(in: 0...9, using: &random))
            let leased = try await outbox.lease(limit, by: holder, now: now, until: until)
            #expect(leased == model.lease(limit, by: holder, now: now, until: until))
        }

        private mutating func settle() async throws {
            let (id, holder) = (id(), holder())
            let outcomes: [OutboxOutcome] = [
                .delivered(answer: ByteBuffer(string: "{\"success\":true}")), .refused(status: 422, reason: "no"),
                .failed(reason: "busy", nextAttemptAt: now + 5), .untried,
            ]
            let outcome = outcomes[Int.random(in: 0..<4, using: &random)]
            model.settle(id, as: outcome, by: holder, at: now)
            try await outbox.settle(id, as: outcome, by: holder, at: now)
        }

        private mutating func operate() async throws {
            let id = id()
            if Bool.random(using: &random) {
                #expect(try await outbox.retry(id) == model.retry(id))
            } else {
                #expect(try await outbox.discard(id) == model.discard(id))
            }
        }

        private mutating func releaseLeases() async throws {
            let holder = holder()
            model.releaseLeases(of: holder)
            try await outbox.releaseLeases(of: holder)
        }

        private mutating func forget() async throws {
            model.forgetDelivered(before: now - 20)
            try await outbox.forgetDelivered(before: now - 20)
        }
    }
}
