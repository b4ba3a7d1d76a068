import EventService
import TextUI

/// The pane of users.
struct UsersView {
    let state: UsersState
    let isFocused: Bool

    private static let columns = [
        TableColumn("Name", minimum: 10, weight: 3, priority: 9),
        TableColumn("User name", minimum: 12, maximum: 32, weight: 1, priority: 3),
        TableColumn("E-mail", minimum: 16, maximum: 40, weight: 1, priority: 2),
        TableColumn("Id", minimum: 6, maximum: 36, weight: 1, priority: 1),
        TableColumn("Events", minimum: 4, alignment: .trailing, priority: 8),
    ]

    /// The table for an area inside of the pane's border.
    func table(in area: Rect) -> Table {
        let isRoomy = area.columns >= 60
        var columns = Self.columns
        if isRoomy { columns[4].minimum = 6 }
        return Table(columns: columns, showsHeader: isRoomy, isFocused: isFocused && !state.table.isEditingFilter)
    }

    func areas(in inside: Rect, time: TimeText) -> TableAreas {
        TableAreas(inside: inside, showsFilter: state.table.showsFilterLine, note: state.content.staleReason(time))
    }

    /// What a press on a heading orders by.
    func order(at point: Point, in inside: Rect, time: TimeText) -> UserOrder? {
        let area = areas(in: inside, time: time).table
        switch table(in: area).heading(at: point, in: area) {
        case 0: return .name
        case 4: return .events
        default: return nil
        }
    }

    func draw(on grid: inout Grid, in pane: Rect, top: Box.Top, title: DisplayText, context: ViewContext) -> Point? {
        let room = max(0, pane.columns - 8 - title.width)
        let box = Box(pane: title, rightTitle: rightTitle(room, context), isFocused: isFocused, top: top)
        let inside = box.draw(on: &grid, in: pane, glyphs: context.glyphs)
        let areas = areas(in: inside, time: context.time)
        drawRows(on: &grid, in: areas.table, context)
        state.content.drawNote(on: &grid, in: areas.note, context: context)
        let cursor = state.table.showsFilterLine ? state.table.filterLine.draw(on: &grid, in: areas.filter) : nil
        return cursor
    }

    private func drawRows(on grid: inout Grid, in area: Rect, _ context: ViewContext) {
        switch state.content.state {
        case .loading: return PaneMessage.draw("Loading…", on: &grid, in: area, context: context)
        case .failed(let error):
            let isTrying = state.content.isLoading
            return PaneMessage.draw(error, isTrying: isTrying, on: &grid, in: area, context: context)
        case .loaded, .stale: break
        }
        guard !state.table.rows.isEmpty else {
            let text =
                state.table.all.isEmpty ? "There are no users yet." : "No user matches the filter. Esc clears it."
            return PaneMessage.draw(text, on: &grid, in: area, context: context)
        }
        let rows = state.table.rows
        table(in: area).draw(on: &grid, in: area, state: state.table.scroll, glyphs: context.glyphs) { index in
            cells(rows[index])
        }
    }

    private func cells(_ user: User) -> [StyledText] {
        [
            NameText.styled(user.name),
            StyledText(DisplayText(user.username ?? ""), Style(.dim)),
            StyledText(DisplayText(user.email ?? ""), Style(.dim)),
            StyledText(DisplayText(user.id), Style(.dim)),
            StyledText(DisplayText(String(user.eventIDs.count))),
        ]
    }

    private func rightTitle(_ width: Int, _ context: ViewContext) -> DisplayText {
        let order: DisplayText =
            switch state.table.order {
            case .given: .empty
            case .name: "by name"
            case .events: "by events"
            }
        return context.title(
            [
                .init(state.table.countText, priority: 9),
                .init(
                    state.table.orderText(order, startsHigh: state.table.order == .events, context.glyphs),
                    priority: 4
                ),
                state.content.freshness(context),
            ],
            width: width
        )
    }
}
