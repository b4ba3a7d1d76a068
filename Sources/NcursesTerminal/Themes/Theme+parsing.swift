import TextUI

/// What is wrong with a theme's file.
public struct ThemeError: Error, Equatable, CustomStringConvertible {
    /// The line, counted from 1.
    public let line: Int
    /// The role that the line is about, where that is known.
    public let role: String?
    /// What is wrong, and what is allowed.
    public let reason: String

    /// Where it is wrong and how.
    public var description: String {
        "line \(line)" + (role.map { ", role \($0)" } ?? "") + ": " + reason
    }
}

extension Theme {
    /// Reads a theme.
    ///
    /// A line is `ROLE = [COLOUR] [on COLOUR] [ATTRIBUTE…]` or `base = THEME`; behind `#` and a blank, or at the beginning
    /// of a line, stands a comment. A colour is a name of ANSI, a number up to 255, `#rrggbb` or `default`.
    /// - Parameter text: The contents of a file.
    public init(name: String, parsing text: String) throws(ThemeError) {
        self.init(name: name, base: .standard)
        var seen: Set<String> = []
        let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        for (index, line) in lines.enumerated() {
            let words = Self.words(of: line)
            guard let first = words.first else { continue }
            func wrong(_ reason: String) -> ThemeError { ThemeError(line: index + 1, role: first, reason: reason) }
            guard words.count > 1, words[1] == "=" else { throw wrong("expected is \(first) = …") }
            guard seen.insert(first).inserted else { throw wrong("it is there twice") }
            let values = words.dropFirst(2)
            if first == "base" {
                guard values.count == 1, let base = values.first.flatMap(Base.init) else {
                    throw wrong("allowed are \(Base.allCases.map(\.rawValue).joined(separator: ", "))")
                }
                self.base = base
            } else if let role = Role(name: first) {
                do {
                    looks[role] = try Look(parsing: values)
                } catch {
                    throw wrong(error.reason)
                }
            } else {
                let names = Role.allCases.map(\.name).joined(separator: ", ")
                throw ThemeError(
                    line: index + 1,
                    role: nil,
                    reason: "“\(first)” is no role; allowed are base, \(names)"
                )
            }
        }
    }

    /// The words of a line without its comment; `=` is a word also where no blanks are around it.
    private static func words(of line: Substring) -> [String] {
        var words: [String] = []
        for part in line.split(whereSeparator: \.isWhitespace) {
            if part == "#" || part.hasPrefix("#") && words.count < 2 { break }
            if words.count < 2, let sign = part.firstIndex(of: "=") {
                let pieces = [String(part[..<sign]), "=", String(part[part.index(after: sign)...])]
                words += pieces.filter { !$0.isEmpty }
            } else {
                words.append(String(part))
            }
        }
        return words
    }
}

extension Theme.Look {
    /// Why a look can't be read.
    struct ParseError: Error {
        let reason: String
    }

    init(parsing words: ArraySlice<String>) throws(ParseError) {
        self.init(foreground: nil)
        guard !words.isEmpty else { throw ParseError(reason: "a colour or an attribute is missing") }
        var rest = words
        var colors = 0
        while let word = rest.popFirst() {
            if let attribute = Style.Attributes(name: word) {
                attributes.insert(attribute)
            } else if word == "on" {
                guard let name = rest.popFirst() else { throw ParseError(reason: "behind “on” a colour is missing") }
                background = try Self.color(name)
            } else {
                colors += 1
                guard colors == 1 else {
                    throw ParseError(reason: "“\(word)” is one colour too many; “on” begins the background's")
                }
                foreground = try Self.color(word)
            }
        }
    }

    private static func color(_ word: String) throws(ParseError) -> ThemeColor? {
        if word == "default" { return nil }
        guard let color = ThemeColor(word) else {
            throw ParseError(
                reason:
                    "“\(word)” is neither a colour (\(ThemeColor.names[..<8].joined(separator: ", ")), bright-…, 0 to 255, "
                    + "#rrggbb, default) nor an attribute (\(Style.Attributes.names.joined(separator: ", ")))"
            )
        }
        return color
    }
}

extension Style.Attributes {
    static let names = ["bold", "dim", "underline", "reverse"]

    init?(name: String) {
        switch name {
        case "bold": self = .bold
        case "dim": self = .dim
        case "underline": self = .underline
        case "reverse": self = .reverse
        default: return nil
        }
    }
}

extension Role {
    /// The name in a theme's file.
    var name: String { "\(self)" }

    init?(name: String) {
        guard let role = Role.allCases.first(where: { $0.name == name }) else { return nil }
        self = role
    }
}
