import EventService
import TextUI

/// What is known of an event that is kept, as lines.
struct KeptEventText {
    let event: KeptEvent
    /// The name of the event's user, where it is known.
    let userName: String?
    /// The breaker that every attempt has to pass.
    let breaker: BreakerStatus?
    let isReadOnly: Bool

    private static let leastNameColumns = 8

    /// Everything.
    func whole(columns: Int, _ context: ViewContext) -> [StyledText] {
        [heading(columns, context)] + story(columns, context) + [StyledText()] + members(columns)
    }

    /// As much as there is room for; the name, which the selected row shows, gives way to what has become of the event.
    func brief(in size: Size, _ context: ViewContext) -> [StyledText] {
        var lines = size.rows >= 5 ? [heading(size.columns, context)] : []
        lines += story(size.columns, context) + members(size.columns)
        return lines.cut(to: size, ellipsis: context.glyphs.ellipsis)
    }

    /// The name and whose event it is, in one line whatever the name.
    private func heading(_ columns: Int, _ context: ViewContext) -> StyledText {
        let user = DisplayText(" of " + (userName.map { "\($0) (\(event.userID))" } ?? "user \(event.userID)"))
        let room = max(Self.leastNameColumns, columns - user.width - 2)
        let name = DisplayText(event.name).truncated(to: room, ellipsis: context.glyphs.ellipsis)
        return StyledText("“" + name + "”" + user, Style(.normal, .bold))
            .truncated(to: columns, ellipsis: context.glyphs.ellipsis)
    }

    private func story(_ columns: Int, _ context: ViewContext) -> [StyledText] {
        event.story(breaker: breaker, isReadOnly: isReadOnly, time: context.time, now: context.now)
            .flatMap { DisplayText($0).wrapped(to: columns).map { StyledText($0) } }
    }

    private func members(_ columns: Int) -> [StyledText] {
        var lines = FieldLines.lines(event.membersToRead.map { ($0.name, $0.value) }, columns: columns)
        if event.membersLeftOut > 0 {
            lines.append(StyledText(DisplayText("and \(event.membersLeftOut) more members"), Style(.dim)))
        }
        return lines
    }
}
