import struct Foundation.Date

/// The times that one route's breaker was not closed, bounded however often it changed.
package struct LaneBands {
    /// The most bands that are kept.
    package static let maximum = 256

    /// How many of the newest are kept as they were.
    ///
    /// Of the others, where there are too many, the two with the least time between them become one: an outage of a day is
    /// one band, and not the waits and probes of its last hours.
    package static let whole = 64

    /// The bands, oldest first.
    private(set) var all: [Timeline.Band] = []

    /// Forgets what is in the future of a time so early that the clock was set back; a band under way began no later.
    mutating func followClock(at date: Date) {
        guard let last = all.last, (last.to ?? last.from).timeIntervalSince(date) > Double(LaneRecord.lateness) else {
            return
        }
        all.removeAll { $0.from > date && $0.to != nil }
        for index in all.indices {
            all[index].from = min(all[index].from, date)
            all[index].to = all[index].to.map { min($0, date) }
        }
    }

    /// Ends the band under way; an open breaker whose wait was over before that was half-open from then on.
    mutating func end(at date: Date) {
        followClock(at: date)
        guard let last = all.last, last.to == nil else { return }
        all.removeLast()
        for var band in last.withHalfOpen(until: date) {
            band.to = max(band.from, band.to ?? date)
            begin(band)
        }
    }

    /// Begins a band; the one before must have ended.
    mutating func begin(_ band: Timeline.Band) {
        if let last = all.last, last.state == .halfOpen, band.state == .halfOpen, last.to == band.from {
            all[all.count - 1].to = band.to
            return
        }
        all.append(band)
        if all.count > Self.maximum { joinClosest() }
    }

    private mutating func joinClosest() {
        let old = all.indices.dropLast(Self.whole + 1)
        guard let first = old.min(by: { timeAfter($0) < timeAfter($1) }) else { return }
        let second = all.remove(at: first + 1)
        let longer = length(all[first]) >= length(second) ? all[first] : second
        all[first] = Timeline.Band(state: longer.state, from: all[first].from, to: second.to)
    }

    private func timeAfter(_ index: Int) -> Double {
        all[index + 1].from.timeIntervalSince(all[index].to ?? all[index].from)
    }

    private func length(_ band: Timeline.Band) -> Double {
        (band.to ?? band.from).timeIntervalSince(band.from)
    }
}
