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

    /// How many there were in a second, over the last `span` (at most ten seconds) or since the first.
    func rate(at now: Duration, over span: Duration) -> Double {
        guard let first else { return 0 }
        let elapsed = max(Self.width, min(now - first, span, Self.width * Self.span))
        let before = Int64(((now - elapsed) / Self.width).rounded(.down))
        return Double(counts.reduce(0) { $1.slot > before ? $0 + $1.count : $0 }) / elapsed.inSeconds
    }
}
