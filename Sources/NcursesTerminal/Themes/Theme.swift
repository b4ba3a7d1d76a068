public import TextUI

/// A set of colours: one that is built in, and what a file changes of it.
public struct Theme: Hashable, Sendable {
    /// What is built in.
    public enum Base: String, Hashable, Sendable, CaseIterable {
        /// For dark and light backgrounds: the terminal's own colours, with few of the 256.
        case standard
        /// Stronger colours on a dark background.
        case dark
        /// Darker colours on a light background.
        case light
        /// No colours, only bold, dim, underlined and reversed.
        case mono
    }

    /// What a role looks like in place of what is built in.
    public struct Look: Hashable, Sendable {
        /// The text's colour, `nil` for the terminal's own.
        public var foreground: ThemeColor?
        /// The background's colour, `nil` for the terminal's own.
        public var background: ThemeColor?
        /// The attributes.
        public var attributes: Style.Attributes

        /// Makes a look of its parts.
        public init(foreground: ThemeColor?, background: ThemeColor? = nil, attributes: Style.Attributes = []) {
            self.foreground = foreground
            self.background = background
            self.attributes = attributes
        }
    }

    /// What it is chosen by.
    public var name: String
    /// Where the looks come from that it doesn't have itself.
    public var base: Base
    /// What differs from the base.
    public var looks: [Role: Look]

    /// Makes a theme of its parts.
    public init(name: String, base: Base, looks: [Role: Look] = [:]) {
        self.name = name
        self.base = base
        self.looks = looks
    }

    /// The terminal's own colours.
    public static let standard = Theme(name: "standard", base: .standard)
    /// For a dark background.
    public static let dark = Theme(name: "dark", base: .dark)
    /// For a light background.
    public static let light = Theme(name: "light", base: .light)
    /// Without colours.
    public static let mono = Theme(name: "mono", base: .mono)
    /// Those that are there without a file.
    public static let builtIn = [standard, dark, light, mono]
}
