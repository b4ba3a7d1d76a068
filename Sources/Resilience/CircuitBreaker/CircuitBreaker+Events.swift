import Synchronization

extension CircuitBreaker {
    /// One thing that happened at a breaker.
    public struct Event: Sendable, Hashable {
        /// When, as time since the breaker was made.
        public let at: Duration
        /// What happened.
        public let kind: Kind
        /// The number of events between the one that the subscriber got before and this one, that it was too slow to get.
        public internal(set) var dropped: UInt64 = 0

        /// The things that can happen.
        public enum Kind: Sendable, Hashable {
            /// The state changed.
            case transition(Transition)
            /// An admitted call ended as a success.
            case success
            /// An admitted call ended as a failure, and with this wish to be left alone; see
            /// ``Outcome/failure(retryAfter:)``.
            case failure(retryAfter: Duration?)
            /// A call was not admitted.
            case rejection(Rejection)
            /// An admitted call ended as neither, dropped permits included.
            case ignored
        }
    }

    /// Subscribes to everything that happens at the breaker from now on.
    ///
    /// ```swift
    /// let events = breaker.events()
    /// Task {
    ///     for await event in events {
    ///         if event.dropped > 0 { log.warning("\(event.dropped) events were missed") }
    ///         if case .transition(let transition) = event.kind { page(transition) }
    ///     }
    /// }
    /// ```
    ///
    /// The events come in the order in which they happened, and add up to the ``Totals``; only a call that ends at the very
    /// moment of subscribing may be counted without an event. The result of a call comes before the transition that it causes, and a rejection after the transition that causes it.
    ///
    /// Nobody waits for a subscriber: events that it hasn't read are kept up to a limit, then the oldest is dropped for
    /// the newest, and the next event that is read says how many were. Inside its loop it may use the breaker.
    ///
    /// The subscription ends when the sequence and its iterators are gone. A cancelled task's loop ends at once, and every
    /// loop ends when the breaker is gone and the events that are left are read. A task that names the breaker keeps it:
    /// subscribe outside, as above.
    ///
    /// As long as anybody is subscribed, every call takes the breaker's lock and reads the clock: some 180 ns instead of 20.
    /// For changes of state alone, `onTransition` costs nothing.
    ///
    /// - Parameter limit: The most events kept for the subscriber, about 100 bytes each; 1 or more.
    /// - Returns: The events of one subscriber. If several tasks read them, each event goes to one of the tasks.
    public func events(limit: Int = 256) -> Events {
        precondition(limit >= 1, "the limit of a subscription must be 1 or more")
        let buffer = EventBuffer(limit: limit)
        core.withLock { core in
            core.subscribe(buffer)
            publish(core)
        }
        return Events(buffer: buffer)
    }

    /// What happens at a breaker, for one subscriber; see ``CircuitBreaker/events(limit:)``.
    public struct Events: AsyncSequence, Sendable {
        /// Nothing is thrown, not even when the task is cancelled.
        public typealias Failure = Never

        let buffer: EventBuffer

        /// Begins with the oldest event that is kept.
        public func makeAsyncIterator() -> Iterator {
            Iterator(buffer: buffer)
        }

        /// Reads the events of one subscriber.
        public struct Iterator: AsyncIteratorProtocol {
            let buffer: EventBuffer

            /// The next event, as soon as there is one.
            ///
            /// - Returns: `nil` if the task is cancelled, at once, or if the breaker is gone and all events are read.
            public mutating func next(isolation actor: isolated (any Actor)? = #isolation) async -> Event? {
                await buffer.next()
            }
        }
    }
}

extension CircuitBreaker.Event.Kind {
    init(_ outcome: CircuitBreaker.Outcome) {
        switch outcome {
        case .success: self = .success
        case .failure(let retryAfter): self = .failure(retryAfter: retryAfter)
        case .ignored: self = .ignored
        }
    }
}
