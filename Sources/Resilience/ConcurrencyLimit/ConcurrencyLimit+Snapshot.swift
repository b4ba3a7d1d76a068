extension ConcurrencyLimit {
    /// Everything about a limit at one moment.
    public struct Snapshot: Sendable, Hashable {
        /// The limit that is in force.
        public let limit: Int
        /// The limit that latencies have led to; twice ``limit`` or so while ``isProbing``, else the same.
        public let estimatedLimit: Int
        /// Whether the limit rests, at first, or is halved for a moment, to measure ``longTermLatency``.
        ///
        /// Never if it is fixed.
        public let isProbing: Bool
        /// Calls under way; above ``limit`` where that has fallen since they were admitted.
        public let inFlight: Int
        /// The average latency of the last window; `nil` before one has ended, and if the limit is fixed.
        public let shortTermLatency: Duration?
        /// The average latency without a queue; `nil` before it was measured, and if the limit is fixed.
        public let longTermLatency: Duration?
        /// What happened to all calls so far.
        public let totals: Totals
        /// The settings.
        public let configuration: ConcurrencyLimitConfiguration
    }

    /// Counters that only grow, from the moment the limit was made.
    ///
    /// A call counts when it ends: `succeeded + overloaded + ignored` is the number of admitted calls that have ended.
    public struct Totals: Sendable, Hashable {
        /// Calls that ended as a success.
        public internal(set) var succeeded: UInt64 = 0
        /// Calls that ended as an overload.
        public internal(set) var overloaded: UInt64 = 0
        /// Calls that ended as neither, dropped permits included.
        public internal(set) var ignored: UInt64 = 0
        /// Calls that were not admitted.
        public internal(set) var rejected: UInt64 = 0

        /// All zero.
        public init() {}
    }
}

extension ConcurrencyLimitMachine {
    /// Everything there is to see; changes nothing.
    var snapshot: ConcurrencyLimit.Snapshot {
        ConcurrencyLimit.Snapshot(
            limit: limit,
            estimatedLimit: Int(estimate),
            isProbing: state != .steady,
            inFlight: inFlight,
            shortTermLatency: shortTerm.map { .nanoseconds(Int64(saturating: $0)) },
            longTermLatency: longTerm.map { .nanoseconds(Int64(saturating: $0)) },
            totals: totals,
            configuration: configuration
        )
    }
}
