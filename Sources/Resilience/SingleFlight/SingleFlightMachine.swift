/// Single flight as a pure value: who waits for which run, and which run a new caller joins.
///
/// Every caller has a number that nobody else has. A run has the number of the caller that started it, so that what
/// comes late for a run that is gone finds nothing, and never its successor. A run is kept while its work is under way
/// *and* somebody waits for it: memory is bounded by the callers that wait.
///
/// `Waiter` is what resumes a caller and `Work` what cancels the work; here both are only kept and handed back.
struct SingleFlightMachine<Key: Hashable & Sendable, Waiter: Sendable, Work: Sendable>: Sendable {
    typealias ID = UInt64

    /// Work under way, and those who wait for it; at least one.
    struct Run: Sendable {
        let key: Key
        /// `nil` from the moment the run is decided until its task exists.
        var work: Work?
        /// The highest of the callers that joined, those that left included.
        var priority: TaskPriority
        var waiters: [ID: Waiter]
    }

    /// What a caller has to do on its arrival.
    enum Arrival {
        /// Start the work; the run has the caller's number.
        case start
        /// Nothing but wait; give the work the caller's priority first, if there is `work` here.
        case join(escalating: Work?)
    }

    /// What to do with work that has just been started.
    enum Attachment: Equatable {
        /// Nothing, but give it this priority if there is one: a more urgent caller joined meanwhile.
        case kept(escalation: TaskPriority?)
        /// Cancel it: nobody waits any more. Or it has ended, and cancelling it does nothing.
        case unwanted
    }

    /// A caller that has left, to be resumed, and what it leaves behind.
    struct Departure {
        let waiter: Waiter
        /// The run, if the caller was the last one that waited for it: its work is to be cancelled.
        let abandoned: Run?
    }

    /// The run that the next caller of a key joins.
    ///
    /// Without a run's entry here its work goes on for those who wait for it: it was invalidated.
    private(set) var current: [Key: ID] = [:]
    private(set) var runs: [ID: Run] = [:]
    /// The run that each waiting caller waits for.
    private(set) var runOfWaiter: [ID: ID] = [:]

    /// A caller comes to wait.
    mutating func join(_ key: Key, as caller: ID, waiter: Waiter, priority: TaskPriority) -> Arrival {
        guard let id = current[key] else {
            current[key] = caller
            runs[caller] = Run(key: key, work: nil, priority: priority, waiters: [caller: waiter])
            runOfWaiter[caller] = caller
            return .start
        }
        runOfWaiter[caller] = id
        return .join(escalating: runs[id]?.add(waiter, as: caller, priority: priority))
    }

    /// The work of a run exists now, and may even have ended.
    mutating func attach(_ work: Work, to id: ID, startedWith priority: TaskPriority) -> Attachment {
        guard let wanted = runs[id]?.priority else { return .unwanted }
        runs[id]?.work = work
        return .kept(escalation: wanted > priority ? wanted : nil)
    }

    /// A caller doesn't want to wait any more; `nil` if it doesn't wait.
    mutating func leave(_ caller: ID) -> Departure? {
        guard
            let id = runOfWaiter.removeValue(forKey: caller),
            let waiter = runs[id]?.waiters.removeValue(forKey: caller)
        else { return nil }
        guard runs[id]?.waiters.isEmpty == true else { return Departure(waiter: waiter, abandoned: nil) }
        return Departure(waiter: waiter, abandoned: remove(id))
    }

    /// The work of a run has ended; `nil` if nobody waited any more.
    mutating func end(_ id: ID) -> Run? {
        guard let run = remove(id) else { return nil }
        for waiter in run.waiters.keys { runOfWaiter[waiter] = nil }
        return run
    }

    /// From now on callers of this key don't join the run that is under way.
    mutating func invalidate(_ key: Key) {
        current[key] = nil
    }

    /// From now on nobody joins a run that is under way.
    mutating func invalidateAll() {
        current = [:]
    }

    private mutating func remove(_ id: ID) -> Run? {
        guard let run = runs.removeValue(forKey: id) else { return nil }
        // After an invalidation the key may be a later run's.
        if current[run.key] == id { current[run.key] = nil }
        return run
    }
}

extension SingleFlightMachine.Run {
    /// Returns the work if it must become more urgent.
    fileprivate mutating func add(_ waiter: Waiter, as caller: UInt64, priority: TaskPriority) -> Work? {
        waiters[caller] = waiter
        guard priority > self.priority else { return nil }
        self.priority = priority
        return work
    }
}
