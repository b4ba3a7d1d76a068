import Foundation
import TextUI

extension DashboardModel {
    /// Which time the lanes show, and how to show another one.
    func timelineTitle(width: Int, isFocused: Bool, _ context: ViewContext) -> DisplayText {
        var parts = [
            ViewContext.TitlePart(asOf ?? .empty, priority: 4), .init(timeShown(context), priority: 3),
        ]
        parts.append(.init("+/- zoom", priority: 1))
        if isFocused || timeline.end != nil { parts.append(.init("</> pan", priority: 0)) }
        if timeline.end != nil { parts.append(.init("0 now", priority: 2)) }
        return context.title(parts, width: max(0, width))
    }

    private func timeShown(_ context: ViewContext) -> DisplayText {
        guard let end = timeline.end else { return DisplayText("last \(DurationText.length(timeline.span))") }
        let from = context.time.moment(end + (.zero - timeline.span), now: context.now)
        return DisplayText("\(from) to \(context.time.moment(end, now: context.now))")
    }
}
