/// Why a terminal can't be used.
public enum TerminalError: Error, Hashable, Sendable {
    /// Standard input or output is not a terminal.
    case notATerminal
    /// The TERM variable is not set.
    case terminalTypeMissing
    /// There is no description of the terminal type.
    case unknownTerminalType(String)
    /// The terminal type can't position the cursor.
    case cannotPositionCursor(String)
    /// The process has a session already: ncurses has only one.
    case sessionRunning
    /// A system call failed.
    case system(call: String, error: Int32)
}

extension TerminalError: CustomStringConvertible {
    /// What is wrong, in half a sentence without a full stop.
    public var description: String {
        switch self {
        case .notATerminal: "standard input and output are not a terminal"
        case .terminalTypeMissing: "TERM is not set"
        case .unknownTerminalType(let name): "terminal type '\(name)' is unknown here"
        case .cannotPositionCursor(let name): "terminal type '\(name)' can't position the cursor"
        case .sessionRunning: "the terminal is in use"
        case .system(let call, let error): "\(call) failed with error \(error)"
        }
    }
}
