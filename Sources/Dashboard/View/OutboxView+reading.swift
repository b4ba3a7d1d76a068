import EventService
import TextUI

extension OutboxView {
    /// The selected event in full, while it is shown so.
    func reading(in inside: Rect, _ context: ViewContext) -> ScrolledLines? {
        guard state.isReading, let text = selectedText else { return nil }
        let area = parts(in: inside, time: context.time).rows.reading
        return ScrolledLines(text.whole(columns: area.columns, context), visibleRows: area.rows)
    }

    /// Draws as much of the selected event as there is room for beside the others.
    func drawBrief(on grid: inout Grid, in area: Rect, _ context: ViewContext) {
        guard !area.isEmpty, let text = selectedText else { return }
        ScrolledLines(text.brief(in: area.size, context), visibleRows: area.rows).draw(on: &grid, in: area, from: 0)
    }

    private var selectedText: KeptEventText? {
        state.selected.map { event in
            KeptEventText(
                event: event,
                userName: state.userNames[event.userID],
                breaker: breaker,
                isReadOnly: isReadOnly
            )
        }
    }
}
