/// Text that wraps at the width of its area.
public struct Paragraph: Hashable, Sendable {
    /// The text.
    public var text: DisplayText
    /// Its style.
    public var style: Style

    /// Makes a paragraph.
    public init(_ text: DisplayText, style: Style = .normal) {
        self.text = text
        self.style = style
    }

    /// The rows it takes at a width.
    public func height(width: Int) -> Int {
        text.wrapped(to: width).count
    }

    /// Draws the lines that fit; the last ends in an ellipsis when more would follow.
    ///
    /// - Returns: The rows it took.
    @discardableResult
    public func draw(on grid: inout Grid, in area: Rect, ellipsis: DisplayText = "…") -> Int {
        let lines = text.wrapped(to: area.columns)
        for (row, line) in lines.prefix(area.rows).enumerated() {
            let isCut = row == area.rows - 1 && lines.count > area.rows
            let shown = isCut ? (line + ellipsis).truncatedAtWord(to: area.columns, ellipsis: ellipsis) : line
            grid.write(shown, at: area.line(row).origin, style: style, clippedTo: area)
        }
        return min(lines.count, area.rows)
    }
}
