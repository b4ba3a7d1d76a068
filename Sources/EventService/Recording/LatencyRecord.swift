import DequeModule

import struct Foundation.Date

/// How long the calls to one route took lately, so much at a time, so that no load makes it grow.
struct LatencyRecord {
    /// How many spells are kept: as long as the seconds of a lane.
    static let maximumSpells = Int(LaneRecord.span / Timeline.Latency.length)

    private var ended: Deque<Timeline.Latency> = []
    private var start: Int64 = .min
    private var histogram = LatencyHistogram()

    /// Counts a call that ended at `date`; one that comes late counts in the spell under way.
    ///
    /// One that comes too early for that was called after the clock was set back: what is in its future is forgotten.
    mutating func count(_ duration: Duration, at date: Date) {
        let second = Int64(date.timeIntervalSince1970.rounded(.down))
        if start != .min, second < start - LaneRecord.lateness { forget(from: second) }
        if start == .min || second >= start + Timeline.Latency.length { begin(at: second) }
        histogram.record(duration)
    }

    private mutating func forget(from second: Int64) {
        histogram.removeAll()
        start = .min
        while let last = ended.last, last.second + Timeline.Latency.length > second { ended.removeLast() }
    }

    private mutating func begin(at second: Int64) {
        if let current {
            ended.append(current)
            histogram.removeAll()
        }
        start = second - second % Timeline.Latency.length
        let oldest = start - LaneRecord.span
        while let first = ended.first, first.second <= oldest || ended.count >= Self.maximumSpells {
            ended.removeFirst()
        }
    }

    private var current: Timeline.Latency? {
        guard histogram.count > 0 else { return nil }
        return Timeline.Latency(
            second: start,
            calls: histogram.count,
            median: histogram.quantile(0.5),
            percentile99: histogram.quantile(0.99)
        )
    }

    /// The spells in which calls ended, oldest first, the one under way included.
    var latencies: [Timeline.Latency] { Array(ended) + [current].compactMap { $0 } }
}
