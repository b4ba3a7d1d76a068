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

    package func failures(
        from start: Date,
        to end: Date,
        per seconds: Int64,
        of holder: String
    ) async throws(StoreError) -> [HistoryFailures] {
        try failure.check()
        var counts: [HistoryFailures] = []
        for past in state.value.entries[holder] ?? [] where past.entry.at >= start && past.entry.at < end {
            guard case .failure(_, _, let isProbe) = past.entry.kind, let route = past.entry.route else { continue }
            let piece = (past.entry.at.timeIntervalSince1970 / Double(seconds)).rounded(.down)
            let since = Date(timeIntervalSince1970: piece * Double(seconds))
            let known = counts.firstIndex { $0.since == since && $0.route == route && $0.areProbes == isProbe }
            if let known {
                counts[known].count += 1
            } else {
                counts.append(HistoryFailures(since: since, route: route, areProbes: isProbe, count: 1))
            }
        }
        return counts
    }

    package func forget(before date: Date, beyond limit: Int) async throws(StoreError) {
        try failure.check()
        state.change { $0.forgotten.append((date, limit)) }
    }
}
