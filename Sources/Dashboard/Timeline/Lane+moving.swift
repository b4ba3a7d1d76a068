import EventService
import Foundation

extension Timeline.Lane {
    /// Whether its row shows anything that moves with time; a state that fills the whole row does not.
    ///
    /// Looks at the newest first and no further than it must: this is asked for after every change.
    func isMoving(gaps: [Timeline.Gap], on scale: TimelineScale) -> Bool {
        hasCalls(on: scale)
            || bands.contains { band in
                LaneCells.Band.all(of: band, scale: scale).contains { $0.startsHere || $0.endsHere }
            }
            || gaps.contains { gap in
                scale.columnsWithin(gap).map { $0.lowerBound > 0 || $0.upperBound < scale.count - 1 } ?? false
            }
    }

    private func hasCalls(on scale: TimelineScale) -> Bool {
        seconds.reversed().lazy.prefix { scale.column(ofSecond: $0.second + 1) >= 0 }
            .contains { $0.isShown(from: $0.second, to: $0.second + 1, on: scale) }
            || earlier.reversed().lazy.prefix { scale.column(ofSecond: $0.end) >= 0 }
                .contains { $0.sum.isShown(from: $0.sum.second, to: $0.end, on: scale) }
    }
}

extension Timeline.Second {
    /// Whether a row shows calls of a time that lasted so long.
    fileprivate func isShown(from start: Int64, to end: Int64, on scale: TimelineScale) -> Bool {
        LaneCells.Calls.mostTelling(of: self).kind != .none && !scale.columns(fromSecond: start, toSecond: end).isEmpty
    }
}
