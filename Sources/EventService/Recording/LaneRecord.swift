import DequeModule

import struct Foundation.Date

/// What happened on one route, kept in seconds so that no load makes it grow.
struct LaneRecord {
    /// How many seconds are kept.
    static let span: Int64 = 600

    /// How many times of not being closed are kept.
    static let maximumBands = 64

    private var seconds: Deque<Timeline.Second> = []
    private var bands: Deque<Timeline.Band> = []

    /// Counts something that happened at `date`.
    mutating func count(_ counter: WritableKeyPath<Timeline.Second, UInt32>, at date: Date) {
        let second = Int64(date.timeIntervalSince1970.rounded(.down))
        if let last = seconds.last, last.second >= second {
            seconds[seconds.count - 1][keyPath: counter] += 1
        } else {
            var new = Timeline.Second(second: second)
            new[keyPath: counter] = 1
            seconds.append(new)
        }
        while let first = seconds.first, first.second <= second - Self.span { seconds.removeFirst() }
    }

    /// Ends the band under way, and starts one unless the breaker closed.
    mutating func enter(_ state: BreakerStatus.State, at date: Date, wait: Duration?) {
        if let last = bands.indices.last, bands[last].to == nil { bands[last].to = date }
        guard state != .closed else { return }
        bands.append(Timeline.Band(state: state, from: date, wait: wait))
        if bands.count > Self.maximumBands { bands.removeFirst() }
    }

    var lane: Timeline.Lane {
        Timeline.Lane(seconds: Array(seconds), bands: Array(bands))
    }
}
