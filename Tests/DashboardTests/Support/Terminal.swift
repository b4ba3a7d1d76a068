import TextUI

@testable import NcursesTerminal

/// A terminal that a scene is drawn on: how large it is, and what it can show.
struct Terminal: CustomStringConvertible, Sendable {
    enum Kind: String, CaseIterable, Sendable {
        case unicode = "Unicode"
        case ascii = "ASCII"
        /// The same text as in Unicode, so what is compared are the attributes that are left without colours.
        case monochrome = "without colours"
    }

    let size: Size
    let kind: Kind

    static let standard = Terminal(size: Size(columns: 120, rows: 36), kind: .unicode)
    static let sizes = [(200, 60), (120, 36), (80, 24), (40, 12)].map { Size(columns: $0.0, rows: $0.1) }
    static let all = sizes.flatMap { size in Kind.allCases.map { Terminal(size: size, kind: $0) } }

    var isASCII: Bool { kind == .ascii }
    var description: String { "\(size.columns) × \(size.rows), \(kind.rawValue)" }

    /// What is compared of a screen.
    func text(of grid: Grid) -> String {
        let lines = kind == .monochrome ? grid.attributeLines : grid.lines
        return lines.joined(separator: "\n")
    }
}

extension Grid {
    /// For each cell what a terminal without colours makes of its style: `b` bold, `d` dim, `u` underlined, `r` reversed,
    /// in capitals where it is bold as well.
    fileprivate var attributeLines: [String] {
        let palette = Palette(depth: .none, theme: .standard)
        return (0..<size.rows).map { number in
            let line = row(number).map { cell in
                Self.letter(palette.look(of: cell.style.role).attributes.union(cell.style.attributes))
            }
            return String(String(line.reversed().drop { $0 == " " }).reversed())
        }
    }

    private static func letter(_ attributes: Style.Attributes) -> Character {
        let isBold = attributes.contains(.bold)
        if attributes.contains(.reverse) { return isBold ? "R" : "r" }
        if attributes.contains(.underline) { return isBold ? "U" : "u" }
        if attributes.contains(.dim) { return isBold ? "D" : "d" }
        return isBold ? "b" : " "
    }
}
