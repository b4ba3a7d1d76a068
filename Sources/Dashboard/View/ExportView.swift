import TextUI

/// The question where to write what is shown.
struct ExportView {
    let prompt: ExportPrompt
    /// How many rows there are to write.
    let count: Int

    /// - Returns: Where the cursor stands.
    func draw(on grid: inout Grid, in body: Rect, context: ViewContext) -> Point? {
        let rows = count == 1 ? "1 row" : "\(count) rows"
        let dialog = Dialog(
            title: DisplayText("Export \(prompt.source.rawValue): \(rows)"),
            content: Size(columns: 64, rows: 4)
        )
        let inside = dialog.draw(on: &grid, in: body, glyphs: context.glyphs)
        grid.write("File", at: inside.origin, style: Style(.accent, .bold), clippedTo: inside)
        let line = inside.line(0)
        let field = Rect(column: line.column + 6, row: line.row, columns: line.columns - 6, rows: line.rows)
        let below = Rect(column: inside.column, row: inside.row + 2, columns: inside.columns, rows: inside.rows - 2)
        let hint = prompt.writing == nil ? "As CSV or JSON: the name ends in .csv or .json." : "Writing…"
        let text = prompt.problem ?? hint
        Paragraph(DisplayText(text), style: Style(prompt.problem == nil ? .dim : .error))
            .draw(on: &grid, in: below, ellipsis: context.glyphs.ellipsis)
        return TextField(placeholder: "file name", isFocused: true).draw(prompt.name, on: &grid, in: field)
    }
}
