import TextUI

/// Where rows stand, and the one that is selected in full.
struct ReadingAreas: Equatable {
    /// How much there is to be seen of the selected row.
    enum Reading {
        /// Nothing but the row.
        case none
        /// What there is room for below the rows.
        case brief
        /// Everything, in place of the rows.
        case whole
    }

    let table: Rect
    let reading: Rect

    init(in area: Rect, _ reading: Reading) {
        switch reading {
        case .none: (table, self.reading) = (area, .zero)
        case .brief: (table, self.reading) = Self.brief(in: area)
        case .whole:
            // As wide as an identifier is on the narrowest screen.
            let whole = Rect(column: area.column + 1, row: area.row, columns: area.columns - 1, rows: area.rows)
            (table, self.reading) = (.zero, whole)
        }
    }

    private static func brief(in area: Rect) -> (table: Rect, reading: Rect) {
        let readingRows = area.rows >= 16 ? max(6, area.rows / 3) : area.rows >= 8 ? 3 : 0
        let rows = area.splitRows([.rest, .fixed(readingRows)])
        // A blank row above, where there is room.
        let gap = readingRows > 4 ? 1 : 0
        let reading = Rect(
            column: rows[1].column + 2,
            row: rows[1].row + gap,
            columns: rows[1].columns - 3,
            rows: rows[1].rows - gap
        )
        return (rows[0], reading)
    }
}
