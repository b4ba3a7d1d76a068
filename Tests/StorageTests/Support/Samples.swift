import EventService
import Foundation
import NIOCore
import Storage

/// The moment at which the tests begin.
let start = Date(timeIntervalSinceReferenceDate: 785_000_000.125)

/// An entry as a client's request makes it.
func entry(_ id: String, of userID: String = "u", _ event: String = "{}", at date: Date = start) -> OutboxEntry {
    OutboxEntry(id: id, userID: userID, event: ByteBuffer(string: event), acceptedAt: date, requestID: "r-\(id)")
}

/// Opens a store in memory for the time of a test.
func withStore(
    maximumEntries: Int = 100,
    _ body: (Store) async throws -> Void
) async throws {
    var configuration = StoreConfiguration(.memory)
    configuration.maximumOutboxEntries = maximumEntries
    let store = try await Store.open(configuration)
    try await body(store)
    try await store.close()
}

extension OutboxStore {
    /// Takes everything that is due.
    func lease(
        by holder: String = "1",
        after seconds: TimeInterval = 0,
        for length: TimeInterval = 60
    ) async throws -> [OutboxEntry] {
        let now = start + seconds
        return try await lease(1000, by: holder, now: now, until: now + length)
    }

    /// The identifiers of all entries, in order.
    func ids(_ query: OutboxQuery = OutboxQuery()) async throws -> [String] {
        try await page(query).entries.map(\.id)
    }
}
