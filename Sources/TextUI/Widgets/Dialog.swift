/// A box in the middle of the screen, over everything else.
public struct Dialog: Hashable, Sendable {
    /// Its title.
    public var title: DisplayText
    /// The size of what is inside.
    public var content: Size
    /// The border's style.
    public var border: Style

    /// Makes a dialog.
    public init(title: DisplayText, content: Size, border: Style = Style(.focusedBorder)) {
        self.title = title
        self.content = content
        self.border = border
    }

    /// Where the dialog stands on a screen, its border included; smaller where it doesn't fit.
    public func area(in screen: Rect) -> Rect {
        screen.centered(Size(columns: content.columns + 4, rows: content.rows + 2))
    }

    /// Clears its area and draws the border.
    ///
    /// - Returns: The area inside, with a blank column on both sides.
    @discardableResult
    public func draw(on grid: inout Grid, in screen: Rect, glyphs: Glyphs) -> Rect {
        let area = area(in: screen)
        grid.fill(area, style: Style(.dialog))
        let box = Box(title: StyledText(title, Style(.title, .bold)), border: border)
        return box.draw(on: &grid, in: area, glyphs: glyphs).inset(columns: 1)
    }
}
