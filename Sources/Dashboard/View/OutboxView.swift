import EventService
import TextUI

/// The pane of the outbox: what is kept, and the selected event in full.
struct OutboxView {
    let state: OutboxState
    let outbox: ServiceSnapshot.Outbox?
    /// The breaker that every attempt has to pass.
    let breaker: BreakerStatus?
    let isFocused: Bool
    let isReadOnly: Bool

    /// What stands where inside of the pane's border.
    struct Parts: Equatable {
        /// Why what is shown may be wrong.
        let note: Rect
        let rows: ReadingAreas
    }

    func parts(in inside: Rect, time: TimeText) -> Parts {
        let areas = TableAreas(inside: inside, showsFilter: false, note: note(time))
        return Parts(note: areas.note, rows: ReadingAreas(in: areas.table, state.isReading ? .whole : .brief))
    }

    func draw(on grid: inout Grid, in pane: Rect, context: ViewContext) {
        let title = title
        let room = max(0, pane.columns - 8 - title.width)
        let reading = reading(in: Box.inside(pane), context)
        let right = rightTitle(room, part: reading?.part(from: state.readingOffset), context)
        let box = Box(pane: title, rightTitle: right, isFocused: isFocused, top: .corners)
        let inside = box.draw(on: &grid, in: pane, glyphs: context.glyphs)
        let parts = parts(in: inside, time: context.time)
        if let note = note(context.time) {
            Paragraph(note, style: Style(.warning))
                .draw(on: &grid, in: parts.note, ellipsis: context.glyphs.ellipsis)
        }
        guard state.selected != nil else {
            return drawMessage(on: &grid, in: parts.rows.table, context)
        }
        drawTable(on: &grid, in: parts.rows.table, context)
        if let reading {
            reading.draw(on: &grid, in: parts.rows.reading, from: state.readingOffset)
        } else {
            drawBrief(on: &grid, in: parts.rows.reading, context)
        }
    }

    private func note(_ time: TimeText) -> DisplayText? {
        outbox?.failure.map { DisplayText("The outbox can't be used: \($0).") } ?? state.content.staleReason(time)
    }

    private func drawMessage(on grid: inout Grid, in area: Rect, _ context: ViewContext) {
        let text =
            switch state.content.state {
            case .loading: "Loading…"
            case .failed(let error) where state.content.isLoading: "\(error.message.sentence) It is being tried again…"
            case .failed(let error): "\(error.message.sentence) F5 reads it again."
            case .loaded, .stale:
                "Nothing is kept. Ctrl-O in the form keeps an event that can't be delivered now."
            }
        PaneMessage.draw(text, on: &grid, in: area, context: context)
    }

    // MARK: - Titles

    private var title: DisplayText {
        guard state.isReading, state.selected != nil else { return "Outbox" }
        let more = state.content.value?.hasMore == true ? "+" : ""
        return DisplayText("Event \(state.scroll.selectedIndex + 1) of \(state.rows.count)\(more)")
    }

    private func rightTitle(_ width: Int, part: String?, _ context: ViewContext) -> DisplayText {
        let status = outbox?.status ?? OutboxStatus()
        return context.title(
            [
                .init(part.map { DisplayText("lines \($0)") } ?? .empty, priority: 10),
                .init(status.undelivered > 0 ? DisplayText("\(status.undelivered) waiting") : .empty, priority: 8),
                .init(status.refused > 0 ? DisplayText("\(status.refused) refused") : .empty, priority: 9),
                state.content.freshness(context),
            ],
            width: width
        )
    }
}
