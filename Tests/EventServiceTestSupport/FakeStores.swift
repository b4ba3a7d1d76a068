package import EventService
import Synchronization

import struct Foundation.Date

/// Stores in memory that keep the contracts of the ports, and fail when a test says so.
package final class FakeStores: Sendable {
    /// Accepted events.
    package let outbox = FakeOutboxStore()
    /// Answers to requests with a key.
    package let idempotency = FakeIdempotencyStore()
    /// Failures and changes of state.
    package let history = FakeHistoryStore()

    /// Stores that are empty.
    package init() {}

    /// The stores as a service takes them.
    package func stores(holder: String = "1") -> EventStores {
        EventStores(holder: holder, outbox: outbox, idempotency: idempotency, history: history)
    }
}

/// Whether a store's calls fail.
final class StoreFailure: Sendable {
    private let error = Mutex<StoreError?>(nil)

    func set(_ error: StoreError?) {
        self.error.withLock { $0 = error }
    }

    func check() throws(StoreError) {
        if let error = error.withLock({ $0 }) { throw error }
    }
}
