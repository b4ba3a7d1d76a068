import EventService
import TextUI

/// The pane of one user's events: a list of them, and one in full.
struct EventsView {
    let state: EventsState
    /// Whether there is no user yet because the users are being read.
    let isWaitingForUsers: Bool
    let isFocused: Bool
    /// Whether the list leaves room for some of the selected event.
    let showsBrief: Bool

    /// What stands where inside of the pane's border.
    struct Parts {
        let filter: Rect
        /// Why what is shown is no younger.
        let note: Rect
        let rows: ReadingAreas
    }

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

    func parts(in inside: Rect, time: TimeText) -> Parts {
        let isReading = state.read != nil
        let areas = TableAreas(
            inside: inside,
            showsFilter: state.table.showsFilterLine && !isReading,
            note: state.content.staleReason(time)
        )
        let rows = ReadingAreas(in: areas.table, isReading ? .whole : showsBrief ? .brief : .none)
        return Parts(filter: areas.filter, note: areas.note, rows: rows)
    }

    /// The rows of the table, for sizes and for finding the row under the mouse.
    func rowsArea(in inside: Rect, time: TimeText) -> Rect {
        let area = parts(in: inside, time: time).rows.table
        return area.isEmpty ? .zero : table(in: area).rowsArea(in: area)
    }

    /// What a press on a heading orders by.
    func order(at point: Point, in inside: Rect, time: TimeText) -> EventOrder? {
        let area = parts(in: inside, time: time).rows.table
        switch table(in: area).heading(at: point, in: area) {
        case 0: return .name
        case 1: return .when
        default: return nil
        }
    }

    func draw(on grid: inout Grid, in pane: Rect, top: Box.Top, suffix: DisplayText, context: ViewContext) -> Point? {
        let title = readingTitle ?? title(columns: pane.columns, suffix, context)
        let room = max(0, pane.columns - 8 - title.width)
        let reading = reading(in: Box.inside(pane), context)
        let right = rightTitle(room, part: reading?.part(from: state.read?.offset ?? 0), context)
        let box = Box(pane: title, rightTitle: right, isFocused: isFocused, top: top)
        let inside = box.draw(on: &grid, in: pane, glyphs: context.glyphs)
        let parts = parts(in: inside, time: context.time)
        state.content.drawNote(on: &grid, in: parts.note, context: context)
        if let reading {
            reading.draw(on: &grid, in: parts.rows.reading, from: state.read?.offset ?? 0)
            return nil
        }
        drawRows(on: &grid, in: parts.rows.table, context)
        drawBrief(on: &grid, in: parts.rows.reading, context)
        return state.table.showsFilterLine ? state.table.filterLine.draw(on: &grid, in: parts.filter) : nil
    }

    private func title(columns: Int, _ suffix: DisplayText, _ context: ViewContext) -> DisplayText {
        guard let userName = state.userName else { return "Events" + suffix }
        // That what is shown is old matters more than all of a name.
        let isStale = state.content.staleSince != nil
        let age = isStale ? context.title([state.content.freshness(context)], width: columns).width : 0
        let room = min(columns / 2, columns - 8 - suffix.width - age)
        let title = "Events of " + DisplayText(NameText.plain(userName))
        return title.truncated(to: max(6, room), ellipsis: context.glyphs.ellipsis) + suffix
    }

    private func drawRows(on grid: inout Grid, in area: Rect, _ context: ViewContext) {
        guard state.userID != nil else {
            let text = isWaitingForUsers ? "Loading…" : "No user is selected."
            return PaneMessage.draw(text, on: &grid, in: area, context: context)
        }
        switch state.content.state {
        case .loading: return PaneMessage.draw("Loading…", on: &grid, in: area, context: context)
        case .failed(let error):
            let isTrying = state.content.isLoading
            return PaneMessage.draw(error, isTrying: isTrying, on: &grid, in: area, context: context)
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
        return [NameText.styled(event.name), StyledText(DisplayText(when))]
            + place + [StyledText(DisplayText(event.id), Style(.dim))]
    }

    private func rightTitle(_ width: Int, part: String?, _ context: ViewContext) -> DisplayText {
        guard state.userID != nil else { return .empty }
        guard state.read == nil else {
            let lines = ViewContext.TitlePart(part.map { DisplayText("lines \($0)") } ?? .empty, priority: 10)
            return context.title([lines, state.content.freshness(context)], width: width)
        }
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
