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
        // Beside the name, two blanks and the one at the end.
        let room = columns - Self.name.width - 3
        let besideAddress = room - shortAddress(attachedTo ?? "").width
        let explained = [besideAddress, room].compactMap { room in
            Self.explained(moment + attempt, reason, columns: room, context.glyphs.ellipsis)
        }
        // Which service it is matters more than why there is no connection to it, and that more than since when.
        let short = [moment + attempt, words + attempt]
        let wordings = (explained.prefix(1) + short).filter { $0.width <= besideAddress } + explained + short
        let wording = wordings.first { $0.width <= room } ?? words
        return StyledText(wording + " ", Style(.bad, .bold))
    }

    /// The words with as much of the reason as there is room for, `nil` where that isn't worth reading.
    private static func explained(
        _ words: DisplayText,
        _ reason: String,
        columns: Int,
        _ ellipsis: DisplayText
    ) -> DisplayText? {
        let reason = DisplayText(reason)
        let room = columns - words.width - 2
        guard room >= min(leastReason, reason.width) else { return nil }
        return words + ": " + reason.truncatedAtWord(to: room, ellipsis: ellipsis)
    }

    /// Less of a reason than this isn't worth reading.
    private static let leastReason = 12

    private static func nextTry(_ date: Date?, _ now: Date) -> String {
        guard let left = date?.time(since: now), left > .zero else { return "trying now" }
        return "next try in \(DurationText.wholeCountdown(left))"
    }
}
