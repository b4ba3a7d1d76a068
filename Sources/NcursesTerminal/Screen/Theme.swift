/// A set of colours.
public enum Theme: String, Hashable, Sendable, CaseIterable {
    /// For dark and light backgrounds: the terminal's own colours, with few of the 256.
    case standard
    /// Stronger colours on a dark background.
    case dark
    /// Darker colours on a light background.
    case light
    /// No colours, only bold, dim, underlined and reversed.
    case mono
}
