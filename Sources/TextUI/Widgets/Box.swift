/// A border with titles.
///
/// Boxes share a border when their areas overlap by a row: the lower one is drawn later and joins with ``Top/tees``.
public struct Box: Hashable, Sendable {
    /// What stands at the ends of the upper border.
    public enum Top: Hashable, Sendable {
        /// `┌` and `┐`.
        case corners
        /// `├` and `┤`, for a border that is shared with a box above.
        case tees
    }

    /// The title at the left.
    public var title: StyledText
    /// The title at the right; the first to be dropped where there is no room.
    public var rightTitle: StyledText
    /// The border's style.
    public var border: Style
    /// The ends of the upper border.
    public var top: Top

    /// Makes a box.
    public init(
        title: StyledText = StyledText(),
        rightTitle: StyledText = StyledText(),
        border: Style = Style(.border),
        top: Top = .corners
    ) {
        self.title = title
        self.rightTitle = rightTitle
        self.border = border
        self.top = top
    }

    /// Makes the box of a pane, whose border and title say whether it has the focus.
    public init(
        pane title: DisplayText,
        rightTitle: DisplayText = .empty,
        isFocused: Bool,
        top: Top = .corners
    ) {
        self.init(
            title: StyledText(title, Style(.title, isFocused ? .bold : [])),
            rightTitle: StyledText(rightTitle, Style(.dim)),
            border: Style(isFocused ? .focusedBorder : .border),
            top: top
        )
    }

    /// The area inside of the border.
    public static func inside(_ area: Rect) -> Rect {
        area.inset(by: 1)
    }

    /// Draws the border and the titles, and leaves what is inside.
    ///
    /// - Returns: The area inside of the border; without cells when there is none.
    @discardableResult
    public func draw(on grid: inout Grid, in area: Rect, glyphs: Glyphs) -> Rect {
        guard area.columns >= 2, area.rows >= 2 else {
            grid.fill(area, with: glyphs.lines.horizontal, style: border)
            return Box.inside(area)
        }
        let lines = glyphs.lines
        let corners = top == .corners ? (lines.topLeft, lines.topRight) : (lines.teeRight, lines.teeLeft)
        drawLine(on: &grid, area.line(0), corners.0, corners.1, glyphs)
        drawLine(on: &grid, area.line(area.rows - 1), lines.bottomLeft, lines.bottomRight, glyphs)
        for column in [area.column, area.endColumn - 1] {
            let side = Rect(column: column, row: area.row + 1, columns: 1, rows: area.rows - 2)
            grid.fill(side, with: lines.vertical, style: border)
        }
        drawTitles(on: &grid, area.line(0), glyphs)
        return Box.inside(area)
    }

    private func drawLine(
        on grid: inout Grid,
        _ line: Rect,
        _ left: DisplayText,
        _ right: DisplayText,
        _ glyphs: Glyphs
    ) {
        grid.fill(line.inset(columns: 1), with: glyphs.lines.horizontal, style: border)
        grid.write(left, at: line.origin, style: border, clippedTo: line)
        grid.write(right, at: Point(column: line.endColumn - 1, row: line.row), style: border, clippedTo: line)
    }

    /// Titles stand between the corners with a blank on each side.
    private func drawTitles(on grid: inout Grid, _ line: Rect, _ glyphs: Glyphs) {
        let room = line.columns - 4
        guard room > 0 else { return }
        var used = 0
        if !title.isEmpty {
            let text = title.truncated(to: room, ellipsis: glyphs.ellipsis)
            drawTitle(on: &grid, text, at: Point(column: line.column + 1, row: line.row), line)
            used = text.width + 3
        }
        let rightWidth = rightTitle.width
        guard !rightTitle.isEmpty, used + rightWidth + 4 <= line.columns - 1 else { return }
        // At least one piece of the border stays between the titles.
        let start = Point(column: line.endColumn - rightWidth - 3, row: line.row)
        drawTitle(on: &grid, rightTitle, at: start, line)
    }

    private func drawTitle(on grid: inout Grid, _ title: StyledText, at point: Point, _ clip: Rect) {
        let blank = StyledText(" ", border)
        grid.write(blank + title + blank, at: point, clippedTo: clip)
    }
}
