extension RateLimit {
    /// A limiter's counters and its number of keys at one moment.
    public struct Snapshot: Sendable, Hashable {
        /// Keys that are remembered, some of them with buckets that are full again.
        public let keys: Int
        /// The number of keys that are remembered at most.
        public let maximumKeys: Int
        /// What happened to all calls so far.
        public let totals: Totals
    }

    /// Counters that only grow, from the moment the limiter was made.
    public struct Totals: Sendable, Hashable {
        /// Calls that got what they asked for.
        public internal(set) var admitted: UInt64 = 0
        /// Calls that got nothing.
        public internal(set) var rejected: UInt64 = 0
        /// New keys that began with less than a full bucket, because there was no place left.
        ///
        /// If this grows, the limiter has too few keys, or somebody uses very many.
        public internal(set) var inherited: UInt64 = 0

        /// All zero.
        public init() {}
    }
}
