import DequeModule

import struct Foundation.Date

/// What happened on one route in the last 24 h, kept the more coarsely the older it is, so that no load makes it grow.
struct LaneRecord {
    /// How many seconds are kept one by one.
    static let span: Int64 = 600

    /// How much earlier than what was counted before something may come, in seconds; by more, the clock was set back.
    static let lateness = Timeline.Latency.length

    private var seconds: Deque<Timeline.Second> = []
    private var past = LanePast()
    private var bands = LaneBands()
    private var latency = LatencyRecord()

    /// Takes over what was recorded before, oldest first, before anything else is counted.
    mutating func restore(_ past: [Timeline.Second]) {
        for second in past {
            if let last = seconds.last, last.second >= second.second {
                seconds[seconds.count - 1].add(second)
            } else {
                seconds.append(second)
            }
        }
        moveOn()
    }

    /// Counts something that happened at `date`; what comes a little late counts in the second under way.
    ///
    /// After the clock was set back, what is in the future is forgotten.
    mutating func count(_ counter: WritableKeyPath<Timeline.Second, UInt32>, at date: Date) {
        let second = Int64(date.timeIntervalSince1970.rounded(.down))
        if let last = seconds.last, second < last.second - Self.lateness { forget(after: second) }
        bands.followClock(at: date)
        if let last = seconds.last, last.second >= second {
            let count = last[keyPath: counter]
            seconds[seconds.count - 1][keyPath: counter] = count.addingUpToMaximum(1)
        } else {
            var new = Timeline.Second(second: second)
            new[keyPath: counter] = 1
            seconds.append(new)
            moveOn()
        }
    }

    private mutating func forget(after second: Int64) {
        while let last = seconds.last, last.second > second { seconds.removeLast() }
        past.forget(after: second)
    }

    /// Leaves what is no longer kept second by second to the past.
    private mutating func moveOn() {
        guard let now = seconds.last?.second else { return }
        let outdated = seconds.prefix { $0.second <= now - Self.span }
        guard !outdated.isEmpty else { return }
        past.take(outdated, now: now)
        seconds.removeFirst(outdated.count)
    }

    /// Counts how long a call took that ended at `date`.
    mutating func count(_ duration: Duration, at date: Date) {
        latency.count(duration, at: date)
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
        Timeline.Lane(
            seconds: Array(seconds),
            earlier: past.periods,
            bands: bands.all,
            latencies: latency.latencies
        )
    }
}
