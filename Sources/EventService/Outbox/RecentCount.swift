/// How many there were in the last ten seconds, kept in tenths of a second.
struct RecentCount {
    private static let span = 100
    private static let width = Duration.milliseconds(100)

    private var counts: [(slot: Int64, count: Int)] = []
    private var first: Duration?

    /// Counts one.
    mutating func count(at now: Duration) {
        if first == nil { first = now }
        let slot = Int64(now / Self.width)
        if let last = counts.indices.last, counts[last].slot == slot {
            counts[last].count += 1
        } else {
            counts.append((slot, 1))
        }
        counts.removeAll { $0.slot <= slot - Int64(Self.span) }
    }

    /// How many there were in a second, over the last ten or since the first.
    func rate(at now: Duration) -> Double {
        guard let first else { return 0 }
        let slot = Int64(now / Self.width)
        let count = counts.reduce(0) { $1.slot > slot - Int64(Self.span) ? $0 + $1.count : $0 }
        let elapsed = min(now - first, Self.width * Self.span)
        return Double(count) / max(elapsed, Self.width).inSeconds
    }
}
