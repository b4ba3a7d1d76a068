public import TextUI

/// A program on a terminal.
///
/// All of it runs on the screen thread of ``TerminalSession``, so that a key is on the screen without waiting for anybody.
/// It must not block: work is done elsewhere, and its results come in as messages.
public protocol TerminalProgram {
    /// What other threads tell the program.
    associatedtype Message: Sendable
    /// How the program ended.
    associatedtype Outcome: Sendable

    /// Takes a key, a paste, the mouse, a new size or a signal; the screen is painted at once.
    ///
    /// The first event is ``TextUI/TerminalEvent/resize(_:)`` with the size at the start.
    mutating func handle(_ event: TerminalEvent)

    /// Takes a message.
    /// - Returns: Whether the screen may show something else now; then it is painted within a thirtieth of a second.
    mutating func receive(_ message: Message) -> Bool

    /// When the program wants ``wake()`` next; nil while nothing on the screen moves by itself.
    ///
    /// Asked for before every wait, and not after every message: many may come between two waits.
    var nextWakeUp: ContinuousClock.Instant? { mutating get }

    /// The time of ``nextWakeUp`` has come.
    mutating func wake()

    /// What the screen shows. Asked for only after something happened.
    func render(_ size: Size) -> Frame

    /// How the program ended; nil while it runs.
    var outcome: Outcome? { get }

    /// Whether the process is to be stopped, as Ctrl-Z does elsewhere; asked after every event, and true once for each wish.
    mutating func takeSuspension() -> Bool

    /// Whether the terminal's bell is to ring; asked after every event, message and wake-up, and true once for each wish.
    mutating func takeBell() -> Bool
}

extension TerminalProgram {
    /// Never stops the process.
    public mutating func takeSuspension() -> Bool { false }

    /// Never rings.
    public mutating func takeBell() -> Bool { false }
}
