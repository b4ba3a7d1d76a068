package import EventService
import Synchronization

package import struct Foundation.Date

/// An outbox in memory.
package final class FakeOutboxStore: OutboxStore {
    fileprivate struct Kept {
        var entry: OutboxEntry
        /// Its place in the lines; it gets a new one when it is put back to the end.
        var place: Int64
        var holder: String?
        var leasedUntil: Date?
    }

    private struct State {
        var kept: [String: Kept] = [:]
        var nextPlace: Int64 = 1
        var isFull = false

        mutating func takePlace() -> Int64 {
            defer { nextPlace += 1 }
            return nextPlace
        }

        var line: [Kept] { kept.values.sorted { $0.place < $1.place } }

        /// The first of each user's line.
        var firsts: [Kept] {
            var users: Set<String> = []
            return line.filter { $0.entry.isUndelivered && users.insert($0.entry.userID).inserted }
        }
    }

    private let state = Mutex(State())
    private let failure = StoreFailure()
    private let whenForgetting = Mutex<(@Sendable () -> Void)?>(nil)

    /// Does something whenever somebody has old entries forgotten.
    package func whenForgetting(_ body: @escaping @Sendable () -> Void) {
        whenForgetting.withLock { $0 = body }
    }

    /// Every call fails from now on; `nil` ends that.
    package func fail(_ error: StoreError?) {
        failure.set(error)
    }

    /// Whether it says that it is full.
    package var isFull: Bool {
        get { state.withLock { $0.isFull } }
        set { state.withLock { $0.isFull = newValue } }
    }

    /// Every entry, in the order of their lines.
    package var entries: [OutboxEntry] { state.withLock { $0.line.map(\.entry) } }

    /// Changes an entry, as if that had come of it.
    package func change(_ id: String, _ body: (inout OutboxEntry) -> Void) {
        state.withLock { state in
            guard var kept = state.kept[id] else { return }
            body(&kept.entry)
            state.kept[id] = kept
        }
    }

    package func add(_ entry: OutboxEntry) async throws(StoreError) -> OutboxEntry {
        try failure.check()
        let kept = state.withLock { state -> OutboxEntry? in
            if let known = state.kept[entry.id]?.entry {
                if known.event == entry.event, known.userID == entry.userID { return known }
                guard known.state == .refused else { return nil }
            }
            state.kept[entry.id] = Kept(entry: entry, place: state.takePlace())
            return entry
        }
        guard let kept else { throw StoreError(.conflict, message: "\(entry.id) is another event") }
        return kept
    }

    package func lease(
        _ limit: Int,
        by holder: String,
        now: Date,
        until: Date
    ) async throws(StoreError) -> [OutboxEntry] {
        try failure.check()
        return state.withLock { state in
            let longest = max(until, now.addingTimeInterval(300))
            for var kept in state.firsts where kept.dueAt > longest {
                if kept.entry.state == .delivering { kept.leasedUntil = now } else { kept.entry.nextAttemptAt = now }
                state.kept[kept.entry.id] = kept
            }
            let due = state.firsts.filter { $0.dueAt <= now }.sorted { $0.dueAt < $1.dueAt }.prefix(limit)
            for var kept in due {
                kept.entry.state = .delivering
                (kept.holder, kept.leasedUntil) = (holder, until)
                state.kept[kept.entry.id] = kept
            }
            return due.compactMap { state.kept[$0.entry.id]?.entry }
        }
    }

    package func releaseLeases(of holder: String) async throws(StoreError) {
        try failure.check()
        state.withLock { state in
            for var kept in state.kept.values where kept.holder == holder {
                kept.entry.state = .waiting
                (kept.holder, kept.leasedUntil) = (nil, nil)
                state.kept[kept.entry.id] = kept
            }
        }
    }

    package func settle(
        _ id: String,
        as outcome: OutboxOutcome,
        by holder: String,
        at date: Date
    ) async throws(StoreError) {
        try failure.check()
        state.withLock { state in
            guard var kept = state.kept[id] else { return }
            if case .delivered = outcome {} else if kept.holder != holder { return }
            kept.entry.settle(as: outcome, at: date)
            (kept.holder, kept.leasedUntil) = (nil, nil)
            state.kept[id] = kept
        }
    }

    package func nextDueDate() async throws(StoreError) -> Date? {
        try failure.check()
        return state.withLock { $0.firsts.map(\.dueAt).min() }
    }

    package func hasUndelivered(of userID: String) async throws(StoreError) -> Bool {
        try failure.check()
        return state.withLock { $0.firsts.contains { $0.entry.userID == userID } }
    }

    package func entry(_ id: String) async throws(StoreError) -> OutboxEntry? {
        try failure.check()
        return state.withLock { $0.kept[id]?.entry }
    }

    package func page(_ query: OutboxQuery) async throws(StoreError) -> OutboxPage {
        try failure.check()
        return state.withLock { state in
            let found = state.line.filter { kept in
                query.states.contains(kept.entry.state) && kept.place > query.after ?? 0
                    && (query.userID ?? kept.entry.userID) == kept.entry.userID
            }
            let page = found.prefix(query.limit)
            return OutboxPage(entries: page.map(\.entry), next: found.count > page.count ? page.last?.place : nil)
        }
    }

    package func status() async throws(StoreError) -> OutboxStatus {
        try failure.check()
        let entries = entries
        func count(_ state: OutboxEntry.State) -> Int { entries.count { $0.state == state } }
        return OutboxStatus(
            waiting: count(.waiting),
            delivering: count(.delivering),
            refused: count(.refused),
            delivered: count(.delivered),
            oldestUndelivered: entries.filter(\.isUndelivered).map(\.acceptedAt).min(),
            isFull: isFull
        )
    }

    package func checkWriting() async throws(StoreError) {
        try failure.check()
    }

    package func retry(_ id: String) async throws(StoreError) -> OutboxEntry? {
        try failure.check()
        return state.withLock { state in
            guard var kept = state.kept[id] else { return nil }
            let before = kept.entry
            kept.entry.nextAttemptAt = nil
            if before.state == .refused {
                kept.entry.state = .waiting
                (kept.entry.settledAt, kept.entry.refusedStatus) = (nil, nil)
                kept.place = state.takePlace()
            }
            if before.isOpen { state.kept[id] = kept }
            return before
        }
    }

    package func discard(_ id: String) async throws(StoreError) -> OutboxEntry? {
        try failure.check()
        return state.withLock { state in
            guard let before = state.kept[id]?.entry else { return nil }
            if before.isOpen { state.kept[id] = nil }
            return before
        }
    }

    package func forgetDelivered(before date: Date) async throws(StoreError) {
        try failure.check()
        whenForgetting.withLock { $0 }?()
        state.withLock { state in
            state.kept = state.kept.filter { _, kept in
                kept.entry.state != .delivered || kept.entry.settledAt ?? date >= date
            }
        }
    }
}

extension FakeOutboxStore.Kept {
    fileprivate var dueAt: Date { leasedUntil ?? entry.nextAttemptAt ?? entry.acceptedAt }
}

extension OutboxEntry {
    fileprivate var isUndelivered: Bool { state == .waiting || state == .delivering }

    /// Whether a person may decide about it.
    fileprivate var isOpen: Bool { state == .waiting || state == .refused }

    fileprivate mutating func settle(as outcome: OutboxOutcome, at date: Date) {
        if outcome != .untried { attempts += 1 }
        nextAttemptAt = nil
        switch outcome {
        case .delivered(let answer):
            (state, settledAt, self.answer, lastError) = (.delivered, date, answer, nil)
        case .refused(let status, let reason):
            (state, settledAt, refusedStatus, lastError) = (.refused, date, status, reason)
        case .failed(let reason, let next):
            (state, lastError, nextAttemptAt) = (.waiting, reason, next)
        case .untried: state = .waiting
        }
    }
}
