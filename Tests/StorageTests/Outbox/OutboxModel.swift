import EventService
import Foundation
import NIOCore

/// An outbox as its contract says it, without a thought for speed or crashes.
struct OutboxModel {
    private struct Kept {
        var entry: OutboxEntry
        var position: Int
        var holder: String?
        var leasedUntil: Date?

        var isUndelivered: Bool { entry.state == .waiting || entry.state == .delivering }
        var dueAt: Date { leasedUntil ?? entry.nextAttemptAt ?? entry.acceptedAt }
    }

    let maximum: Int
    private var kept: [Kept] = []
    private var lastPosition = 0

    init(maximum: Int) {
        self.maximum = maximum
    }

    /// All entries, in order.
    var entries: [OutboxEntry] { kept.map(\.entry) }

    /// What is counted.
    var status: OutboxStatus {
        func count(_ state: OutboxEntry.State) -> Int { kept.count { $0.entry.state == state } }
        return OutboxStatus(
            waiting: count(.waiting),
            delivering: count(.delivering),
            refused: count(.refused),
            delivered: count(.delivered),
            oldestUndelivered: kept.filter(\.isUndelivered).map(\.entry.acceptedAt).min(),
            isFull: kept.count { $0.entry.state != .delivered } >= maximum
        )
    }

    /// When something is to be done.
    var nextDueDate: Date? { firsts.map { kept[$0].dueAt }.min() }

    private var firsts: [Int] {
        var users: Set<String> = []
        return kept.indices.filter { kept[$0].isUndelivered && users.insert(kept[$0].entry.userID).inserted }
    }

    private func index(_ id: String) -> Int? { kept.firstIndex { $0.entry.id == id } }

    private mutating func append(_ entry: OutboxEntry) {
        lastPosition += 1
        kept.append(Kept(entry: entry, position: lastPosition))
    }

    mutating func add(_ entry: OutboxEntry) -> Result<OutboxEntry, StoreError> {
        if let index = index(entry.id) {
            let found = kept[index].entry
            if found.event == entry.event, found.userID == entry.userID { return .success(found) }
            guard found.state == .refused else { return .failure(StoreError(.conflict, message: "")) }
            kept.remove(at: index)
        } else if kept.count(where: { $0.entry.state != .delivered }) >= maximum {
            return .failure(StoreError(.full, message: ""))
        }
        append(entry)
        return .success(entry)
    }

    mutating func lease(_ limit: Int, by holder: String, now: Date, until: Date) -> [OutboxEntry] {
        let longest = max(until, now.addingTimeInterval(300))
        for index in firsts where kept[index].dueAt > longest {
            if kept[index].entry.state == .delivering {
                kept[index].leasedUntil = now
            } else {
                kept[index].entry.nextAttemptAt = now
            }
        }
        let due = firsts.filter { kept[$0].dueAt <= now }
            .sorted { (kept[$0].dueAt, kept[$0].position) < (kept[$1].dueAt, kept[$1].position) }
        return due.prefix(limit).map { index in
            kept[index].holder = holder
            kept[index].leasedUntil = until
            kept[index].entry.state = .delivering
            kept[index].entry.nextAttemptAt = nil
            return kept[index].entry
        }
    }

    mutating func releaseLeases(of holder: String) {
        for index in kept.indices where kept[index].holder == holder { release(index) }
    }

    private mutating func release(_ index: Int, to state: OutboxEntry.State = .waiting) {
        kept[index].holder = nil
        kept[index].leasedUntil = nil
        kept[index].entry.state = state
    }

    mutating func settle(_ id: String, as outcome: OutboxOutcome, by holder: String, at date: Date) {
        guard let index = index(id) else { return }
        if case .delivered(let answer) = outcome { return deliver(index, answer: answer, at: date) }
        guard kept[index].holder == holder else { return }
        switch outcome {
        case .delivered, .untried: release(index)
        case .refused(let status, let reason):
            release(index, to: .refused)
            kept[index].entry.refusedStatus = status
            kept[index].entry.settledAt = date
            kept[index].entry.lastError = reason
            kept[index].entry.attempts += 1
        case .failed(let reason, let nextAttemptAt):
            release(index)
            kept[index].entry.nextAttemptAt = nextAttemptAt
            kept[index].entry.lastError = reason
            kept[index].entry.attempts += 1
        }
    }

    private mutating func deliver(_ index: Int, answer: ByteBuffer, at date: Date) {
        guard kept[index].entry.state != .delivered else { return }
        release(index, to: .delivered)
        kept[index].entry.attempts += 1
        kept[index].entry.lastError = nil
        kept[index].entry.nextAttemptAt = nil
        kept[index].entry.refusedStatus = nil
        kept[index].entry.settledAt = date
        kept[index].entry.answer = answer
    }

    mutating func retry(_ id: String) -> OutboxEntry? {
        guard let index = index(id) else { return nil }
        let before = kept[index].entry
        if before.state == .waiting { kept[index].entry.nextAttemptAt = nil }
        if before.state == .refused {
            var entry = kept.remove(at: index).entry
            entry.state = .waiting
            entry.settledAt = nil
            entry.refusedStatus = nil
            append(entry)
        }
        return before
    }

    mutating func discard(_ id: String) -> OutboxEntry? {
        guard let index = index(id) else { return nil }
        let before = kept[index].entry
        if before.state == .waiting || before.state == .refused { kept.remove(at: index) }
        return before
    }

    mutating func forgetDelivered(before date: Date) {
        kept.removeAll { $0.entry.state == .delivered && ($0.entry.settledAt ?? date) < date }
    }
}
