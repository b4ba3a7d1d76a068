extension Timeline {
    /// How long the calls took that ended within five seconds, probes and failures included.
    public struct Latency: Sendable, Equatable {
        /// How many seconds are summed up.
        public static let length: Int64 = 5

        /// The first of the seconds, counted from 1970-01-01T00:00:00Z; a multiple of `length`.
        public var second: Int64
        /// How many calls ended.
        public var calls: UInt32
        /// What half of the calls did not exceed, at most an eighth too long.
        public var median: Duration
        /// What 99 of 100 calls did not exceed, at most an eighth too long.
        public var percentile99: Duration

        /// Creates a latency from its parts.
        public init(second: Int64, calls: UInt32, median: Duration, percentile99: Duration) {
            self.second = second
            self.calls = calls
            self.median = median
            self.percentile99 = percentile99
        }
    }
}
