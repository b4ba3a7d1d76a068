import EventService
import TextUI

extension EventsView {
    /// The event that is read, in full.
    func reading(in inside: Rect, _ context: ViewContext) -> ScrolledLines? {
        guard let read = state.read else { return nil }
        let area = parts(in: inside, time: context.time).rows.reading
        return ScrolledLines(text(of: read).whole(columns: area.columns, context), visibleRows: area.rows)
    }

    /// Draws as much of the selected event as there is room for below the others.
    func drawBrief(on grid: inout Grid, in area: Rect, _ context: ViewContext) {
        guard !area.isEmpty, let event = state.table.selected else { return }
        ScrolledLines(text(of: ReadEvent(event)).brief(in: area.size, context), visibleRows: area.rows)
            .draw(on: &grid, in: area, from: 0)
    }

    /// Which event is read, of how many where it is one of those that the filter leaves.
    var readingTitle: DisplayText? {
        guard let read = state.read else { return nil }
        let index = state.table.rows.firstIndex { $0.id == read.event.id }
        return index.map { DisplayText("Event \($0 + 1) of \(state.table.rows.count)") } ?? "Event"
    }

    private func text(of read: ReadEvent) -> EventText {
        EventText(read: read, userName: read.event.userID == state.userID ? state.userName : nil)
    }
}
