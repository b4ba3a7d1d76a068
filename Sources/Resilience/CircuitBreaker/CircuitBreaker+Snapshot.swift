extension CircuitBreaker {
    /// Everything about a breaker at one moment.
    ///
    /// The members that end in `At` are times since the breaker was made: they stay the same while nothing happens, so a
    /// caller can turn them into wall-clock times once. The others are relative to ``takenAt``.
    public struct Snapshot: Sendable, Hashable {
        /// The state, as the next call would find it: half-open as soon as the wait of an open breaker is over.
        public let state: State
        /// Whether ``state`` is half-open only because the wait is over: the next call makes it so, and is a probe.
        public let isProbeDue: Bool
        /// When this was taken.
        public let takenAt: Duration
        /// When ``state`` began; while a probe is due, when the wait was over.
        public let enteredStateAt: Duration
        /// The end of the wait: when a call is let through.
        ///
        /// `nil` unless the breaker is open or a probe is due.
        public let probeAt: Duration?
        /// The wait that ends at ``probeAt``, jitter and `Retry-After` included.
        public let currentWait: Duration?
        /// Openings since the breaker was last closed, the number of the wait in ``waits``; 0 when closed.
        public let openings: Int
        /// The waits of successive openings without jitter, up to the one that stays the same from then on.
        ///
        /// 10, 20, 40, 60 s by default. At most 64.
        public let waits: [Duration]
        /// Calls under way as probes.
        public let probesUnderWay: Int
        /// Probes that succeeded since the breaker became half-open.
        public let probeSuccesses: Int
        /// The failures inside the window, oldest first, as times since the breaker was made.
        ///
        /// While the breaker is open these are the failures that opened it and are still inside the window. Empty in
        /// the other states, and without a ``CircuitBreakerConfiguration/failureThreshold``.
        public let failuresAt: [Duration]
        /// The calls inside the window that count for the rates, the sum of the ``buckets``.
        ///
        /// Calls of the closed state that succeeded or failed. While the breaker is open these are the calls up to the
        /// one that opened it, as far as they are still inside the window. All zero in the other states, and if both
        /// rates are off.
        public let callsInWindow: CallCounts
        /// The buckets of the window, oldest first, the empty ones too; the last is the present one.
        ///
        /// At most ``CircuitBreakerConfiguration/windowBuckets``; fewer while the breaker is younger than its window.
        /// Empty if both rates are off, and while a probe is due.
        public let buckets: [CallBucket]
        /// What happened to all calls so far.
        public let totals: Totals
        /// The number of transitions so far.
        public let generation: UInt64
        /// The settings.
        public let configuration: CircuitBreakerConfiguration

        /// How long the breaker has been in ``state``.
        public var timeInState: Duration { max(.zero, takenAt - enteredStateAt) }
        /// The rest of the wait, zero if a probe is due.
        ///
        /// `nil` unless the breaker is open or a probe is due.
        public var timeUntilProbe: Duration? { probeAt.map { max(.zero, $0 - takenAt) } }
        /// The share of the ``callsInWindow`` that failed, from 0 to 1.
        ///
        /// `nil` if it is unknown, with fewer calls than ``CircuitBreakerConfiguration/minimumCalls``, and if
        /// ``CircuitBreakerConfiguration/failureRateThreshold`` is `nil`.
        public var failureRate: Double? { callsInWindow.failureRate(configuration) }
        /// The share of the ``callsInWindow`` that were slow, from 0 to 1.
        ///
        /// `nil` if it is unknown, with fewer calls than ``CircuitBreakerConfiguration/minimumCalls``, and if
        /// ``CircuitBreakerConfiguration/slowCallRateThreshold`` is `nil`.
        public var slowCallRate: Double? { callsInWindow.slowCallRate(configuration) }
        /// The ages of the failures inside the window, oldest first.
        public var failureAges: [Duration] { failuresAt.map { max(.zero, takenAt - $0) } }
    }

    /// Counters that only grow, from the moment the breaker was made.
    ///
    /// A call counts when it ends, whatever the state of the breaker then: `succeeded + failed + ignored` is the number
    /// of admitted calls that have ended.
    public struct Totals: Sendable, Hashable {
        /// Calls that ended as a success.
        public internal(set) var succeeded: UInt64 = 0
        /// Calls that ended as a failure.
        public internal(set) var failed: UInt64 = 0
        /// Calls that ended as neither, dropped permits included.
        public internal(set) var ignored: UInt64 = 0
        /// Calls that were not admitted.
        public internal(set) var rejected: UInt64 = 0
        /// Times the breaker opened by itself.
        public internal(set) var opened: UInt64 = 0

        /// All zero.
        public init() {}
    }
}
