/// The symbols of one glyph level, so that no view names one itself.
public struct Glyphs: Hashable, Sendable {
    /// How charts are drawn.
    public enum Level: String, Hashable, Sendable, CaseIterable {
        /// Braille patterns: two points a column, four steps a row.
        case braille
        /// Block elements: one point a column, eight steps a row.
        case block
        /// ASCII only.
        case ascii
    }

    /// The lines of a box.
    public struct Lines: Hashable, Sendable {
        /// A horizontal line (`─`).
        public let horizontal: DisplayText
        /// A vertical line (`│`).
        public let vertical: DisplayText
        /// The top left corner (`┌`).
        public let topLeft: DisplayText
        /// The top right corner (`┐`).
        public let topRight: DisplayText
        /// The bottom left corner (`└`).
        public let bottomLeft: DisplayText
        /// The bottom right corner (`┘`).
        public let bottomRight: DisplayText
        /// A joint open to the right (`├`).
        public let teeRight: DisplayText
        /// A joint open to the left (`┤`).
        public let teeLeft: DisplayText
        /// A joint open below (`┬`).
        public let teeDown: DisplayText
        /// A joint open above (`┴`).
        public let teeUp: DisplayText
        /// A crossing (`┼`).
        public let cross: DisplayText
    }

    /// How charts are drawn.
    public let level: Level
    /// The lines of boxes.
    public let lines: Lines

    /// Ends a text that was cut (`…`).
    public let ellipsis: DisplayText
    /// Marks the selected row, and stands between the steps of a series (`›`).
    public let pointer: DisplayText
    /// Sorted ascending (`▲`).
    public let ascending: DisplayText
    /// Sorted descending (`▼`).
    public let descending: DisplayText

    /// A closed breaker (`●`).
    public let closed: DisplayText
    /// An open breaker (`▲`).
    public let open: DisplayText
    /// A half-open breaker (`◐`).
    public let halfOpen: DisplayText
    /// A breaker that is forced open (`■`).
    public let forcedOpen: DisplayText
    /// A breaker that is disabled (`○`).
    public let disabled: DisplayText

    /// The timeline, nothing happened (`·`).
    public let noData: DisplayText
    /// The timeline, success (`✓`).
    public var success: DisplayText { successes[0] }
    /// The timeline, failure (`×`).
    public var failure: DisplayText { failures[0] }
    /// The timeline, a probe (`?`).
    public let probe: DisplayText
    /// The timeline, rejected calls (`!`).
    public var rejected: DisplayText { rejections[0] }
    /// The timeline, few, many and very many successes in one cell (`✓▃▇`).
    public let successes: [DisplayText]
    /// The timeline, few, many and very many failures in one cell (`×✗✘`).
    public let failures: [DisplayText]
    /// The timeline, few, many and very many rejected calls in one cell (`!‡▒`).
    public let rejections: [DisplayText]
    /// The timeline, a breaker opened (`▐`).
    public let openStart: DisplayText
    /// The timeline, the wait ended (`▌`).
    public let openEnd: DisplayText
    /// The timeline, waiting (`─`).
    public let waiting: DisplayText

    /// The timeline, the process started (`◆`).
    public let started: DisplayText

    /// The done part of a bar (`█`).
    public let barFull: DisplayText
    /// The part of a bar still to do (`░`).
    public let barEmpty: DisplayText
    /// A taken place of a window (`■`).
    public let windowFull: DisplayText
    /// A free place of a window (`□`).
    public let windowEmpty: DisplayText
    /// Parts of a bar's last column, from an eighth to seven eighths; empty in ASCII.
    public let barParts: [DisplayText]
    /// Heights of a chart's column from lowest to highest.
    public let heights: [DisplayText]
    /// The peak above a bar of a chart (`░`).
    public let peak: DisplayText
    /// An animation's steps.
    public let spinner: [DisplayText]
    /// The arrow keys up, down, left and right.
    public let arrows: [DisplayText]

    /// The glyphs of a level.
    public static func of(_ level: Level) -> Glyphs {
        switch level {
        case .braille: .braille
        case .block: .unicode
        case .ascii: .ascii
        }
    }

    /// Unicode with block charts.
    public static let unicode = makeUnicode(.block)
    /// Unicode with braille charts.
    public static let braille = makeUnicode(.braille)
    /// ASCII only.
    public static let ascii = makeASCII()
}

extension Glyphs {
    private static func makeUnicode(_ level: Level) -> Glyphs {
        Glyphs(
            level: level,
            lines: Lines(
                horizontal: "─",
                vertical: "│",
                topLeft: "┌",
                topRight: "┐",
                bottomLeft: "└",
                bottomRight: "┘",
                teeRight: "├",
                teeLeft: "┤",
                teeDown: "┬",
                teeUp: "┴",
                cross: "┼"
            ),
            ellipsis: "…",
            pointer: "›",
            ascending: "▲",
            descending: "▼",
            closed: "●",
            open: "▲",
            halfOpen: "◐",
            forcedOpen: "■",
            disabled: "○",
            noData: "·",
            probe: "?",
            successes: ["✓", "▃", "▇"],
            failures: ["×", "✗", "✘"],
            rejections: ["!", "‡", "▒"],
            openStart: "▐",
            openEnd: "▌",
            waiting: "─",
            started: "◆",
            barFull: "█",
            barEmpty: "░",
            windowFull: "■",
            windowEmpty: "□",
            barParts: ["▏", "▎", "▍", "▌", "▋", "▊", "▉"],
            heights: ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"],
            peak: "░",
            spinner: ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"],
            arrows: ["↑", "↓", "←", "→"]
        )
    }

    private static func makeASCII() -> Glyphs {
        Glyphs(
            level: .ascii,
            lines: Lines(
                horizontal: "-",
                vertical: "|",
                topLeft: "+",
                topRight: "+",
                bottomLeft: "+",
                bottomRight: "+",
                teeRight: "+",
                teeLeft: "+",
                teeDown: "+",
                teeUp: "+",
                cross: "+"
            ),
            ellipsis: "~",
            pointer: ">",
            ascending: "^",
            descending: "v",
            closed: "o",
            open: "!",
            halfOpen: "~",
            forcedOpen: "#",
            disabled: "-",
            noData: ".",
            probe: "?",
            successes: ["+", "*", "%"],
            failures: ["x", "X", "#"],
            rejections: ["!", ";", "&"],
            openStart: "[",
            openEnd: "]",
            waiting: "-",
            started: "*",
            barFull: "#",
            barEmpty: ".",
            windowFull: "#",
            windowEmpty: "_",
            barParts: [],
            heights: ["_", ".", "-", "=", "+", "*", "%", "#"],
            peak: ":",
            spinner: ["|", "/", "-", "\\"],
            arrows: ["Up", "Down", "Left", "Right"]
        )
    }
}
