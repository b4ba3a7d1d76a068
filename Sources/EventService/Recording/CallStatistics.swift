import Resilience

/// What came of the calls to one route of the events API since the service was made.
public struct CallStatistics: Sendable, Equatable {
    /// How often something ended in each way.
    public struct Counts: Sendable, Equatable {
        private var counts = [UInt64](repeating: 0, count: CallOutcome.allCases.count)

        /// How often it ended like this.
        public internal(set) subscript(outcome: CallOutcome) -> UInt64 {
            get { counts[outcome.rawValue] }
            set { counts[outcome.rawValue] = newValue }
        }
    }

    /// A change of the breaker from one state to another.
    public struct Change: Sendable, Hashable {
        /// The state that ended.
        public var from: BreakerStatus.State
        /// The state that began.
        public var to: BreakerStatus.State
    }

    /// Calls that ended, each with all its retries.
    public internal(set) var calls = Counts()

    /// Attempts that ended.
    public internal(set) var attempts = Counts()

    /// Attempts under way now.
    public internal(set) var attemptsUnderWay = 0

    /// Attempts begun after the first one of their call.
    public internal(set) var retries: UInt64 = 0

    /// How long the attempts that ended took, however they ended.
    public internal(set) var attemptDurations = DurationHistogram()

    /// How often the breaker changed; the changes that it makes by itself are there from the start.
    public internal(set) var changes: [Change: UInt64] = [
        Change(from: .closed, to: .open): 0, Change(from: .open, to: .halfOpen): 0,
        Change(from: .halfOpen, to: .open): 0, Change(from: .halfOpen, to: .closed): 0,
    ]
}

extension CallStatistics.Change {
    init(_ transition: CircuitBreaker.Transition) {
        self.init(from: BreakerStatus.State(transition.from), to: BreakerStatus.State(transition.to))
    }
}
