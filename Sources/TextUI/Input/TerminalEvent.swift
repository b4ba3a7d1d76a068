/// What a terminal tells the program.
public enum TerminalEvent: Hashable, Sendable {
    /// Why the program has to end.
    public enum Termination: Hashable, Sendable {
        /// SIGHUP, or the terminal is gone: nothing can be drawn any more.
        case hangup
        /// SIGINT, sent by another process: Ctrl-C is ``TerminalEvent/interrupt``.
        case interrupt
        /// SIGTERM.
        case terminate
        /// SIGQUIT.
        case quit
    }

    /// A key was pressed.
    case key(Key)
    /// Text was pasted, as the terminal sent it: not sanitised, with its newlines.
    case paste(String)
    /// The mouse was used.
    case mouse(MouseEvent)
    /// The terminal has a new size.
    case resize(Size)
    /// The terminal's window got the focus.
    case focusGained
    /// The terminal's window lost the focus.
    case focusLost
    /// Ctrl-Z was pressed.
    case suspendRequested
    /// Ctrl-C was pressed.
    case interrupt
    /// A signal asks the process to end.
    case terminate(Termination)
}
