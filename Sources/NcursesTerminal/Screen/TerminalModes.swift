import TextUI

/// The sequences that ncurses doesn't send: modes set beside its own, and all of them undone.
struct TerminalModes: Equatable {
    /// Whether the terminal understands ECMA-48 sequences at all.
    let isANSI: Bool
    /// Whether it has a mouse, by its description.
    let hasMouse: Bool
    /// Whether it has a window with a title.
    let hasTitle: Bool

    /// Sent once, when the screen opens.
    var enter: [UInt8] {
        guard isANSI else { return [] }
        return Array(((hasTitle ? "\u{1B}[22;2t" : "") + "\u{1B}[?2004h").utf8)
    }

    /// Sent when the screen closes; undoes everything, whether it was set or not.
    var leave: [UInt8] {
        guard isANSI else { return [] }
        return mouse(false) + Array(("\u{1B}[?2026l\u{1B}[?2004l" + (hasTitle ? "\u{1B}[23;2t" : "")).utf8)
    }

    /// Turns reports of buttons and the wheel on or off.
    func mouse(_ isOn: Bool) -> [UInt8] {
        guard isANSI, hasMouse else { return [] }
        return Array((isOn ? "\u{1B}[?1000h\u{1B}[?1006h" : "\u{1B}[?1006l\u{1B}[?1000l").utf8)
    }

    /// Sets the window's title.
    func title(_ text: DisplayText) -> [UInt8] {
        guard isANSI, hasTitle else { return [] }
        return Array(("\u{1B}]2;" + text.prefix(120).string + "\u{07}").utf8)
    }

    /// Sent before and after a frame, so that a terminal that knows them shows it in one go.
    var beginUpdate: [UInt8] { isANSI ? Array("\u{1B}[?2026h".utf8) : [] }
    /// See ``beginUpdate``.
    var endUpdate: [UInt8] { isANSI ? Array("\u{1B}[?2026l".utf8) : [] }

    /// What a signal handler sends to leave the screen, without ncurses' help.
    ///
    /// - Parameter capabilities: The description's strings for leaving, in order; padding is removed.
    func restore(_ capabilities: [String]) -> [UInt8] {
        leave + capabilities.flatMap(Self.withoutPadding)
    }

    /// A capability without its `$<milliseconds>`.
    private static func withoutPadding(_ capability: String) -> [UInt8] {
        var result: [UInt8] = []
        var rest = Array(capability.utf8)[...]
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "$"), rest.first == UInt8(ascii: "<"),
                let end = rest.firstIndex(of: UInt8(ascii: ">"))
            {
                rest = rest[(end + 1)...]
            } else {
                result.append(byte)
            }
        }
        return result
    }
}
