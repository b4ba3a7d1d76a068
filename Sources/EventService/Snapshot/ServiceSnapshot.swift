public import struct Foundation.Date

/// Everything about the running service that its faces show, at one moment.
public struct ServiceSnapshot: Sendable, Equatable {
    /// The events API in use.
    public struct Upstream: Sendable, Equatable {
        /// Its base address.
        public var url: String
        /// The scenario of the built-in simulator; `nil` when it is not the simulator.
        public var scenario: String?

        /// Creates a description from its parts.
        public init(url: String, scenario: String? = nil) {
            self.url = url
            self.scenario = scenario
        }
    }

    /// Whether requests are served.
    public enum Phase: String, Sendable, Equatable {
        /// Not listening yet.
        case starting
        /// Serving.
        case serving
        /// Finishing what is under way before the process ends.
        case draining
    }

    /// The events that are kept for later.
    public struct Outbox: Sendable, Equatable {
        /// How many there are.
        public var status: OutboxStatus
        /// Why nothing can be kept or delivered now, in words; `nil` while all is well.
        ///
        /// While it isn't, the status is the last known.
        public var failure: String?

        /// Creates a description from its parts.
        public init(status: OutboxStatus = OutboxStatus(), failure: String? = nil) {
            self.status = status
            self.failure = failure
        }

        /// Whether an event that can't be delivered now can be kept for later.
        public var canKeep: Bool { failure == nil && !status.isFull }
    }

    /// When this was read.
    public var takenAt: Date

    /// Which run of the service tells this, as far as that is known: where it is another than before, entries may be numbered
    /// anew, and what changed in between was told to nobody.
    public var generation: UInt64

    /// The events API in use.
    public var upstream: Upstream

    /// Where the HTTP API of this process listens, as a URL; `nil` while it does not.
    public var apiURL: String?

    /// Whether requests are served.
    public var phase: Phase

    /// One status for every route, in the order of `UpstreamRoute.allCases`.
    public var breakers: [BreakerStatus]

    /// What happened lately.
    public var timeline: Timeline

    /// The events that are kept for later; `nil` where none ever are.
    public var outbox: Outbox?

    /// How what the callers of the routes are promised is kept: in the order of `UpstreamRoute.allCases`, availability first.
    public var objectives: [ObjectiveStatus]

    /// Creates a snapshot from its parts.
    public init(
        takenAt: Date,
        upstream: Upstream,
        apiURL: String?,
        phase: Phase,
        breakers: [BreakerStatus],
        timeline: Timeline,
        outbox: Outbox? = nil,
        objectives: [ObjectiveStatus] = [],
        generation: UInt64 = 0
    ) {
        self.takenAt = takenAt
        self.generation = generation
        self.upstream = upstream
        self.apiURL = apiURL
        self.phase = phase
        self.breakers = breakers
        self.timeline = timeline
        self.outbox = outbox
        self.objectives = objectives
    }

    /// The breakers that are not closed, in order.
    public var troubled: [BreakerStatus] {
        breakers.filter { $0.state != .closed && $0.state != .disabled }
    }
}
