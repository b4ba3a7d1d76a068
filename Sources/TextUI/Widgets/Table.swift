/// Rows under headings, or without headings a list.
///
/// Only the rows that show are asked for, so a list of thousands costs what the screen holds.
public struct Table: Sendable {
    /// The column that rows are sorted by.
    public struct Sorting: Hashable, Sendable {
        /// Its position among all columns.
        public var column: Int
        /// Whether the smallest comes first.
        public var isAscending: Bool

        /// Makes an order.
        public init(column: Int, isAscending: Bool) {
            self.column = column
            self.isAscending = isAscending
        }
    }

    /// The columns.
    public var columns: [TableColumn]
    /// Whether there is a line of headings.
    public var showsHeader: Bool
    /// Marked in the headings; nil for no mark.
    public var sorting: Sorting?
    /// Whether the table has the focus.
    public var isFocused: Bool
    /// The blanks between two columns.
    public var spacing: Int

    /// The columns that the selection's pointer takes at the left.
    public static let pointerWidth = 2

    /// Makes a table.
    public init(
        columns: [TableColumn],
        showsHeader: Bool = true,
        sorting: Sorting? = nil,
        isFocused: Bool,
        spacing: Int = 2
    ) {
        self.columns = columns
        self.showsHeader = showsHeader
        self.sorting = sorting
        self.isFocused = isFocused
        self.spacing = spacing
    }

    /// The area of the rows, for sizes and for finding the row under the mouse.
    public func rowsArea(in area: Rect) -> Rect {
        guard showsHeader else { return area }
        return Rect(column: area.column, row: area.row + 1, columns: area.columns, rows: area.rows - 1)
    }

    /// Where the columns stand in an area; offsets count from the area's left without the pointer.
    public func layout(in area: Rect) -> TableLayout {
        TableLayout(columns, width: area.columns - Self.pointerWidth, spacing: spacing)
    }

    /// Draws the headings and the visible rows.
    ///
    /// - Parameters:
    ///   - state: Which rows show and which is selected.
    ///   - row: The cells of a row, as many as there are columns; called for the visible rows only.
    public func draw<ID>(
        on grid: inout Grid,
        in area: Rect,
        state: ScrollState<ID>,
        glyphs: Glyphs,
        row: (Int) -> [StyledText]
    ) {
        let layout = layout(in: area)
        if showsHeader {
            drawHeader(on: &grid, area.line(0), layout, glyphs)
        }
        let rows = rowsArea(in: area)
        for (line, index) in state.visibleRange(rows: rows.rows).enumerated() {
            let isSelected = index == state.selectedIndex
            drawRow(on: &grid, rows.line(line), layout, row(index), isSelected, glyphs)
        }
    }

    private func drawHeader(on grid: inout Grid, _ line: Rect, _ layout: TableLayout, _ glyphs: Glyphs) {
        for place in layout.places {
            var title = columns[place.column].title
            if let sorting, sorting.column == place.column {
                title += " " + (sorting.isAscending ? glyphs.ascending : glyphs.descending)
            }
            let cell = StyledText(title, Style(.columnHeader))
            drawCell(on: &grid, line, place, cell, glyphs)
        }
    }

    private func drawRow(
        on grid: inout Grid,
        _ line: Rect,
        _ layout: TableLayout,
        _ cells: [StyledText],
        _ isSelected: Bool,
        _ glyphs: Glyphs
    ) {
        for place in layout.places where place.column < cells.count {
            drawCell(on: &grid, line, place, cells[place.column], glyphs)
        }
        guard isSelected else { return }
        grid.write(glyphs.pointer, at: line.origin, clippedTo: line)
        let role: Role = isFocused ? .selection : .inactiveSelection
        grid.restyle(line) { style in
            Style(
                style.role == .normal || style.role == .dim ? role : style.role,
                style.attributes.union(.selected(isFocused))
            )
        }
    }

    private func drawCell(
        on grid: inout Grid,
        _ line: Rect,
        _ place: TableLayout.Place,
        _ cell: StyledText,
        _ glyphs: Glyphs
    ) {
        let text = cell.truncated(to: place.width, ellipsis: glyphs.ellipsis)
        let missing = place.width - text.width
        let indent =
            switch columns[place.column].alignment {
            case .leading: 0
            case .center: missing / 2
            case .trailing: missing
            }
        let start = line.origin.moved(columns: Self.pointerWidth + place.offset + indent)
        grid.write(text, at: start, clippedTo: line)
    }
}

extension Style.Attributes {
    /// What marks a selected row on a terminal without colours.
    fileprivate static func selected(_ isFocused: Bool) -> Style.Attributes {
        isFocused ? .reverse : .bold
    }
}
