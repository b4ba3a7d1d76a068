import TextUI

/// The pane of the log: its last lines, and the selected one in full.
struct LogView {
    let state: LogState
    let isFocused: Bool

    private static let levelWidth = 8

    /// What stands where inside of the pane's border.
    struct Parts: Equatable {
        let filter: Rect
        let table: Rect
        /// The selected line in full.
        let reading: Rect
    }

    func parts(in inside: Rect) -> Parts {
        let areas = TableAreas(inside: inside, showsFilter: state.table.showsFilterLine, note: nil)
        let readingRows = areas.table.rows >= 14 ? 4 : areas.table.rows >= 6 ? 2 : 0
        let rows = areas.table.splitRows([.rest, .fixed(readingRows)])
        return Parts(filter: areas.filter, table: rows[0], reading: rows[1].inset(columns: 2))
    }

    private func table(in area: Rect) -> Table {
        Table(
            columns: [
                TableColumn("Time", minimum: 8, priority: 7),
                TableColumn("Level", minimum: area.columns >= 60 ? Self.levelWidth + 2 : 2, priority: 8),
                TableColumn("Message", minimum: 20, weight: 1, priority: 9),
            ],
            showsHeader: false,
            isFocused: isFocused && !state.table.isEditingFilter
        )
    }

    func rowsArea(in inside: Rect) -> Rect {
        let area = parts(in: inside).table
        return table(in: area).rowsArea(in: area)
    }

    /// - Returns: Where the cursor stands, while the filter is being typed.
    func draw(on grid: inout Grid, in pane: Rect, context: ViewContext) -> Point? {
        let room = max(0, pane.columns - 8 - 3)
        let box = Box(pane: "Log", rightTitle: rightTitle(room, context), isFocused: isFocused, top: .corners)
        let parts = parts(in: box.draw(on: &grid, in: pane, glyphs: context.glyphs))
        let rows = state.table.rows
        if rows.isEmpty {
            let text =
                state.count == 0
                ? "Nothing was logged yet." : "No line is as serious as that, or matches the filter."
            PaneMessage.draw(text, on: &grid, in: parts.table, context: context)
        } else {
            table(in: parts.table)
                .draw(on: &grid, in: parts.table, state: state.table.scroll, glyphs: context.glyphs) {
                    rows.indices.contains($0) ? cells(rows[$0], columns: parts.table.columns, context) : []
                }
            drawReading(on: &grid, in: parts.reading, context)
        }
        return state.table.showsFilterLine ? state.table.filterLine.draw(on: &grid, in: parts.filter) : nil
    }

    private func cells(_ line: LogLine, columns: Int, _ context: ViewContext) -> [StyledText] {
        let word = columns >= 60 ? " " + DisplayText(line.level.word) : .empty
        return [
            StyledText(DisplayText(context.time.clock(line.at)), Style(.dim)),
            StyledText(line.level.symbol(context.glyphs) + word, Style(line.level.role)),
            StyledText([
                .init(DisplayText(line.message) + "  "), .init(DisplayText(line.details), Style(.dim)),
            ]),
        ]
    }

    private func drawReading(on grid: inout Grid, in area: Rect, _ context: ViewContext) {
        guard !area.isEmpty, let line = state.table.selected else { return }
        let text = DisplayText("\(line.level.word): \(line.message)  \(line.details)", maximumClusters: 2_000)
        Paragraph(text, style: Style(line.level.role)).draw(on: &grid, in: area, ellipsis: context.glyphs.ellipsis)
    }

    private func rightTitle(_ width: Int, _ context: ViewContext) -> DisplayText {
        let isAtEnd = state.table.scroll.selectedIndex >= state.table.rows.count - 1
        let minimum = state.minimum == .trace ? .empty : DisplayText("from \(state.minimum.word) on")
        return context.title(
            [
                .init(state.table.countText, priority: 7),
                .init(minimum, priority: 8),
                .init(isAtEnd ? "follows" : "G follows", priority: 9),
            ],
            width: width
        )
    }
}
