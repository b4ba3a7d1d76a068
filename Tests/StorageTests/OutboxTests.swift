import EventService
import Foundation
import NIOCore
import Testing

@testable import Storage

@Suite struct OutboxTests {
    @Test func works() async throws {
        let store = try await Store.open(StoreConfiguration(.memory))
        let now = Date()
        let entry = OutboxEntry(id: "a", userID: "u", event: ByteBuffer(string: "{}"), acceptedAt: now, requestID: "r")
        #expect(try await store.outbox.add(entry) == entry)
        let leased = try await store.outbox.lease(16, by: "1", now: now, until: now + 10)
        #expect(leased.map(\.id) == ["a"])
        try await store.close()
    }
}
