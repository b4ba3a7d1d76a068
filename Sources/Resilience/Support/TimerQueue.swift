import Synchronization

/// Makes calls at instants, for any number of callers with one sleeping task.
///
/// A task that sleeps on a clock of the system takes memory until its time has come, even if it was cancelled long
/// before, because the runtime can't take its timer back. At 20,000 requests a second with a time-out of 15 s those are
/// hundreds of megabytes. Here a call that is cancelled is gone at once.
final class TimerQueue<C: Clock<Duration>>: Sendable {
    /// What a caller holds of a call.
    typealias ID = UInt64

    private struct State {
        var calls: [ID: @Sendable () -> Void] = [:]
        /// The instants of all calls, and of cancelled ones until those are in the majority.
        var instants = Heap<C.Instant>()
        var nextID: ID = 0
        /// When the tasks that sleep wake, the latest first: one is started only for an earlier instant than all.
        var sleepers: [C.Instant] = []

        /// Whether a task must sleep until an instant, because none wakes until then.
        mutating func startSleeping(until instant: C.Instant) -> Bool {
            guard sleepers.last.map({ instant < $0 }) ?? true else { return false }
            sleepers.append(instant)
            return true
        }

        /// Removes what needs no waking.
        mutating func dropCancelled() {
            while let first = instants.first, calls[first.id] == nil { instants.removeFirst() }
            if instants.count > 2 * calls.count + 64 { instants.filter { calls[$0] != nil } }
        }
    }

    private let clock: C
    private let state = Mutex(State())

    init(clock: C) {
        self.clock = clock
    }

    /// Calls that were scheduled and neither made nor cancelled.
    var pending: Int { state.withLock { $0.calls.count } }

    /// Instants that are kept, those of cancelled calls included: at most twice ``pending`` and 64.
    var kept: Int { state.withLock { $0.instants.count } }

    /// Makes a call at an instant, or as soon as possible if that is over; never before, and once.
    /// - Parameter call: Made in a task of its own; of several that are due at once any may come first.
    func schedule(at instant: C.Instant, _ call: @escaping @Sendable () -> Void) -> ID {
        let (id, isFirst) = state.withLock { state in
            let id = state.nextID
            state.nextID += 1
            state.calls[id] = call
            state.instants.insert(instant, id: id)
            return (id, state.startSleeping(until: instant))
        }
        if isFirst {
            // Detached, because the scheduling task's values and priority are not the queue's.
            Task.detached { await self.makeCalls(from: instant) }
        }
        return id
    }

    /// Cancels a call, unless it was made or is being made.
    func cancel(_ id: ID) {
        // What the call captured is released outside the lock: its end may run any code.
        _ = state.withLock { state in
            defer { state.dropCancelled() }
            return state.calls.removeValue(forKey: id)
        }
    }

    /// Sleeps from instant to instant until there is nothing left to wake for.
    private func makeCalls(from instant: C.Instant) async {
        var next: C.Instant? = instant
        while let instant = next {
            do {
                try await clock.sleep(until: instant, tolerance: nil)
            } catch {
                preconditionFailure("only a cancelled task is woken early, and nobody can cancel this one: \(error)")
            }
            let due: [@Sendable () -> Void]
            (due, next) = takeDue(wokenAt: instant)
            // A call runs the code of whoever is cancelled by it, which may take long and hold up nobody else.
            for call in due { Task.detached { call() } }
        }
    }

    /// The calls that are due, and until when the task that slept until `wake` is to sleep again, if at all.
    private func takeDue(wokenAt wake: C.Instant) -> (calls: [@Sendable () -> Void], next: C.Instant?) {
        let now = clock.now
        return state.withLock { state in
            if let sleeper = state.sleepers.lastIndex(of: wake) { state.sleepers.remove(at: sleeper) }
            var due: [@Sendable () -> Void] = []
            while let first = state.instants.first, first.instant <= now {
                state.instants.removeFirst()
                if let call = state.calls.removeValue(forKey: first.id) { due.append(call) }
            }
            state.dropCancelled()
            let next = state.instants.first.flatMap { state.startSleeping(until: $0.instant) ? $0.instant : nil }
            return (due, next)
        }
    }
}

/// Instants with what they belong to, the earliest first.
private struct Heap<Instant: Comparable> {
    private var elements: [(instant: Instant, id: UInt64)] = []

    var count: Int { elements.count }
    var first: (instant: Instant, id: UInt64)? { elements.first }

    mutating func insert(_ instant: Instant, id: UInt64) {
        elements.append((instant, id))
        var child = elements.count - 1
        while child > 0 {
            let parent = (child - 1) / 2
            guard elements[child].instant < elements[parent].instant else { return }
            elements.swapAt(child, parent)
            child = parent
        }
    }

    mutating func removeFirst() {
        elements.swapAt(0, elements.count - 1)
        elements.removeLast()
        sink(0)
    }

    /// Removes all but those that `isIncluded` accepts.
    mutating func filter(_ isIncluded: (UInt64) -> Bool) {
        elements.removeAll { !isIncluded($0.id) }
        for index in (0..<elements.count / 2).reversed() { sink(index) }
    }

    private mutating func sink(_ start: Int) {
        var parent = start
        while true {
            var least = parent
            for child in [2 * parent + 1, 2 * parent + 2]
            where child < elements.count && elements[child].instant < elements[least].instant {
                least = child
            }
            guard least != parent else { return }
            elements.swapAt(parent, least)
            parent = least
        }
    }
}
