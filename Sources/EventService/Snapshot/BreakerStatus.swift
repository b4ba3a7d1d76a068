public import struct Foundation.Date

/// The state of one route's circuit breaker at one moment, in wall-clock terms that a face can show.
public struct BreakerStatus: Sendable, Equatable, Identifiable {
    /// The state of a circuit breaker, spelled as the HTTP API spells it.
    public enum State: String, Sendable, Hashable, CaseIterable {
        case closed = "CLOSED"
        case open = "OPEN"
        case halfOpen = "HALF_OPEN"
        case forcedOpen = "FORCED_OPEN"
        case disabled = "DISABLED"
    }

    /// What has passed through the breaker since the process started.
    public struct Totals: Sendable, Equatable {
        /// Calls that succeeded.
        public var succeeded: UInt64 = 0
        /// Calls that failed.
        public var failed: UInt64 = 0
        /// Calls that counted as neither, because their caller went away.
        public var ignored: UInt64 = 0
        /// Calls that the breaker did not let through.
        public var rejected: UInt64 = 0
        /// Times that the breaker opened.
        public var opened: UInt64 = 0

        /// Creates totals of zero.
        public init() {}
    }

    /// The last call that failed.
    public struct Failure: Sendable, Equatable {
        /// When the call ended.
        public var at: Date
        /// What went wrong, in words, parts of which may come from the events API and are untrusted.
        public var message: String

        /// Creates a failure from its parts.
        public init(at: Date, message: String) {
            self.at = at
            self.message = message
        }
    }

    /// The route that the breaker protects.
    public var route: UpstreamRoute

    /// The state now.
    public var state: State

    /// When the breaker entered `state`.
    public var since: Date

    /// When the next call is let through as a probe; `nil` unless open, or half-open because the wait is over.
    ///
    /// At or after it the breaker is due for its probe, and a new status reads half-open.
    public var probeAt: Date?

    /// How long the wait is that ends at `probeAt`; `nil` where that is.
    public var wait: Duration?

    /// The waits between probes before jitter, shortest first, the last of which repeats: 10, 20, 40, 60 s.
    public var waitSchedule: [Duration]

    /// How many times the breaker has opened since it was last closed; 0 when closed.
    ///
    /// `waitSchedule[openings - 1]`, or its last element, is the current step.
    public var openings: Int

    /// Probes under way now.
    public var probesUnderWay: Int

    /// When the failures that count now happened, oldest first; those older than `failureWindow` count no more.
    public var failures: [Date]

    /// As many failures within `failureWindow` open the breaker; `Int.max` if only their share matters.
    public var failureThreshold: Int

    /// How long a failure counts.
    public var failureWindow: Duration

    /// What has passed through since the process started.
    public var totals: Totals

    /// The last call that failed, if any did.
    public var lastFailure: Failure?

    /// The route's name.
    public var id: UpstreamRoute { route }

    /// Creates the status of a breaker that has seen nothing.
    public init(
        route: UpstreamRoute,
        state: State = .closed,
        since: Date,
        waitSchedule: [Duration],
        failureThreshold: Int,
        failureWindow: Duration
    ) {
        self.route = route
        self.state = state
        self.since = since
        self.waitSchedule = waitSchedule
        self.openings = 0
        self.probesUnderWay = 0
        self.failures = []
        self.failureThreshold = failureThreshold
        self.failureWindow = failureWindow
        self.totals = Totals()
    }
}
