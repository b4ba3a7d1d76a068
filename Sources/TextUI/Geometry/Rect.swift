/// An area of the grid.
public struct Rect: Hashable, Sendable {
    /// The top left cell.
    public let origin: Point
    /// How many columns and rows.
    public let size: Size

    /// Makes an area.
    public init(origin: Point, size: Size) {
        self.origin = origin
        self.size = size
    }

    /// Makes an area of four numbers; sizes below 0 become 0.
    public init(column: Int, row: Int, columns: Int, rows: Int) {
        self.init(origin: Point(column: column, row: row), size: Size(columns: columns, rows: rows))
    }

    /// Makes the area of a whole grid.
    public init(_ size: Size) {
        self.init(origin: .zero, size: size)
    }

    /// An area without cells.
    public static let zero = Rect(.zero)

    /// The first column.
    public var column: Int { origin.column }
    /// The first row.
    public var row: Int { origin.row }
    /// The number of columns.
    public var columns: Int { size.columns }
    /// The number of rows.
    public var rows: Int { size.rows }
    /// The column after the last.
    public var endColumn: Int { origin.column + size.columns }
    /// The row after the last.
    public var endRow: Int { origin.row + size.rows }
    /// Whether there is no cell in it.
    public var isEmpty: Bool { size.isEmpty }

    /// Whether a place is inside.
    public func contains(_ point: Point) -> Bool {
        column <= point.column && point.column < endColumn && row <= point.row && point.row < endRow
    }

    /// The cells that both areas have; an area without cells when there are none.
    public func intersection(_ other: Rect) -> Rect {
        let left = max(column, other.column)
        let top = max(row, other.row)
        return Rect(
            column: left,
            row: top,
            columns: min(endColumn, other.endColumn) - left,
            rows: min(endRow, other.endRow) - top
        )
    }

    /// The area without its margins; without cells when the margins leave none.
    ///
    /// Negative margins count as 0.
    public func inset(columns horizontal: Int = 0, rows vertical: Int = 0) -> Rect {
        let horizontal = min(max(horizontal, 0), columns)
        let vertical = min(max(vertical, 0), rows)
        return Rect(
            column: column + horizontal,
            row: row + vertical,
            columns: columns - 2 * horizontal,
            rows: rows - 2 * vertical
        )
    }

    /// The area without a margin of the same width on all sides.
    public func inset(by margin: Int) -> Rect {
        inset(columns: margin, rows: margin)
    }

    /// One row of it, counted from its first; without cells when there is no such row.
    public func line(_ index: Int) -> Rect {
        guard index >= 0, index < rows else { return Rect(column: column, row: row, columns: columns, rows: 0) }
        return Rect(column: column, row: row + index, columns: columns, rows: 1)
    }

    /// The area moved by columns and rows.
    public func moved(columns: Int = 0, rows: Int = 0) -> Rect {
        Rect(origin: origin.moved(columns: columns, rows: rows), size: size)
    }

    /// An area of a size in the middle of this one, made smaller where it doesn't fit.
    public func centered(_ size: Size) -> Rect {
        let columns = min(size.columns, self.columns)
        let rows = min(size.rows, self.rows)
        return Rect(
            column: column + (self.columns - columns) / 2,
            row: row + (self.rows - rows) / 2,
            columns: columns,
            rows: rows
        )
    }

    /// An area of a size inside of this one, below an anchor, or above it where there is no room below.
    ///
    /// Moved left, and made smaller, as far as needed to stay inside.
    public func popup(_ size: Size, at anchor: Rect) -> Rect {
        let columns = min(size.columns, self.columns)
        let rows = min(size.rows, self.rows)
        let below = anchor.endRow
        let above = anchor.row - rows
        let wanted = below + rows <= endRow || above < row ? below : above
        return Rect(
            column: max(column, min(anchor.column, endColumn - columns)),
            row: max(row, min(wanted, endRow - rows)),
            columns: columns,
            rows: rows
        )
    }
}
