import EventService
import Foundation
import NIOCore
import TestSupport
import Testing

@testable import Storage

/// Two stores on one folder, as two processes have them.
@Suite struct TwoStoresTests {
    @Test func noEntryIsLeasedTwice() async throws {
        try await TemporaryFolder.use { folder in
            let stores = [try await folder.open(), try await folder.open()]
            for index in 0..<60 { _ = try await stores[index % 2].outbox.add(entry("\(index)", of: "u\(index % 20)")) }
            let delivered = try await withThrowingTaskGroup(of: [String].self) { group in
                for store in stores + stores { group.addTask { try await deliverAll(store) } }
                return try await group.reduce(into: []) { $0 += $1 }
            }
            #expect(delivered.count == 60 && Set(delivered).count == 60)
            for store in stores {
                #expect(try await store.outbox.status() == OutboxStatus(delivered: 60))
                try await store.close()
            }
        }
    }

    /// Delivers until nothing waits.
    /// - Returns: What it delivered.
    private func deliverAll(_ store: Store) async throws -> [String] {
        var delivered: [String] = []
        while try await store.outbox.status().undelivered > 0 {
            let leased = try await store.outbox.lease(3, by: store.holder, now: start, until: start + 60)
            for entry in leased {
                delivered.append(entry.id)
                let answer = OutboxOutcome.delivered(answer: ByteBuffer())
                try await store.outbox.settle(entry.id, as: answer, by: store.holder, at: start)
            }
        }
        return delivered
    }

    @Test func noWriteIsLost() async throws {
        try await TemporaryFolder.use { folder in
            let stores = [try await folder.open(), try await folder.open()]
            try await withThrowingTaskGroup(of: Void.self) { group in
                for index in 0..<100 {
                    group.addTask { _ = try await stores[index % 2].outbox.add(entry("\(index)")) }
                    group.addTask { _ = try await stores[(index + 1) % 2].outbox.add(entry("\(index)")) }
                }
                try await group.waitForAll()
            }
            for store in stores {
                #expect(try await store.outbox.status().waiting == 100)
                #expect(Set(try await store.outbox.ids(OutboxQuery(limit: 1000))).count == 100)
                try await store.close()
            }
        }
    }

    @Test func oneKeyIsClaimedOnce() async throws {
        try await TemporaryFolder.use { folder in
            let stores = [try await folder.open(), try await folder.open()]
            let claims = try await withThrowingTaskGroup(of: IdempotencyClaim.self) { group in
                for index in 0..<20 {
                    let store = stores[index % 2]
                    group.addTask {
                        try await store.idempotency.claim(
                            "k",
                            for: [1],
                            eventID: "e\(index)",
                            by: store.holder,
                            now: start,
                            until: start + 60
                        )
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(claims.count { $0 == .underWay } == 19)
            for store in stores { try await store.close() }
        }
    }
}
