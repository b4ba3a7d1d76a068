/// What a piece of the screen is, for the driver to choose a colour by.
///
/// Colour never carries meaning alone: a text or glyph always says the same.
public enum Role: UInt8, Hashable, Sendable, CaseIterable {
    /// Ordinary text.
    case normal
    /// Secondary text.
    case dim
    /// A pane's title.
    case title
    /// A pane's border.
    case border
    /// The border of the pane that has the focus.
    case focusedBorder
    /// The selected row of the pane that has the focus.
    case selection
    /// The selected row of another pane.
    case inactiveSelection
    /// What the eye should find first.
    case accent
    /// Success, closed.
    case good
    /// Stale, half-open, rejected.
    case warning
    /// Failure, open.
    case bad
    /// A probe.
    case probe
    /// The line at the top.
    case header
    /// A column's heading.
    case columnHeader
    /// Footer text.
    case hint
    /// A key in the footer or the help.
    case key
    /// Text in an input field.
    case input
    /// The field that has the focus.
    case focusedInput
    /// A message about what the user has to correct.
    case error
    /// The background of a dialog.
    case dialog
}

/// How a cell is drawn.
public struct Style: Hashable, Sendable {
    /// Attributes beside the colour.
    public struct Attributes: OptionSet, Hashable, Sendable {
        /// The bits.
        public let rawValue: UInt8

        /// Makes a set of bits.
        public init(rawValue: UInt8) {
            self.rawValue = rawValue
        }

        /// Brighter or heavier.
        public static let bold = Attributes(rawValue: 1)
        /// Foreground and background exchanged.
        public static let reverse = Attributes(rawValue: 2)
        /// Underlined.
        public static let underline = Attributes(rawValue: 4)
        /// Fainter.
        public static let dim = Attributes(rawValue: 8)
    }

    /// What the cell is.
    public var role: Role
    /// Its attributes, beside those that the role itself brings.
    public var attributes: Attributes

    /// Makes a style.
    public init(_ role: Role, _ attributes: Attributes = []) {
        self.role = role
        self.attributes = attributes
    }

    /// The same style with more attributes.
    public func with(_ attributes: Attributes) -> Style {
        Style(role, self.attributes.union(attributes))
    }

    /// Ordinary text.
    public static let normal = Style(.normal)
}
