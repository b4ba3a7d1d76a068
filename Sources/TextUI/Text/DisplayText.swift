/// Text that is safe to draw on a terminal: the only thing the ``Grid`` accepts.
///
/// Whatever could move the cursor, change the terminal's state, reorder a line or take no room becomes a visible
/// replacement: C0 controls (TAB, CR and LF among them) and DEL their control pictures (`␛`); C1, bidi controls,
/// zero-width characters, joiners, tags, variation selectors and other format characters `·`; unassigned and private-use
/// scalars, noncharacters and characters whose width terminals disagree on `�`. Regional indicators become their letter.
/// A run of more than ``maximumMarks`` combining marks is cut with one `·`. Other spaces become U+0020.
///
/// Making one from the ``string`` of another gives the same text again.
public struct DisplayText: Hashable, Sendable {
    /// The combining marks one cluster may have: what one cell of ncurses holds beside its base.
    public static let maximumMarks = 4

    /// The text, one element for each place on the grid.
    public let clusters: [Cluster]

    /// The columns it takes.
    public let width: Int

    /// Makes safe text of any string.
    ///
    /// - Parameters:
    ///   - untrusted: Any string, of any length; no more of it is read than the limit needs.
    ///   - maximumClusters: The most clusters to keep; what is longer ends in `…` within that limit. Below 1 gives nothing.
    public init(_ untrusted: String, maximumClusters: Int = 512) {
        self.init(clusters: DisplayTextScanner.scan(untrusted, limit: maximumClusters))
    }

    /// Makes text of clusters that come from other texts.
    init(clusters: [Cluster]) {
        self.clusters = clusters
        self.width = clusters.reduce(0) { $0 + $1.width }
    }

    /// No text at all.
    public static let empty = DisplayText(clusters: [])

    /// Whether there is nothing to draw.
    public var isEmpty: Bool { clusters.isEmpty }

    /// The sanitised text, for plain output, exports and logs.
    public var string: String {
        clusters.reduce(into: "") { $0 += $1.text }
    }

    /// The same text for a terminal without Unicode, as wide as this one.
    public var asciiOnly: DisplayText {
        DisplayText(clusters: clusters.map(\.asciiOnly))
    }

    /// Joins two texts.
    public static func + (first: DisplayText, second: DisplayText) -> DisplayText {
        DisplayText(clusters: first.clusters + second.clusters)
    }

    /// Appends a text.
    public static func += (first: inout DisplayText, second: DisplayText) {
        first = first + second
    }

    /// Spaces.
    ///
    /// - Parameter count: How many; below 1 gives no text, above 1,000 gives 1,000.
    public static func spaces(_ count: Int) -> DisplayText {
        DisplayText(clusters: Array(repeating: .space, count: max(0, min(count, 1_000))))
    }

    /// This text several times over.
    ///
    /// - Parameter count: How often; below 1 gives no text, above 1,000 gives 1,000.
    public func repeated(_ count: Int) -> DisplayText {
        DisplayText(clusters: (0..<max(0, min(count, 1_000))).flatMap { _ in clusters })
    }
}

/// A literal, or an interpolation, is sanitised as a whole like any other string.
extension DisplayText: ExpressibleByStringLiteral, ExpressibleByStringInterpolation {
    /// Makes safe text of a literal.
    public init(stringLiteral value: String) {
        self.init(value)
    }
}

extension DisplayText: CustomStringConvertible {
    /// The sanitised text.
    public var description: String { string }
}
