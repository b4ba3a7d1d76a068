/// How a session uses the terminal.
public struct TerminalOptions: Hashable, Sendable {
    /// Draws ASCII only, also where the locale has more.
    public var isASCIIOnly: Bool
    /// Takes the mouse where the program wants it; false leaves it to the terminal for selecting text.
    public var usesMouse: Bool
    /// Which colours the roles get, where a frame names no other.
    public var theme: Theme
    /// Those that a frame may name.
    public var themes: [Theme]
    /// Draws without colours, whatever the terminal has.
    public var isMonochrome: Bool
    /// How long an Escape may be the beginning of something else; nil takes ESCDELAY, or 25 ms.
    public var escapeDelay: Duration?

    /// Makes options.
    public init(
        isASCIIOnly: Bool = false,
        usesMouse: Bool = true,
        theme: Theme = .standard,
        themes: [Theme] = Theme.builtIn,
        isMonochrome: Bool = false,
        escapeDelay: Duration? = nil
    ) {
        self.isASCIIOnly = isASCIIOnly
        self.usesMouse = usesMouse
        self.theme = theme
        self.themes = themes
        self.isMonochrome = isMonochrome
        self.escapeDelay = escapeDelay
    }
}
