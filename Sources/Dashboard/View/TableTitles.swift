import EventService
import Foundation
import TextUI

extension TableState {
    /// How many rows there are, and how many of them the filter leaves; empty while there are none.
    var countText: DisplayText {
        if all.isEmpty { return .empty }
        return isFiltered ? DisplayText("\(rows.count) of \(all.count)") : DisplayText("\(all.count)")
    }

    /// What the rows are ordered by, with the direction.
    func orderText(_ order: DisplayText, startsHigh: Bool = false, _ glyphs: Glyphs) -> DisplayText {
        if all.isEmpty { return .empty }
        guard !order.isEmpty else { return isReversed ? "reversed" : .empty }
        return order + " " + (isReversed == startsHigh ? glyphs.ascending : glyphs.descending)
    }
}

extension Loadable {
    /// How old the value is, for a title.
    func freshness(_ context: ViewContext) -> ViewContext.TitlePart {
        switch state {
        case .loading, .failed: ViewContext.TitlePart([])
        case .loaded(_, let asOf): ViewContext.TitlePart(DisplayText("as of \(context.time.clock(asOf))"), priority: 2)
        case .stale(_, let asOf, _):
            // Whatever else there is no room for, that what is shown is old is told.
            ViewContext.TitlePart(DisplayText("stale \(DurationText.age(context.now.time(since: asOf)))"), priority: 11)
        }
    }

    /// When what is shown was read, if that is too long ago.
    var staleSince: Date? {
        if case .stale(_, let asOf, _) = state { asOf } else { nil }
    }

    /// Why the value is no younger.
    func staleReason(_ time: TimeText) -> DisplayText? {
        guard case .stale(_, let asOf, let why) = state else { return nil }
        return DisplayText("As of \(time.clock(asOf)), not read again: \(why.message).")
    }
}
