/// Durations in buckets that are at most an eighth wide, from which quantiles are read.
///
/// Memory and the cost of a recording don't depend on how much is recorded. Coarser buckets, which programs that collect
/// metrics can add up, are in `DurationHistogram`.
struct LatencyHistogram {
    /// Buckets for each doubling; below as many microseconds there is one for each.
    private static let perDoubling = 8

    /// The doublings that are told apart: from 8 µs to more than a minute.
    private static let doublings = 24

    private var counts = [UInt32](repeating: 0, count: perDoubling * (doublings + 1))
    private var shortest = UInt64.max
    private var longest: UInt64 = 0

    /// How many durations there were.
    private(set) var count: UInt32 = 0

    /// Counts a duration.
    mutating func record(_ duration: Duration) {
        guard count < .max else { return }
        let microseconds = Self.microseconds(duration)
        counts[Self.bucket(of: microseconds)] += 1
        count += 1
        shortest = min(shortest, microseconds)
        longest = max(longest, microseconds)
    }

    /// Forgets what was recorded.
    mutating func removeAll() {
        for index in counts.indices { counts[index] = 0 }
        (count, shortest, longest) = (0, .max, 0)
    }

    /// The least duration that a share of all did not exceed, at most an eighth too long; zero where there were none.
    /// - Parameter share: Above 0, at most 1.
    func quantile(_ share: Double) -> Duration {
        guard count > 0 else { return .zero }
        let rank = UInt32(clamping: Int((Double(count) * share).rounded(.up)))
        var seen: UInt32 = 0
        for (bucket, count) in counts.enumerated() {
            seen += count
            if seen >= rank { return .microseconds(min(max(Self.last(of: bucket), shortest), longest)) }
        }
        return .microseconds(longest)
    }

    private static func microseconds(_ duration: Duration) -> UInt64 {
        let (seconds, attoseconds) = duration.components
        return UInt64(clamping: seconds) * 1_000_000 + UInt64(clamping: attoseconds / 1_000_000_000_000)
    }

    private static func bucket(of microseconds: UInt64) -> Int {
        guard microseconds >= perDoubling else { return Int(microseconds) }
        let doubling = microseconds.bitWidth - microseconds.leadingZeroBitCount - 1 - perDoubling.trailingZeroBitCount
        guard doubling < doublings else { return perDoubling * (doublings + 1) - 1 }
        // The bits below the first say which eighth of the doubling it is.
        return perDoubling * (doubling + 1) + Int(microseconds >> UInt64(doubling)) - perDoubling
    }

    /// The longest duration of a bucket in microseconds; the last has everything that is longer, too.
    private static func last(of bucket: Int) -> UInt64 {
        guard bucket < perDoubling * (doublings + 1) - 1 else { return .max }
        guard bucket >= perDoubling else { return UInt64(bucket) }
        let (doubling, eighth) = (bucket / perDoubling - 1, bucket % perDoubling)
        return UInt64(perDoubling + eighth + 1) << UInt64(doubling) - 1
    }
}
