import DequeModule

import struct Foundation.Date

/// What happened on one route in the last 24 h, kept the more coarsely the older it is, so that no load makes it grow.
struct LaneRecord {
    /// How many seconds are kept one by one.
    static let span: Int64 = 600

    private var seconds: Deque<Timeline.Second> = []
    private var past = LanePast()
    private var bands = LaneBands()

    /// Counts something that happened at `date`, that many times.
    mutating func count(_ counter: WritableKeyPath<Timeline.Second, UInt32>, at date: Date, times: UInt32 = 1) {
        let second = Int64(date.timeIntervalSince1970.rounded(.down))
        if let last = seconds.last, last.second >= second {
            seconds[seconds.count - 1][keyPath: counter] += times
        } else {
            var new = Timeline.Second(second: second)
            new[keyPath: counter] = times
            seconds.append(new)
        }
        var outdated: [Timeline.Second] = []
        while let first = seconds.first, first.second <= second - Self.span {
            outdated.append(first)
            seconds.removeFirst()
        }
        if !outdated.isEmpty { past.take(outdated, now: second) }
    }

    /// Ends the band under way, and starts one unless the breaker closed.
    mutating func enter(_ state: BreakerStatus.State, at date: Date, wait: Duration?) {
        bands.end(at: date)
        if state != .closed { bands.begin(Timeline.Band(state: state, from: date, wait: wait)) }
    }

    /// Ends the band under way.
    mutating func end(at date: Date) {
        bands.end(at: date)
    }

    var lane: Timeline.Lane {
        Timeline.Lane(seconds: Array(seconds), earlier: past.periods, bands: bands.all)
    }
}
