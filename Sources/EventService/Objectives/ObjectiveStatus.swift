public import struct Foundation.Date

/// How one promise about a route is kept.
public struct ObjectiveStatus: Sendable, Equatable, Identifiable {
    /// What is promised.
    public enum Kind: Sendable, Hashable {
        /// That answers are good.
        case availability
        /// That good answers come within a limit.
        case latency(limit: Duration)
    }

    /// What tells a promise from others.
    public struct ID: Sendable, Hashable {
        /// The route.
        public var route: UpstreamRoute
        /// Whether it is about how fast answers are.
        public var isLatency: Bool

        /// Creates an identifier from its parts.
        public init(route: UpstreamRoute, isLatency: Bool) {
            self.route = route
            self.isLatency = isLatency
        }
    }

    /// The route.
    public var route: UpstreamRoute

    /// What is promised.
    public var kind: Kind

    /// The share of the answers that is to be as promised; above 0 and below 1.
    public var target: Double

    /// When counting began, with the process or with another limit of a latency: no window reaches back beyond that.
    public var since: Date

    /// The answers within each window; those without one are missing.
    public var windows: [BurnWindow: AnswerCounts]

    /// The answers since `since`.
    public var totals: AnswerCounts

    /// Creates a status from its parts.
    public init(
        route: UpstreamRoute,
        kind: Kind,
        target: Double,
        since: Date,
        windows: [BurnWindow: AnswerCounts] = [:],
        totals: AnswerCounts = AnswerCounts()
    ) {
        self.route = route
        self.kind = kind
        self.target = target
        self.since = since
        self.windows = windows
        self.totals = totals
    }

    /// What tells it from others.
    public var id: ID { ID(route: route, isLatency: kind != .availability) }

    /// The answers within a window.
    public func counts(_ window: BurnWindow) -> AnswerCounts { windows[window] ?? AnswerCounts() }

    /// Whether there was no answer within the last hour.
    public var hasNoTraffic: Bool { counts(.traffic).answers == 0 }

    /// How many times the share of bad answers was what it may be; 0 without any.
    public func burnRate(_ window: BurnWindow) -> Double {
        let counts = counts(window)
        // Finite, whatever numbers somebody put together.
        let share = counts.bad == 0 ? 0 : Double(counts.bad) / Double(max(counts.answers, counts.bad))
        return share / max(1 - target, 1e-6)
    }

    /// The part of the last day's error budget that is left: 1 for all, 0 for none, below that for more bad answers than
    /// the day's may be.
    public var budgetLeft: Double { 1 - burnRate(.day) }

    /// Whether somebody has to act.
    public var alert: BurnAlert {
        BurnAlert.allCases.last { alert in
            guard let rule = alert.rule else { return true }
            return counts(rule.short).bad >= BurnAlert.minimumBad && burnRate(rule.short) > rule.rate
                && burnRate(rule.long) > rule.rate
        } ?? .none
    }
}
