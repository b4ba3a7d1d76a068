import TextUI

/// Where the parts of a pane with a table stand: the filter, the rows, and why they are no younger.
struct TableAreas {
    let filter: Rect
    let table: Rect
    let note: Rect

    init(inside: Rect, showsFilter: Bool, note text: DisplayText?) {
        let noteRows = text.map { min(2, $0.wrapped(to: inside.columns - 2).count, max(0, inside.rows - 3)) } ?? 0
        let rows = inside.splitRows([.fixed(showsFilter ? 1 : 0), .rest, .fixed(noteRows)])
        filter = rows[0]
        // A blank column keeps the last column off the border.
        table = Rect(column: rows[1].column, row: rows[1].row, columns: inside.columns - 1, rows: rows[1].rows)
        note = rows[2].inset(columns: 1)
    }
}

extension Table {
    /// The column whose heading is at a place of the screen.
    func heading(at point: Point, in area: Rect) -> Int? {
        guard showsHeader, area.line(0).contains(point) else { return nil }
        return layout(in: area).column(at: point.column - area.column - Table.pointerWidth)
    }
}

extension Loadable {
    /// Draws why the value is no younger.
    func drawNote(on grid: inout Grid, in note: Rect, context: ViewContext) {
        guard let staleReason = staleReason(context.time) else { return }
        Paragraph(staleReason, style: Style(.warning))
            .draw(on: &grid, in: note, ellipsis: context.glyphs.ellipsis)
    }
}
