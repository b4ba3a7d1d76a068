import EventService
import TextUI

extension OutboxView {
    private static let columns = [
        TableColumn("Name", minimum: 12, weight: 2, priority: 9),
        TableColumn("User", minimum: 10, maximum: 24, weight: 1, priority: 5),
        // Above the words, not above the symbols before them.
        TableColumn("  State", minimum: 9, priority: 8),
        TableColumn("Since", minimum: 8, priority: 4),
        TableColumn("Tries", minimum: 5, alignment: .trailing, priority: 3),
        TableColumn("Next try", minimum: 8, priority: 7),
        TableColumn("Why", minimum: 18, weight: 3, priority: 6),
    ]

    /// The rows of the table, for sizes and for finding the row under the mouse.
    func rowsArea(in inside: Rect, time: TimeText) -> Rect {
        let area = parts(in: inside, time: time).rows.table
        return area.isEmpty ? .zero : table(spansDays: false).rowsArea(in: area)
    }

    private func table(spansDays: Bool) -> Table {
        var columns = Self.columns
        if spansDays { (columns[3].minimum, columns[5].minimum) = (16, 16) }
        return Table(columns: columns, isFocused: isFocused)
    }

    func drawTable(on grid: inout Grid, in area: Rect, _ context: ViewContext) {
        guard !area.isEmpty else { return }
        let rows = state.rows
        let shown = state.scroll.visibleRange(rows: area.rows - 1)
        let spansDays = shown.contains { context.time.moment(rows[$0].acceptedAt, now: context.now).count > 8 }
        table(spansDays: spansDays)
            .draw(on: &grid, in: area, state: state.scroll, glyphs: context.glyphs) { index in
                cells(rows[index], context)
            }
    }

    private func cells(_ event: KeptEvent, _ context: ViewContext) -> [StyledText] {
        [
            NameText.styled(event.name),
            StyledText(DisplayText(state.userNames[event.userID].map(NameText.plain) ?? event.userID), Style(.dim)),
            stateText(event.state, context.glyphs),
            StyledText(DisplayText(context.time.moment(event.acceptedAt, now: context.now))),
            StyledText(DisplayText(String(event.attempts))),
            StyledText(nextTry(event, context)),
            StyledText(DisplayText(event.lastError ?? ""), Style(.dim)),
        ]
    }

    private func stateText(_ state: OutboxEntry.State, _ glyphs: Glyphs) -> StyledText {
        switch state {
        case .refused: StyledText(glyphs.failure + " refused", Style(.bad, .bold))
        case .waiting: StyledText("  waiting")
        case .delivering: StyledText(glyphs.probe + " sending", Style(.probe))
        case .delivered: StyledText(glyphs.success + " added", Style(.good))
        }
    }

    private func nextTry(_ event: KeptEvent, _ context: ViewContext) -> DisplayText {
        switch event.nextTry(behind: breaker, now: context.now) {
        case .now: "now"
        case .soon: "soon"
        case .at(let date): DisplayText(context.time.moment(date, now: context.now))
        case .inLine: "in line"
        case .held: "held"
        case .never: "-"
        }
    }
}
