import EventService
import Foundation

/// One route's lane of the failure timeline, cut into cells.
struct LaneCells: Equatable {
    /// What a cell shows of the calls in its time: the most telling of what happened, however many calls there were.
    enum Calls: Int, Comparable {
        case none
        case success
        case probeSuccess
        case probeFailure
        case rejection
        case failure

        static func < (first: Calls, second: Calls) -> Bool { first.rawValue < second.rawValue }
    }

    /// A time in which the breaker was not closed, as columns.
    struct Band: Equatable {
        var state: BreakerStatus.State
        var columns: ClosedRange<Int>
        /// Whether its first moment is on the row.
        var startsHere: Bool
        /// Whether its last moment is on the row, that is, whether it has ended.
        var endsHere: Bool
        var wait: Duration?
    }

    private(set) var calls: [Calls]
    private(set) var bands: [Band]

    init(_ lane: Timeline.Lane, scale: TimelineScale) {
        calls = Array(repeating: .none, count: scale.count)
        for second in lane.seconds.reversed() {
            let column = scale.column(ofSecond: second.second)
            if column < 0 { break }
            // A second can begin in a cell before the one that holds now, never after it, unless the clock was set back.
            guard column < scale.count else { continue }
            calls[column] = max(calls[column], Calls(second))
        }
        bands = lane.bands.compactMap { Band($0, scale: scale) }
    }

    /// Whether the row shows anything that moves with time; a state that fills the whole row does not.
    var isMoving: Bool {
        bands.contains { $0.startsHere || $0.endsHere } || calls.contains { $0 != .none }
    }
}

extension LaneCells.Calls {
    init(_ second: Timeline.Second) {
        self =
            if second.failures > 0 {
                .failure
            } else if second.rejections > 0 {
                .rejection
            } else if second.probeFailures > 0 {
                .probeFailure
            } else if second.probeSuccesses > 0 {
                .probeSuccess
            } else if second.successes > 0 {
                .success
            } else {
                .none
            }
    }
}

extension LaneCells.Band {
    init?(_ band: Timeline.Band, scale: TimelineScale) {
        let first = scale.column(of: band.from)
        let last = band.to.map(scale.column(of:)) ?? scale.count - 1
        guard last >= 0, first < scale.count, first <= last else { return nil }
        self.init(
            state: band.state,
            columns: max(0, first)...min(scale.count - 1, last),
            startsHere: first >= 0,
            endsHere: band.to != nil && last < scale.count,
            wait: band.wait
        )
    }
}
