import CNcurses
import TextUI

/// What the process's terminal can do.
///
/// Make one before anything else starts: it adopts the environment's character set, which must not happen while other
/// threads run, and it refuses what a dashboard can't use before a screen is opened.
public struct TerminalCheck: Sendable {
    /// Whether the locale's character set is UTF-8; without it only ASCII can be drawn.
    public let isUnicode: Bool
    /// The terminal type.
    public let type: String

    let modes: TerminalModes
    let restoreBytes: [UInt8]
    let extraKeys: [[UInt8]: Key]

    /// Looks at standard input and output and at the environment.
    ///
    /// - Throws: ``TerminalError/notATerminal``, or that the terminal's type is missing, unknown, or can't position the
    ///   cursor.
    public init() throws(TerminalError) {
        guard isatty(STDIN_FILENO) == 1, isatty(STDOUT_FILENO) == 1 else { throw .notATerminal }
        guard let type = Environment.value("TERM"), !type.isEmpty else { throw .terminalTypeMissing }
        guard cn_load_terminal(type) == 1 else { throw .unknownTerminalType(type) }
        defer { cn_unload_terminal() }
        guard let position = Self.capability("cup") else { throw .cannotPositionCursor(type) }

        self.type = type
        self.isUnicode = cn_adopt_locale()
        self.modes = TerminalModes(
            isANSI: position.hasPrefix("\u{1B}["),
            hasMouse: Self.capability("kmous") != nil,
            hasTitle: Self.hasTitle(type)
        )
        self.restoreBytes = modes.restore(["op", "sgr0", "cnorm", "rmcup"].compactMap(Self.capability))
        self.extraKeys = Self.keys()
    }

    private static func capability(_ name: String) -> String? {
        cn_capability(name).map { String(cString: $0) }
    }

    /// Terminals that ignore what they don't know; elsewhere a title would be printed as text.
    private static func hasTitle(_ type: String) -> Bool {
        let families = [
            "xterm", "tmux", "screen", "rxvt", "alacritty", "foot", "ghostty", "iterm", "kitty", "konsole", "st-",
            "vte",
            "wezterm",
        ]
        return families.contains { type.hasPrefix($0) }
    }

    /// The description's own sequences for keys.
    private static func keys() -> [[UInt8]: Key] {
        let names: [(String, Key)] =
            [
                ("kcuu1", .up), ("kcud1", .down), ("kcub1", .left), ("kcuf1", .right), ("khome", .home), ("kend", .end),
                ("kpp", .pageUp), ("knp", .pageDown), ("kich1", .insert), ("kdch1", .delete), ("kcbt", .backTab),
            ] + (1...12).map { ("kf\($0)", .function($0)) }
        var keys: [[UInt8]: Key] = [:]
        for (name, key) in names {
            guard let sequence = capability(name).map({ Array($0.utf8) }) else { continue }
            // Single characters (backspace and the like) mean the same everywhere.
            if sequence.count > 1, sequence[0] == 0x1B {
                keys[sequence] = key
            }
        }
        return keys
    }
}
