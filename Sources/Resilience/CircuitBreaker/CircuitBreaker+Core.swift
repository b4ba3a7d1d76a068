extension CircuitBreaker {
    /// What the lock guards: the machine, and who is to hear what happens.
    struct Core {
        var machine: CircuitBreakerMachine
        var lastFailure: Failure?

        private let reportsTransitions: Bool
        /// Transitions that happened and haven't been reported yet, oldest first.
        private var pending: [Transition] = []
        /// Whether some thread is reporting, and so takes care of `pending`.
        private var isReporting = false

        /// Whether there is anybody to tell about events: whether `subscribers` has elements.
        private(set) var isWatched = false
        /// Those that are gone, too, until the next event or subscription.
        private var subscribers: [Subscriber] = []
        /// Events for tasks that wait for them, to be resumed after the unlock.
        private var deliveries: [EventBuffer.Delivery] = []

        /// A subscriber is gone when nothing refers to its events any more.
        private struct Subscriber {
            weak let buffer: EventBuffer?
        }

        init(machine: CircuitBreakerMachine, reportsTransitions: Bool) {
            self.machine = machine
            self.reportsTransitions = reportsTransitions
        }
    }

    /// What the thread that made a mutation has to do after the unlock.
    struct FollowUp: OptionSet {
        let rawValue: UInt8

        /// Hand out the deliveries.
        static let deliver = FollowUp(rawValue: 1)
        /// Report the pending transitions.
        static let report = FollowUp(rawValue: 2)
    }
}

extension CircuitBreaker.Core {
    /// Where the subscribers that are not gone read their events.
    var buffers: [EventBuffer] { subscribers.compactMap(\.buffer) }

    /// Subscribers that are kept, those that are gone included.
    var kept: Int { subscribers.count }

    mutating func subscribe(_ buffer: EventBuffer) {
        subscribers.removeAll { $0.buffer == nil }
        subscribers.append(Subscriber(buffer: buffer))
        isWatched = true
    }

    /// Puts what happened, in this order, where those who are to hear of it will find it.
    ///
    /// Not inlined, so that a mutation nobody hears of stays short.
    ///
    /// - Parameter now: `nil` if nobody is subscribed.
    @inline(never)
    mutating func take(
        _ outcome: CircuitBreaker.Outcome?,
        _ transition: CircuitBreaker.Transition?,
        _ rejection: CircuitBreaker.Rejection?,
        at now: MonotonicInstant?
    ) -> CircuitBreaker.FollowUp {
        var followUp: CircuitBreaker.FollowUp = []
        if let now {
            if let outcome { publish(.init(outcome), at: now) }
            if let transition { publish(.transition(transition), at: now) }
            if let rejection { publish(.rejection(rejection), at: now) }
            if !deliveries.isEmpty { followUp.insert(.deliver) }
        }
        if reportsTransitions, let transition {
            pending.append(transition)
            if !isReporting { followUp.insert(.report) }
            isReporting = true
        }
        return followUp
    }

    /// The events to hand out now, which nobody else will.
    mutating func takeDeliveries() -> [EventBuffer.Delivery] {
        defer { deliveries.removeAll() }
        return deliveries
    }

    /// The transitions to report now; `nil` if there are none, and then reporting has ended.
    mutating func takePending() -> [CircuitBreaker.Transition]? {
        defer { pending.removeAll() }
        isReporting = !pending.isEmpty
        return isReporting ? pending : nil
    }

    private mutating func publish(_ kind: CircuitBreaker.Event.Kind, at now: MonotonicInstant) {
        let event = CircuitBreaker.Event(at: now.sinceOrigin, kind: kind)
        subscribers.removeAll { subscriber in
            guard let buffer = subscriber.buffer else { return true }
            if let delivery = buffer.append(event) { deliveries.append(delivery) }
            return false
        }
        isWatched = !subscribers.isEmpty
    }
}
