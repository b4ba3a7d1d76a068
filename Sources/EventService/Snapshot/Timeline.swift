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
    }

    /// What happened on one route.
    public struct Lane: Sendable, Equatable {
        /// The seconds in which something happened, oldest first; at most the last 600 s.
        public var seconds: [Second]
        /// The times the breaker was not closed, oldest first; at most 64.
        public var bands: [Band]

        /// Creates a lane from its parts.
        public init(seconds: [Second] = [], bands: [Band] = []) {
            self.seconds = seconds
            self.bands = bands
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
        }

        /// Counts up by one with every entry since the process started.
        public var id: UInt64
        /// When it happened.
        public var at: Date
        /// The route that it happened on.
        public var route: UpstreamRoute
        /// What happened, in texts parts of which may come from the events API and are untrusted.
        public var kind: Kind
        /// The request that it happened for, where there is one.
        public var requestID: String?

        /// Creates an entry from its parts.
        public init(id: UInt64, at: Date, route: UpstreamRoute, kind: Kind, requestID: String? = nil) {
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

    /// Creates a timeline from its parts.
    public init(lanes: [UpstreamRoute: Lane] = [:], entries: [Entry] = []) {
        self.lanes = lanes
        self.entries = entries
    }
}
