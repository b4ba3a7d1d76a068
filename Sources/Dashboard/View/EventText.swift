import EventService
import TextUI

/// What is known of an event, as lines.
struct EventText {
    let read: ReadEvent
    /// The name of the event's user, where it is known.
    let userName: String?

    /// Everything.
    func whole(columns: Int, _ context: ViewContext) -> [StyledText] {
        let isBlank = NameText.isBlank(read.event.name)
        let name = isBlank ? DisplayText(NameText.plain(read.event.name)) : "“" + DisplayText(read.event.name) + "”"
        let heading = name.truncated(to: columns, ellipsis: context.glyphs.ellipsis)
        // A name that is shown whole needn't be told twice.
        let fields = fields(context) + (heading == name ? [] : [("Name", read.event.name)])
        return [StyledText(heading, Style(.normal, .bold))] + standing(columns) + [StyledText()]
            + FieldLines.lines(fields, columns: columns)
    }

    /// As much as there is room for beside the row, which tells the name.
    func brief(in size: Size, _ context: ViewContext) -> [StyledText] {
        FieldLines.lines(fields(context), columns: size.columns).cut(to: size, ellipsis: context.glyphs.ellipsis)
    }

    private func standing(_ columns: Int) -> [StyledText] {
        let text: DisplayText
        switch read.standing {
        case .listed: return []
        case .notRead: text = "It could not be read again: this is how it was."
        case .gone: text = "The user has it no more: this is how it was."
        }
        return text.wrapped(to: columns).map { StyledText($0, Style(.warning)) }
    }

    private func fields(_ context: ViewContext) -> [(name: String, value: String)] {
        let event = read.event
        return [
            ("When", event.startsAt.map { context.time.minute(rfc3339: $0) } ?? "-"),
            ("Where", event.location ?? "-"),
            ("User", userName.map { "\(NameText.plain($0)) (\(event.userID))" } ?? event.userID),
            ("Id", event.id),
            ("Description", event.description ?? "-"),
        ]
    }
}
