/// How many durations fell into each of some buckets, and their sum: what shares and quantiles are estimated from.
///
/// Memory and the cost of a recording don't depend on how much is recorded.
public struct DurationHistogram: Sendable, Equatable {
    /// The upper bounds of the buckets, inclusive, in ascending order; the last bucket, above all of them, has none.
    ///
    /// From an answer out of memory to one at the end of two request deadlines.
    public static let bounds: [Duration] = [
        .milliseconds(1), .microseconds(2500), .milliseconds(5), .milliseconds(10), .milliseconds(25),
        .milliseconds(50),
        .milliseconds(100), .milliseconds(250), .milliseconds(500), .seconds(1), .milliseconds(2500), .seconds(5),
        .seconds(10), .seconds(15), .seconds(30),
    ]

    /// How many durations fell into each bucket and no lower one; one more than there are bounds.
    public private(set) var counts = [UInt64](repeating: 0, count: Self.bounds.count + 1)

    /// All durations together.
    public private(set) var sum = Duration.zero

    /// Creates a histogram of nothing.
    public init() {}

    /// How many durations there were.
    public var count: UInt64 { counts.reduce(0, +) }

    /// Counts a duration.
    public mutating func record(_ duration: Duration) {
        counts[Self.bounds.firstIndex { duration <= $0 } ?? Self.bounds.count] += 1
        sum += duration
    }
}
