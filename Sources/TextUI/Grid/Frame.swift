/// Everything that one drawing of the screen shows.
public struct Frame: Hashable, Sendable {
    /// The cells.
    public var grid: Grid
    /// Where the terminal's cursor stands; nil hides it.
    public var cursor: Point?
    /// The window's title; nil leaves it as it is.
    public var title: DisplayText?
    /// Whether the program wants mouse events; without them the terminal lets the user select text.
    public var isMouseWanted: Bool
    /// The name of the theme to draw with; nil, or one that isn't known, leaves it to the session.
    public var theme: String?

    /// Makes a frame.
    public init(
        grid: Grid,
        cursor: Point? = nil,
        title: DisplayText? = nil,
        isMouseWanted: Bool = true,
        theme: String? = nil
    ) {
        self.grid = grid
        self.cursor = cursor
        self.title = title
        self.isMouseWanted = isMouseWanted
        self.theme = theme
    }
}
