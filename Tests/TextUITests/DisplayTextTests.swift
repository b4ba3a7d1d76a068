import TestSupport
import Testing

@testable import TextUI

@Suite("Display text")
struct DisplayTextTests {
    @Test(
        "Every scalar there is comes out as one safe cluster of one or two columns",
        arguments: 0...0x10 as ClosedRange<UInt32>
    )
    func everyScalar(plane: UInt32) {
        for value in plane << 16...plane << 16 | 0xFFFF {
            guard let scalar = Unicode.Scalar(value) else { continue }
            let text = DisplayText(String(scalar))
            if text.clusters.count != 1 || text.width != text.clusters[0].width || !Forbidden.allows(text.string) {
                Issue.record("U+\(String(value, radix: 16)) became \(text.clusters)")
            }
        }
    }

    @Test("Every scalar stays safe between others and behind itself")
    func everyScalarInContext() {
        for value in stride(from: UInt32(0), through: 0x10FFFF, by: 11) {
            guard let scalar = Unicode.Scalar(value) else { continue }
            let text = DisplayText("a\(scalar)\(scalar)b\u{1100}\(scalar)")
            if !Forbidden.allows(text.string) || text.clusters.contains(where: { $0.text.unicodeScalars.count > 5 }) {
                Issue.record("U+\(String(value, radix: 16)) became \(text.clusters)")
            }
            if DisplayText(text.string) != text {
                Issue.record("U+\(String(value, radix: 16)) changes when sanitised again")
            }
        }
    }

    @Test(
        "Hostile characters become visible",
        arguments: [
            ("\u{1B}[2J", "␛[2J"), ("a\tb\r\nc", "a␉b␍␊c"), ("\u{0}\u{7F}", "␀␡"), ("\u{9B}31m", "·31m"),
            ("\u{202E}live", "·live"), ("a\u{200B}b\u{2066}c\u{FEFF}", "a·b·c·"), ("\u{E0041}\u{E007F}", "··"),
            ("❤\u{FE0F}", "❤·"), ("\u{E000}\u{F0000}\u{378}\u{FFFE}", "����"), ("\u{2028}\u{2029}\u{AD}", "···"),
            ("a\u{A0}b\u{2003}c", "a b c"), ("\u{1F1EB}\u{1F1F7}", "FR"), ("👍\u{1F3FD}", "👍·"),
            ("\u{301}x", "\u{25CC}\u{301}x"), ("\u{3164}\u{115F}\u{FFA0}", "···"), ("", ""),
        ]
    )
    func replacements(hostile: String, expected: String) {
        #expect(DisplayText(hostile).string == expected)
    }

    @Test("A run of combining marks is cut after four, visibly")
    func combiningMarks() {
        let text = DisplayText("a" + String(repeating: "\u{301}", count: 1_000) + "b")
        #expect(text.clusters.map(\.text) == ["a\u{301}\u{301}\u{301}\u{301}", "·", "b"])
        #expect(text.width == 3)
    }

    @Test("Ordinary text of many scripts stays as it is")
    func ordinaryText() {
        for text in ["Zoë Straße", "Ελληνικά", "Привет", "日本語", "한국어", "Tiếng Việt", "हिन्दी", "שלום", "🎉🚀"] {
            #expect(DisplayText(text).string == text)
        }
    }

    @Test(
        "Widths are what a terminal gives",
        arguments: [
            ("abc", 3), ("日本", 4), ("é", 1), ("e\u{301}", 1), ("🎉", 2), ("ｶ", 1), ("Ａ", 2), ("한", 2), ("\u{3000}", 2),
            ("●▲◐█░", 5), ("\u{1100}\u{1161}\u{11A8}", 2), ("a\u{1161}", 2),
        ]
    )
    func widths(text: String, expected: Int) {
        #expect(DisplayText(text).width == expected)
    }

