/// What the callers of one route are promised: which share of their answers is good, and which of those is fast.
public struct RouteObjectives: Sendable, Equatable {
    /// A promise of how fast answers are.
    public struct Latency: Sendable, Equatable {
        /// An answer that took longer is too slow.
        public var limit: Duration

        /// The share of the good answers that is to come within `limit`; above 0 and below 1.
        public var share: Double

        /// Creates a promise from its parts.
        public init(limit: Duration, share: Double) {
            self.limit = limit
            self.share = share
        }
    }

    /// The share of the answers that is to be good, above 0 and below 1; `nil` promises nothing.
    public var availability: Double?

    /// How fast answers are to be; `nil` promises nothing.
    public var latency: Latency?

    /// Creates objectives from their parts.
    ///
    /// Without arguments, 99.5 % of the answers are to be good. How fast is fast depends on the events API alone, so that
    /// nothing is promised of it.
    public init(availability: Double? = 0.995, latency: Latency? = nil) {
        self.availability = availability
        self.latency = latency
    }
}
