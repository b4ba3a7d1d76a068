public import struct Foundation.Date

/// What happened lately on the routes of the events API, bounded whatever the load.
public struct Timeline: Sendable, Equatable {
    /// What happened on one route within one second.
    public struct Second: Sendable, Equatable {
        /// The second, counted from 1970-01-01T00:00:00Z.
        public var second: Int64
        /// Calls that succeeded, probes not counted.
        public var successes: UInt32 = 0
        /// Calls that failed, probes not counted.
        public var failures: UInt32 = 0
        /// Calls that the breaker did not let through.
        public var rejections: UInt32 = 0
        /// Probes that succeeded.
        public var probeSuccesses: UInt32 = 0
        /// Probes that failed.
        public var probeFailures: UInt32 = 0

        /// Creates an empty second.
        public init(second: Int64) {
            self.second = second
        }

        /// Adds what happened in another second.
        public mutating func add(_ other: Second) {
            successes = successes.addingUpToMaximum(other.successes)
            failures = failures.addingUpToMaximum(other.failures)
            rejections = rejections.addingUpToMaximum(other.rejections)
            probeSuccesses = probeSuccesses.addingUpToMaximum(other.probeSuccesses)
            probeFailures = probeFailures.addingUpToMaximum(other.probeFailures)
        }
    }

    /// What happened on one route within several seconds.
    public struct Period: Sendable, Equatable {
        /// The sum of its seconds; its `second` is the first of them.
        public var sum: Second
        /// How many seconds it has.
        public var length: Int64

        /// Creates a period from its parts.
        public init(sum: Second, length: Int64) {
            self.sum = sum
            self.length = length
        }

        /// The second after its last.
        public var end: Int64 { sum.second + length }
    }

    /// A time during which a breaker was not closed.
    public struct Band: Sendable, Equatable {
        /// The state.
        public var state: BreakerStatus.State
        /// When the breaker entered the state.
        public var from: Date
        /// When it left it; `nil` while it is in it.
        public var to: Date?
        /// The wait, where the state is open.
        public var wait: Duration?

        /// Creates a band from its parts.
        public init(state: BreakerStatus.State, from: Date, to: Date? = nil, wait: Duration? = nil) {
            self.state = state
            self.from = from
            self.to = to
            self.wait = wait
        }

        /// The band as its breaker was until a moment: open until the wait was over, and half-open from then on, also where no
        /// call has come that would be the probe.
        package func withHalfOpen(until date: Date) -> [Band] {
            guard state == .open, to == nil, let wait else { return [self] }
            let due = from.addingTimeInterval(wait.inSeconds)
            guard due < date else { return [self] }
            return [Band(state: .open, from: from, to: due, wait: wait), Band(state: .halfOpen, from: due)]
        }
    }

    /// What happened on one route.
    public struct Lane: Sendable, Equatable {
        /// The seconds in which something happened, oldest first; at most the last 600 s.
        public var seconds: [Second]
        /// What happened before them, oldest first, in periods that are the longer the older they are; at most 24 h.
        ///
        /// What happened is counted in one of them only, also where a long one has yet to get the end of its time.
        public var earlier: [Period]
        /// The times the breaker was not closed, oldest first; at most 256.
        ///
        /// All but the last 64 may be several in one, with what little time there was between.
        public var bands: [Band]
        /// How long calls took, oldest first, without the times in which none ended; at most the last 600 s.
        public var latencies: [Latency]

        /// Creates a lane from its parts.
        public init(
            seconds: [Second] = [],
            earlier: [Period] = [],
            bands: [Band] = [],
            latencies: [Latency] = []
        ) {
            self.seconds = seconds
            self.earlier = earlier
            self.bands = bands
            self.latencies = latencies
        }
    }

    /// A time of which only failures and changes of state are known, or nothing: before the process started.
    public struct Gap: Sendable, Equatable {
        /// When it begins.
        public var from: Date
        /// When it ends: from then on every call is known.
        public var to: Date

        /// Creates a gap from its parts.
        public init(from: Date, to: Date) {
            self.from = from
            self.to = to
        }
    }

    /// A single failure or a change of state, to be read one by one.
    public struct Entry: Sendable, Equatable, Identifiable {
        /// What happened.
        public enum Kind: Sendable, Equatable {
            /// A call to the events API failed.
            case failure(message: String, duration: Duration, isProbe: Bool)
            /// A breaker changed its state, and why.
            case transition(from: BreakerStatus.State, to: BreakerStatus.State, reason: String)
            /// The process started, with closed breakers, so long after the last moment that is known of the one before;
            /// `nil` where there was none.
            case started(downtime: Duration?)
            /// The process was told to stop, and did; one that died has no such entry.
            case stopped
        }

        /// Counts up by one with every entry, over restarts too where they are kept.
        public var id: UInt64
        /// When it happened.
        public var at: Date
        /// The route that it happened on; `nil` where it concerns all of them.
        public var route: UpstreamRoute?
        /// What happened, in texts parts of which may come from the events API and are untrusted.
        public var kind: Kind
        /// The request that it happened for, where there is one.
        public var requestID: String?

        /// Creates an entry from its parts.
        public init(id: UInt64, at: Date, route: UpstreamRoute?, kind: Kind, requestID: String? = nil) {
            self.id = id
            self.at = at
            self.route = route
            self.kind = kind
            self.requestID = requestID
        }
    }

    /// What happened by route.
    public var lanes: [UpstreamRoute: Lane]

    /// The last failures and changes of state of all routes, oldest first; at most 200.
    public var entries: [Entry]

    /// The times of which not every call is known, oldest first; at most 64.
    public var gaps: [Gap]

    /// Creates a timeline from its parts.
    public init(lanes: [UpstreamRoute: Lane] = [:], entries: [Entry] = [], gaps: [Gap] = []) {
        self.lanes = lanes
        self.entries = entries
        self.gaps = gaps
    }
}

extension UInt32 {
    func addingUpToMaximum(_ other: UInt32) -> UInt32 {
        let (sum, overflow) = addingReportingOverflow(other)
        return overflow ? .max : sum
    }
}
