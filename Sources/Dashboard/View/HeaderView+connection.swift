import EventService
import Foundation
import TextUI

extension HeaderView {
    /// Since when there is no connection, when the next attempt is, and why, in what room there is; `nil` while there is one.
    func lostConnection(columns: Int, _ context: ViewContext) -> StyledText? {
        guard case .lost(let since, let nextTry, let reason) = connection else { return nil }
        let words = context.glyphs.failure + " not connected"
        let moment = words + DisplayText(" since \(context.time.moment(since, now: context.now))")
        let attempt = DisplayText(", " + Self.nextTry(nextTry, context.now))
        let whole = moment + attempt + DisplayText(": \(reason)")
        // Beside the name, two blanks and the one at the end.
        let room = columns - Self.name.width - 3
        var wordings = [whole, moment + attempt, words + attempt]
        if room >= (moment + attempt).width + Self.leastReason {
            wordings.insert(whole.truncated(to: room, ellipsis: context.glyphs.ellipsis), at: 1)
        }
        let wording = wordings.first { $0.width <= room } ?? words
        return StyledText(wording + " ", Style(.bad, .bold))
    }

    /// Less of a reason than this isn't worth reading.
    private static let leastReason = 12

    private static func nextTry(_ date: Date?, _ now: Date) -> String {
        guard let left = date?.time(since: now), left > .zero else { return "trying now" }
        return "next try in \(DurationText.wholeCountdown(left))"
    }
}
