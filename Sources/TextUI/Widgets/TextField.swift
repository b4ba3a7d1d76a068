/// Draws a ``LineEditor`` in one row, scrolled so that the cursor shows.
public struct TextField: Hashable, Sendable {
    /// Shown while there is no text.
    public var placeholder: DisplayText
    /// Whether the field has the focus.
    public var isFocused: Bool

    /// Makes a field.
    public init(placeholder: DisplayText = .empty, isFocused: Bool) {
        self.placeholder = placeholder
        self.isFocused = isFocused
    }

    /// Draws the field in the first row of an area.
    ///
    /// - Returns: Where the terminal's cursor belongs; nil without the focus or without room.
    @discardableResult
    public func draw(_ editor: LineEditor, on grid: inout Grid, in area: Rect) -> Point? {
        let line = area.line(0)
        guard !line.isEmpty else { return nil }
        let style = Style(isFocused ? .focusedInput : .input)
        grid.fill(line, style: style)
        if editor.isEmpty {
            grid.write(placeholder.truncated(to: line.columns), at: line.origin, style: Style(.dim), clippedTo: line)
        }
        let (texts, cursorColumn) = Self.measure(editor)
        let scroll = Self.scroll(texts, cursorColumn, cursor: editor.cursor, room: line.columns)
        var column = -scroll
        for text in texts {
            grid.write(text, at: line.origin.moved(columns: column), style: style, clippedTo: line)
            column += text.width
        }
        let point = line.origin.moved(columns: cursorColumn - scroll)
        return isFocused && line.contains(point) && grid.bounds.contains(point) ? point : nil
    }

    /// The characters as drawn, and the columns left of the cursor.
    private static func measure(_ editor: LineEditor) -> (texts: [DisplayText], cursorColumn: Int) {
        let texts = editor.characters.map { DisplayText(String($0), maximumClusters: 16) }
        return (texts, texts[..<editor.cursor].reduce(0) { $0 + $1.width })
    }

    /// The columns scrolled off at the left, so that the character under the cursor fits as a whole.
    private static func scroll(_ texts: [DisplayText], _ cursorColumn: Int, cursor: Int, room: Int) -> Int {
        let underCursor = cursor < texts.count ? min(texts[cursor].width, room) : 1
        let least = cursorColumn + underCursor - room
        guard least > 0 else { return 0 }
        // Scrolls by whole characters, so that none is cut at the left.
        var columns = 0
        for text in texts where columns < least {
            columns += text.width
        }
        return min(columns, cursorColumn)
    }
}
