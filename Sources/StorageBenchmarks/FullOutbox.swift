import EventService
import Foundation
import Storage

/// What is asked of an outbox all the time, with 100,000 entries in it.
struct FullOutbox {
    static let entries = 100_000

    private let store: Store

    /// Fills an outbox with entries of this many users.
    init(_ location: StoreConfiguration.Location, users: Int) async throws {
        var configuration = StoreConfiguration(location)
        configuration.maximumOutboxEntries = Self.entries
        let store = try await Store.open(configuration)
        self.store = store
        try await withThrowingTaskGroup(of: Void.self) { group in
            for caller in 0..<250 {
                group.addTask {
                    for index in stride(from: caller, to: Self.entries, by: 250) {
                        _ = try await store.outbox.add(Accepts.entry(userID: "\(index % users)"))
                    }
                }
            }
            try await group.waitForAll()
        }
    }

    /// Ends its use.
    func close() async throws { try await store.close() }

    /// Measures operations, each by its median and its slowest hundredth.
    func measure() async throws -> [(name: String, median: Duration, slowest: Duration)] {
        let outbox = store.outbox
        var lease: [Duration] = []
        var rest: [String: [Duration]] = [:]
        let clock = ContinuousClock()
        for _ in 0..<200 {
            let now = Date()
            lease.append(
                try await clock.measure { _ = try await outbox.lease(16, by: "1", now: now, until: now + 60) }
            )
            rest["nextDueDate", default: []].append(try await clock.measure { _ = try await outbox.nextDueDate() })
            rest["status", default: []].append(try await clock.measure { _ = try await outbox.status() })
            rest["hasUndelivered", default: []].append(
                try await clock.measure { _ = try await outbox.hasUndelivered(of: "0") }
            )
            rest["page(50)", default: []].append(
                try await clock.measure { _ = try await outbox.page(OutboxQuery(after: 50_000)) }
            )
            rest["page(50) of a user", default: []].append(
                try await clock.measure { _ = try await outbox.page(OutboxQuery(userID: "0")) }
            )
            try await outbox.releaseLeases(of: "1")
        }
        return ([("lease(16)", lease)] + rest.sorted { $0.key < $1.key }).map { name, times in
            let sorted = times.sorted()
            return (name, sorted[sorted.count / 2], sorted[sorted.count * 99 / 100])
        }
    }
}
