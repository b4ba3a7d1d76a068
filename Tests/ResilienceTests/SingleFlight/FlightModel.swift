@testable import Resilience

/// A machine beside a naive account of the same rules; every event goes to both.
struct FlightModel {
    typealias Machine = SingleFlightMachine<Int, String, String>

    enum Event {
        case join(key: Int)
        case leave(caller: UInt64)
        case attach(run: UInt64)
        case end(run: UInt64)
        case invalidate(key: Int)
        case invalidateAll
    }

    private struct Run {
        let key: Int
        var canBeJoined = true
        var isAttached = false
        /// Runs that nobody waits for any more stay here until their work ends.
        var waiters: [UInt64] = []
    }

    private(set) var history: [Event] = []
    private(set) var violation: String?
    private(set) var mostWaiters = 0

    private var machine = Machine()
    private var callers: UInt64 = 0
    private var runs: [UInt64: Run] = [:]

    /// All that can happen now, in a fixed order, the leaving of a caller that doesn't wait any more included.
    var events: [Event] {
        var events = [Event.join(key: 0), .join(key: 1), .invalidate(key: 0), .invalidateAll]
        for (id, run) in runs.sorted(by: { $0.key < $1.key }) {
            if !run.isAttached { events.append(.attach(run: id)) }
            events.append(.end(run: id))
            events += run.waiters.map { .leave(caller: $0) }
        }
        if callers > 0 { events.append(.leave(caller: callers / 2)) }
        return events
    }

    mutating func apply(_ event: Event) {
        if history.count < 10 { history.append(event) }
        switch event {
        case .join(let key): join(key)
        case .leave(let caller): leave(caller)
        case .attach(let id): attach(id)
        case .end(let id): end(id)
        case .invalidate(let key):
            machine.invalidate(key)
            for id in runs.keys where runs[id]?.key == key { runs[id]?.canBeJoined = false }
        case .invalidateAll:
            machine.invalidateAll()
            for id in runs.keys { runs[id]?.canBeJoined = false }
        }
        checkState()
    }

    private mutating func join(_ key: Int) {
        let caller = callers
        callers += 1
        let open = runs.filter { $0.value.key == key && $0.value.canBeJoined && !$0.value.waiters.isEmpty }
        expect(open.count <= 1, "two runs to join")
        switch machine.join(key, as: caller, waiter: "waiter \(caller)", priority: .medium) {
        case .start:
            expect(open.isEmpty, "started beside a run that could be joined")
            runs[caller] = Run(key: key, waiters: [caller])
        case .join(let work):
            expect(work == nil, "escalated without reason")
            if let id = open.keys.first { runs[id]?.waiters.append(caller) } else { expect(false, "joined nothing") }
        }
    }

    private mutating func leave(_ caller: UInt64) {
        let departure = machine.leave(caller)
        guard let (id, run) = runs.first(where: { $0.value.waiters.contains(caller) }) else {
            return expect(departure == nil, "left twice")
        }
        expect(departure?.waiter == "waiter \(caller)", "the wrong one left")
        runs[id]?.waiters.removeAll { $0 == caller }
        let isLast = run.waiters.count == 1
        expect((departure?.abandoned != nil) == isLast, "the last one cancels the work, and only that one")
        if isLast {
            expect(departure?.abandoned?.work == (run.isAttached ? "work \(id)" : nil), "the wrong work is cancelled")
        }
    }

    private mutating func attach(_ id: UInt64) {
        let isWanted = runs[id]?.waiters.isEmpty == false
        let attachment = machine.attach("work \(id)", to: id, startedWith: .medium)
        expect(attachment == (isWanted ? .kept(escalation: nil) : .unwanted), "attached what nobody wants, or not")
        runs[id]?.isAttached = true
    }

    private mutating func end(_ id: UInt64) {
        let waiters = runs.removeValue(forKey: id)?.waiters ?? []
        let ended = machine.end(id)
        expect((ended?.waiters.keys.sorted() ?? []) == waiters.sorted(), "other waiters than those that wait")
        expect(ended?.waiters.allSatisfy { $0.value == "waiter \($0.key)" } ?? true, "waiters mixed up")
        expect(machine.end(id) == nil, "ended twice")
    }

    private mutating func checkState() {
        let waitedFor = runs.filter { !$0.value.waiters.isEmpty }
        mostWaiters = max(mostWaiters, waitedFor.values.map(\.waiters.count).max() ?? 0)
        expect(machine.runs.keys.sorted() == waitedFor.keys.sorted(), "keeps runs that nobody waits for, or lost one")
        let open = waitedFor.filter(\.value.canBeJoined)
        expect(machine.current.values.sorted() == open.keys.sorted(), "the wrong runs can be joined")
        let waiting = waitedFor.values.flatMap(\.waiters)
        expect(machine.runOfWaiter.keys.sorted() == waiting.sorted(), "keeps callers that don't wait, or lost one")
    }

    private mutating func expect(_ condition: Bool, _ message: String) {
        if !condition, violation == nil { violation = message }
    }
}
