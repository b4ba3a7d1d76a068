/// A line of text in several styles.
public struct StyledText: Hashable, Sendable {
    /// A part of the line in one style.
    public struct Span: Hashable, Sendable {
        /// What to draw.
        public var text: DisplayText
        /// How to draw it.
        public var style: Style

        /// Makes a part.
        public init(_ text: DisplayText, _ style: Style = .normal) {
            self.text = text
            self.style = style
        }
    }

    /// The parts from left to right.
    public private(set) var spans: [Span]

    /// Makes a line of parts.
    public init(_ spans: [Span] = []) {
        self.spans = spans
    }

    /// Makes a line in one style.
    public init(_ text: DisplayText, _ style: Style = .normal) {
        self.init([Span(text, style)])
    }

    /// The columns it takes.
    public var width: Int { spans.reduce(0) { $0 + $1.text.width } }

    /// Whether there is nothing to draw.
    public var isEmpty: Bool { spans.allSatisfy(\.text.isEmpty) }

    /// The text without its styles.
    public var plain: DisplayText { spans.reduce(into: .empty) { $0 += $1.text } }

    /// Appends text in a style.
    public mutating func append(_ text: DisplayText, _ style: Style = .normal) {
        spans.append(Span(text, style))
    }

    /// Joins two lines.
    public static func + (first: StyledText, second: StyledText) -> StyledText {
        StyledText(first.spans + second.spans)
    }

    /// Cuts the line to a width; the ellipsis takes the style of the part it cuts.
    ///
    /// - Parameter width: The most columns to keep; below 1 gives an empty line.
    public func truncated(to width: Int, ellipsis: DisplayText = "…") -> StyledText {
        guard self.width > width else { return self }
        var room = max(0, width)
        var kept: [Span] = []
        for span in spans {
            // Whatever comes after this part is cut off, so the ellipsis must fit in here.
            let restIsEmpty = span.text.width >= room
            let text = restIsEmpty ? (span.text + ellipsis).truncated(to: room, ellipsis: ellipsis) : span.text
            kept.append(Span(text, span.style))
            room -= text.width
            if restIsEmpty { break }
        }
        return StyledText(kept)
    }
}

extension StyledText: ExpressibleByStringLiteral, ExpressibleByStringInterpolation {
    /// Makes a line in the normal style.
    public init(stringLiteral value: String) {
        self.init(DisplayText(value))
    }
}
