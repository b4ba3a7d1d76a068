/// A screen as a value: rows of cells.
///
/// It keeps its own promises: every wide cluster has both its columns, in one row and in one style, and writing over one half
/// blanks the other. What would stand outside is dropped.
public struct Grid: Hashable, Sendable {
    /// How many columns and rows.
    public let size: Size
    /// The cells, row by row.
    public private(set) var cells: [Cell]

    /// Makes a blank grid.
    public init(size: Size, style: Style = .normal) {
        self.size = size
        self.cells = Array(repeating: Cell(.space, style), count: size.columns * size.rows)
    }

    /// The whole area.
    public var bounds: Rect { Rect(size) }

    /// The cell at a place; a blank for a place outside.
    public subscript(_ point: Point) -> Cell {
        bounds.contains(point) ? cells[index(point.column, point.row)] : .blank
    }

    /// The cells of a row; none for a row outside.
    public func row(_ row: Int) -> ArraySlice<Cell> {
        guard row >= 0, row < size.rows else { return [] }
        return cells[index(0, row)..<index(size.columns, row)]
    }

    /// Writes text to the right of a place.
    ///
    /// A wide cluster that the clip cuts leaves a blank in its visible half.
    /// - Parameters:
    ///   - text: What to write.
    ///   - point: Where it starts; may be outside.
    ///   - style: How to draw it.
    ///   - clip: The area that may be written to; nil for the whole grid.
    /// - Returns: The columns the text takes, visible or not.
    @discardableResult
    public mutating func write(
        _ text: DisplayText,
        at point: Point,
        style: Style = .normal,
        clippedTo clip: Rect? = nil
    ) -> Int {
        let clip = clip.map(bounds.intersection) ?? bounds
        guard clip.row <= point.row, point.row < clip.endRow else { return text.width }
        var column = point.column
        for cluster in text.clusters {
            guard column < clip.endColumn else { break }
            put(cluster, column, point.row, style, clip)
            column += cluster.width
        }
        return text.width
    }

    /// Writes a line of several styles to the right of a place.
    ///
    /// - Returns: The columns the line takes, visible or not.
    @discardableResult
    public mutating func write(_ line: StyledText, at point: Point, clippedTo clip: Rect? = nil) -> Int {
        var column = 0
        for span in line.spans {
            column += write(span.text, at: point.moved(columns: column), style: span.style, clippedTo: clip)
        }
        return column
    }

    /// Fills an area with one cluster.
    ///
    /// - Parameters:
    ///   - area: The area; what is outside is left out.
    ///   - text: Its first cluster fills the area, a blank when it has none.
    ///   - style: How to draw it.
    public mutating func fill(_ area: Rect, with text: DisplayText = " ", style: Style = .normal) {
        let clip = bounds.intersection(area)
        let cluster = text.clusters.first ?? .space
        for row in clip.row..<max(clip.row, clip.endRow) {
            for column in stride(from: clip.column, to: clip.endColumn, by: cluster.width) {
                put(cluster, column, row, style, clip)
            }
        }
    }

    /// Changes the style of the cells of an area and leaves their text.
    ///
    /// A wide cluster that is partly inside changes as a whole.
    public mutating func restyle(_ area: Rect, _ change: (Style) -> Style) {
        let clip = bounds.intersection(area)
        for row in clip.row..<max(clip.row, clip.endRow) {
            var column = clip.column
            if column < clip.endColumn, cells[index(column, row)].cluster == nil {
                column -= 1
            }
            while column < clip.endColumn {
                let position = index(column, row)
                let width = cells[position].cluster?.width ?? 1
                let style = change(cells[position].style)
                for part in position..<position + width {
                    cells[part].style = style
                }
                column += width
            }
        }
    }

    /// The rows as text without trailing blanks: what goldens compare.
    public var lines: [String] {
        (0..<size.rows).map { row in
            var line = self.row(row).compactMap(\.cluster)
            while line.last == .space {
                line.removeLast()
            }
            return line.reduce(into: "") { $0 += $1.text }
        }
    }

    /// The same grid for a terminal without Unicode; nothing moves.
    public var asciiOnly: Grid {
        var copy = self
        for position in copy.cells.indices {
            let cell = copy.cells[position]
            copy.cells[position] = Cell(cell.cluster?.asciiOnly, cell.style)
        }
        return copy
    }

    // MARK: - Cells

    private func index(_ column: Int, _ row: Int) -> Int {
        row * size.columns + column
    }

    /// Writes one cluster, cut to a clip that lies in the grid and contains the row.
    private mutating func put(_ cluster: Cluster, _ column: Int, _ row: Int, _ style: Style, _ clip: Rect) {
        let end = column + cluster.width
        if clip.column <= column && end <= clip.endColumn {
            separate(column, row)
            cells[index(column, row)] = Cell(cluster, style)
            if cluster.width == 2 {
                separate(column + 1, row)
                cells[index(column + 1, row)] = Cell(nil, style)
            }
        } else {
            for visible in max(column, clip.column)..<max(column, clip.column, min(end, clip.endColumn)) {
                separate(visible, row)
                cells[index(visible, row)] = Cell(.space, style)
            }
        }
    }

    /// Blanks the other half of the wide cluster that a cell belongs to.
    private mutating func separate(_ column: Int, _ row: Int) {
        let position = index(column, row)
        if cells[position].cluster == nil {
            cells[position - 1] = Cell(.space, cells[position - 1].style)
        } else if cells[position].cluster?.width == 2 {
            cells[position + 1] = Cell(.space, cells[position + 1].style)
        }
    }
}
