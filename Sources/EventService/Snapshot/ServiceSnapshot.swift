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

    /// When this was read.
    public var takenAt: Date

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

    /// Creates a snapshot from its parts.
    public init(
        takenAt: Date,
        upstream: Upstream,
        apiURL: String?,
        phase: Phase,
        breakers: [BreakerStatus],
        timeline: Timeline
    ) {
        self.takenAt = takenAt
        self.upstream = upstream
        self.apiURL = apiURL
        self.phase = phase
        self.breakers = breakers
        self.timeline = timeline
    }

    /// The breakers that are not closed, in order.
    public var troubled: [BreakerStatus] {
        breakers.filter { $0.state != .closed && $0.state != .disabled }
    }
}
