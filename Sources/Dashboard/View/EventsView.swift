import EventService
import TextUI

/// The pane of one user's events.
struct EventsView {
    let state: EventsState
    /// Whether there is no user yet because the users are being read.
    let isWaitingForUsers: Bool
    let isFocused: Bool

    private static let columns = [
        TableColumn("Name", minimum: 12, weight: 2, priority: 9),
        TableColumn("When", minimum: 16, priority: 8),
        TableColumn("Where", minimum: 12, maximum: 40, weight: 1, priority: 2),
        TableColumn("Id", minimum: 9, priority: 5),
    ]

    func table(in area: Rect) -> Table {
        var columns = Self.columns
        let isRoomy = area.columns >= 100
        if isRoomy { columns[3].minimum = 36 } else { columns.remove(at: 2) }
        return Table(columns: columns, isFocused: isFocused && !state.table.isEditingFilter)
    }

    func areas(in inside: Rect, time: TimeText) -> TableAreas {
        TableAreas(inside: inside, showsFilter: state.table.showsFilterLine, note: state.content.staleReason(time))
    }

    /// What a press on a heading orders by.
    func order(at point: Point, in inside: Rect, time: TimeText) -> EventOrder? {
        let area = areas(in: inside, time: time).table
        switch table(in: area).heading(at: point, in: area) {
        case 0: return .name
        case 1: return .when
        default: return nil
        }
    }

    func draw(on grid: inout Grid, in pane: Rect, top: Box.Top, suffix: DisplayText, context: ViewContext) -> Point? {
        let title = title(context, width: pane.columns / 2) + suffix
        let room = max(0, pane.columns - 8 - title.width)
        let box = Box(pane: title, rightTitle: rightTitle(room, context), isFocused: isFocused, top: top)
        let inside = box.draw(on: &grid, in: pane, glyphs: context.glyphs)
        let areas = areas(in: inside, time: context.time)
        drawRows(on: &grid, in: areas.table, context)
        state.content.drawNote(on: &grid, in: areas, context: context)
        let cursor = state.table.showsFilterLine ? state.table.filterLine.draw(on: &grid, in: areas.filter) : nil
        return cursor
    }

    private func title(_ context: ViewContext, width: Int) -> DisplayText {
        guard let userName = state.userName else { return "Events" }
        return ("Events of " + DisplayText(userName)).truncated(to: max(6, width), ellipsis: context.glyphs.ellipsis)
    }

    private func drawRows(on grid: inout Grid, in area: Rect, _ context: ViewContext) {
        guard state.userID != nil else {
            let text = isWaitingForUsers ? "Loading…" : "No user is selected."
            return PaneMessage.draw(text, on: &grid, in: area, context: context)
        }
        switch state.content.state {
        case .loading: return PaneMessage.draw("Loading…", on: &grid, in: area, context: context)
        case .failed(let error): return PaneMessage.draw(error, on: &grid, in: area, context: context)
        case .loaded, .stale: break
        }
        guard !state.table.rows.isEmpty else {
            let text = state.table.all.isEmpty ? emptyText : "No event matches the filter. Esc clears it."
            return PaneMessage.draw(text, on: &grid, in: area, context: context)
        }
        let rows = state.table.rows
        let table = table(in: area)
        let hasPlace = table.columns.count == Self.columns.count
        table.draw(on: &grid, in: area, state: state.table.scroll, glyphs: context.glyphs) { index in
            cells(rows[index], hasPlace, context)
        }
    }

    private var emptyText: String {
        let missing = state.content.value?.missing.count ?? 0
        return missing > 0
            ? "None of the \(missing) events could be read. r tries again." : "No events yet. a adds one."
    }

    private func cells(_ event: Event, _ hasPlace: Bool, _ context: ViewContext) -> [StyledText] {
        let when = event.startsAt.map { context.time.minute(rfc3339: $0) } ?? "-"
        let place = hasPlace ? [StyledText(DisplayText(event.location ?? ""), Style(.dim))] : []
        return [StyledText(DisplayText(event.name)), StyledText(DisplayText(when))]
            + place + [StyledText(DisplayText(event.id), Style(.dim))]
    }

    private func rightTitle(_ width: Int, _ context: ViewContext) -> DisplayText {
        guard state.userID != nil else { return .empty }
        let order: DisplayText =
            switch state.table.order {
            case .name: "by name"
            case .when: "by time"
            case .given: .empty
            }
        let missing = state.content.value?.missing.count ?? 0
        return context.title(
            [
                .init(state.table.countText, priority: 9),
                .init(missing > 0 ? DisplayText("\(missing) not read") : .empty, priority: 7),
                .init(state.table.orderText(order, context.glyphs), priority: 1),
                state.content.freshness(context),
            ],
            width: width
        )
    }
}
