/// How a session uses the terminal.
public struct TerminalOptions: Hashable, Sendable {
    /// Draws ASCII only, also where the locale has more.
    public var isASCIIOnly: Bool
    /// Which colours the roles get, where a frame names no other.
    public var theme: Theme
    /// Those that a frame may name.
    public var themes: [Theme]

    /// Makes options.
    public init(isASCIIOnly: Bool = false, theme: Theme = .standard, themes: [Theme] = Theme.builtIn) {
        self.isASCIIOnly = isASCIIOnly
        self.theme = theme
        self.themes = themes
    }
}
