import TextUI

/// The line above a table that shows its filter.
struct FilterLine {
    let editor: LineEditor
    /// Whether the filter is being typed.
    let isEditing: Bool

    /// - Returns: Where the cursor stands, while the filter is being typed.
    func draw(on grid: inout Grid, in line: Rect) -> Point? {
        grid.write("/", at: line.origin.moved(columns: 1), style: Style(.key), clippedTo: line)
        let field = Rect(column: line.column + 3, row: line.row, columns: line.columns - 4, rows: line.rows)
        return TextField(placeholder: "type to filter", isFocused: isEditing).draw(editor, on: &grid, in: field)
    }
}

extension TableState {
    var showsFilterLine: Bool { isFiltered || isEditingFilter }

    var filterLine: FilterLine { FilterLine(editor: filter, isEditing: isEditingFilter) }
}
