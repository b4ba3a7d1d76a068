package import EventService
import TestSupport

package import struct Foundation.Date

/// A history in memory.
package final class FakeHistoryStore: HistoryStore {
    /// What is kept.
    package struct Kept: Sendable {
        /// The entries of each process, oldest first.
        package var entries: [String: [HistoryEntry]] = [:]
        /// How many calls wrote.
        package var writes = 0
        /// What was forgotten: before when, and beyond how many.
        package var forgotten: [(before: Date, beyond: Int)] = []
    }

    private let state = Observed(Kept())
    private let failure = StoreFailure()

    /// What is kept now.
    package var kept: Kept { state.value }

    /// Every call fails from now on; `nil` ends that.
    package func fail(_ error: StoreError?) {
        failure.set(error)
    }

    /// Returns as soon as what is kept meets a condition.
    package func wait(until condition: @escaping @Sendable (Kept) -> Bool) async throws {
        try await state.wait(until: condition)
    }

    package func append(_ entries: [HistoryEntry], of holder: String) async throws(StoreError) {
        try failure.check()
        state.change { kept in
            kept.entries[holder, default: []] += entries
            kept.writes += 1
        }
    }

    package func entries(_ query: HistoryQuery, of holder: String) async throws(StoreError) -> [HistoryEntry] {
        try failure.check()
        return (state.value.entries[holder] ?? []).reversed().filter { query.matches($0.entry) }
            .prefix(query.limit).map { $0 }
    }

    package func forget(before date: Date, beyond limit: Int) async throws(StoreError) {
        try failure.check()
        state.change { $0.forgotten.append((date, limit)) }
    }
}
