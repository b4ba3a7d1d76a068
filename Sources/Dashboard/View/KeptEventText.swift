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
    /// From so many columns on the members of the event stand beside their names.
    private static let leastColumnsSideBySide = 60
    /// The most that is drawn of a member; the service keeps no more.
    private static let maximumClusters = 20_000

    /// Everything.
    func whole(columns: Int, _ context: ViewContext) -> [StyledText] {
        [heading(columns, context)] + story(columns, context) + [StyledText()] + members(columns)
    }

    /// As much as there is room for; the name, which the selected row shows, gives way to what has become of the event.
    func brief(in size: Size, _ context: ViewContext) -> [StyledText] {
        var lines = size.rows >= 5 ? [heading(size.columns, context)] : []
        lines += story(size.columns, context) + members(size.columns)
        guard lines.count > size.rows, size.rows > 0 else { return lines }
        let ellipsis = context.glyphs.ellipsis
        let last = (lines[size.rows - 1] + StyledText(" " + ellipsis)).truncated(to: size.columns, ellipsis: ellipsis)
        return lines.prefix(size.rows - 1) + [last]
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
        let members = event.membersToRead.map { member in
            (name: DisplayText(member.name), value: DisplayText(member.value, maximumClusters: Self.maximumClusters))
        }
        let nameColumns = min(columns / 3, members.map(\.name.width).max() ?? 0)
        var lines = members.flatMap { name, value in
            guard columns >= Self.leastColumnsSideBySide else {
                return (name + ": " + value).wrapped(to: columns).map { StyledText($0) }
            }
            return StyledText.sideBySide(
                .init(name, Style(.dim)),
                columns: nameColumns,
                .init(value),
                columns: columns - nameColumns - 2
            )
        }
        if event.membersLeftOut > 0 {
            lines.append(StyledText(DisplayText("and \(event.membersLeftOut) more members"), Style(.dim)))
        }
        return lines
    }
}