    @Test("The length is capped, and the cut shows")
    func cap() {
        #expect(DisplayText("abcdef", maximumClusters: 4).string == "abc…")
        #expect(DisplayText("abcd", maximumClusters: 4).string == "abcd")
        #expect(DisplayText("abc", maximumClusters: 0).isEmpty)
        #expect(DisplayText("abc", maximumClusters: -1).isEmpty)
        #expect(DisplayText("abc", maximumClusters: .max).string == "abc")
        #expect(DisplayText(String(repeating: "x", count: 100_000)).clusters.count == 512)
        #expect(DisplayText(String(repeating: "\u{301}", count: 100_000)).clusters.count <= 2)
    }

    @Test("An interpolation is sanitised as a whole")
    func interpolation() {
        let name = "Ada\u{1B}[0m"
        let text: DisplayText = "User \(name), \(3)"
        #expect(text.string == "User Ada␛[0m, 3")
    }

    @Test("Truncating never splits a wide cluster and never exceeds the width")
    func truncation() {
        let text = DisplayText("ab日本語cd")
        #expect(text.truncated(to: 10) == text)
        #expect(text.truncated(to: 6).string == "ab日…")
        #expect(text.truncated(to: 5).string == "ab日…")
        #expect(text.truncated(to: 4).string == "ab…")
        #expect(text.truncated(to: 1).string == "…")
        #expect(text.truncated(to: 0).isEmpty)
        #expect(text.truncated(to: -3).isEmpty)
        #expect(text.truncated(to: 2, ellipsis: "...").string == "ab")
    }

    @Test("Padding aligns and leaves wider text alone")
    func padding() {
        let text = DisplayText("日")
        #expect(text.padded(to: 5).string == "日   ")
        #expect(text.padded(to: 5, alignment: .trailing).string == "   日")
        #expect(text.padded(to: 5, alignment: .center).string == " 日  ")
        #expect(text.padded(to: 1) == text)
        #expect(text.padded(to: -1) == text)
        #expect(DisplayText("日本").fitted(to: 3).width == 3)
    }

    @Test("Wrapping breaks at spaces, and inside a word only where it must")
    func wrapping() {
        func wrap(_ text: DisplayText, _ width: Int) -> [String] { text.wrapped(to: width).map(\.string) }
        #expect(wrap("the quick brown fox", 9) == ["the quick", "brown fox"])
        #expect(wrap("a verylongword b", 5) == ["a", "veryl", "ongwo", "rd b"])
        #expect(wrap("日本語", 3) == ["日", "本", "語"])
        #expect(wrap("日a", 1) == ["a"])
        #expect(wrap("", 4) == [""])
        #expect(wrap("abc", 0) == [])
    }

    @Test("The ASCII form has the same width and only ASCII")
    func asciiForm() {
        let text = DisplayText("é日│●…·")
        #expect(text.asciiOnly.string == "???|*..")
        #expect(text.asciiOnly.width == text.width)
    }
}

/// An own list of what must never reach a terminal, so that the code isn't tested against itself.
private enum Forbidden {
    static func allows(_ text: String) -> Bool {
        text.unicodeScalars.allSatisfy { !forbids($0.value) && assigned($0) }
    }

    private static func assigned(_ scalar: Unicode.Scalar) -> Bool {
        let category = scalar.properties.generalCategory
        return category != .unassigned && category != .privateUse && category != .surrogate
    }

    private static func forbids(_ value: UInt32) -> Bool {
        switch value {
        case 0x00...0x1F, 0x7F...0x9F: true
        case 0x061C, 0x200B...0x200F, 0x2028...0x202E, 0x2060...0x206F, 0xFEFF, 0xFFF9...0xFFFB: true
        case 0xAD, 0x034F, 0x115F...0x1160, 0x17B4...0x17B5, 0x180B...0x180F, 0x3164, 0xFFA0: true
        case 0xFE00...0xFE0F, 0xE0000...0xE0FFF: true
        case 0x1F1E6...0x1F1FF, 0x1F3FB...0x1F3FF: true
        default: false
        }
    }
}
