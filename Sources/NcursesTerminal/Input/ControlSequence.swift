import TextUI

/// A complete control sequence (`ESC [ parameters final`).
struct ControlSequence: Equatable {
    /// What stands between `ESC [` and the final byte.
    let body: [UInt8]
    /// The final byte.
    let final: UInt8

    /// What the sequence means.
    enum Meaning: Equatable {
        case event(TerminalEvent)
        case pasteBegins
        /// Three bytes with the mouse follow.
        case mouseFollows
        case nothing
    }

    /// The numbers between the semicolons; nil for one that is missing or not a number.
    private func parameters(from start: Int = 0) -> [Int?] {
        body[start...].split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false).map { digits in
            guard digits.count <= 6 else { return nil }
            return Int(String(decoding: digits, as: UTF8.self))
        }
    }

    /// What the sequence means; unknown ones mean nothing.
    var meaning: Meaning {
        switch body.first {
        case UInt8(ascii: "<"): mouse.map { .event(.mouse($0)) } ?? .nothing
        case UInt8(ascii: "["): linuxFunctionKey.map { .event(.key($0)) } ?? .nothing
        case nil where final == UInt8(ascii: "M"): .mouseFollows
        case nil where final == UInt8(ascii: "I"): .event(.focusGained)
        case nil where final == UInt8(ascii: "O"): .event(.focusLost)
        case .some(0x3C...0x3F): .nothing
        case nil, .some: keyMeaning
        }
    }

    private var keyMeaning: Meaning {
        let parameters = parameters()
        let first = parameters.compactMap(\.self).first
        if final == UInt8(ascii: "~") {
            if first == 200 { return .pasteBegins }
            return first.flatMap(Self.numberedKey).map { .event(.key($0)) } ?? .nothing
        }
        // Modifiers come as `1;5`: the key counts, whatever is held with it.
        guard parameters.count <= 2, first ?? 1 == 1 else { return .nothing }
        return Self.letterKey(final).map { .event(.key($0)) } ?? .nothing
    }

    /// The key of `ESC [ letter` and `ESC O letter`.
    static func letterKey(_ letter: UInt8) -> Key? {
        switch letter {
        case UInt8(ascii: "A"): .up
        case UInt8(ascii: "B"): .down
        case UInt8(ascii: "C"): .right
        case UInt8(ascii: "D"): .left
        case UInt8(ascii: "H"): .home
        case UInt8(ascii: "F"): .end
        case UInt8(ascii: "Z"): .backTab
        case UInt8(ascii: "P")...UInt8(ascii: "S"): .function(Int(letter - UInt8(ascii: "P")) + 1)
        default: nil
        }
    }

    /// The key of `ESC O letter`: the numeric keypad in application mode beside the others.
    static func applicationKey(_ letter: UInt8) -> Key? {
        switch letter {
        case UInt8(ascii: "M"): .enter
        case UInt8(ascii: "j")...UInt8(ascii: "y"):
            .character(Character(Unicode.Scalar(letter - UInt8(ascii: "j") + UInt8(ascii: "*"))))
        default: letterKey(letter)
        }
    }

    private static func numberedKey(_ number: Int) -> Key? {
        switch number {
        case 1, 7: .home
        case 2: .insert
        case 3: .delete
        case 4, 8: .end
        case 5: .pageUp
        case 6: .pageDown
        case 11...15: .function(number - 10)
        case 17...21: .function(number - 11)
        case 23...24: .function(number - 12)
        default: nil
        }
    }

    private var linuxFunctionKey: Key? {
        guard body.count == 1, (UInt8(ascii: "A")...UInt8(ascii: "E")).contains(final) else { return nil }
        return .function(Int(final - UInt8(ascii: "A")) + 1)
    }

    /// `ESC [ < button ; column ; row M`, or `m` for a release.
    private var mouse: MouseEvent? {
        let parameters = parameters(from: 1)
        guard parameters.count == 3, let button = parameters[0], let column = parameters[1], let row = parameters[2]
        else { return nil }
        switch final {
        case UInt8(ascii: "M"): return Self.mouse(button, column, row, isRelease: false)
        case UInt8(ascii: "m"): return Self.mouse(button, column, row, isRelease: true)
        default: return nil
        }
    }

    /// Decodes a mouse report; movements and horizontal wheels are left out.
    ///
    /// - Parameters:
    ///   - code: The button's bits, as xterm sends them.
    ///   - column: From 1.
    ///   - row: From 1.
    static func mouse(_ code: Int, _ column: Int, _ row: Int, isRelease: Bool) -> MouseEvent? {
        guard column >= 1, row >= 1, code & 32 == 0 else { return nil }
        let button: MouseEvent.Button? =
            switch code & 3 {
            case 0: .left
            case 1: .middle
            case 2: .right
            default: nil
            }
        let action: MouseEvent.Action? =
            switch (code & 0b1100_0000, code & 3) {
            case (64, 0): .scrollUp
            case (64, 1): .scrollDown
            case (0, 3): .release(.left)
            case (0, _): button.map { isRelease ? .release($0) : .press($0) }
            default: nil
            }
        return action.map { MouseEvent($0, at: Point(column: column - 1, row: row - 1)) }
    }
}
