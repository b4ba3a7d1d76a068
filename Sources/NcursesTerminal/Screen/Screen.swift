import CNcurses
import TextUI

/// The open screen: ncurses, the modes beside it and the way back, on the screen thread only.
struct Screen {
    private let handle: cn_screen
    private let check: TerminalCheck
    private let modes: TerminalModes
    private let capture: StderrCapture?
    private var savedModes: termios
    private var painter: Painter

    /// The size now.
    private(set) var size: Size

    /// Opens the screen.
    ///
    /// - Parameter pipe: Written to when a signal has come in.
    init(check: TerminalCheck, options: TerminalOptions, pipe: Int32) throws(TerminalError) {
        var savedModes = termios()
        guard tcgetattr(STDOUT_FILENO, &savedModes) == 0 else { throw .system(call: "tcgetattr", error: cn_errno()) }
        TerminalGuard.remember()
        let capture = StderrCapture()
        handle = cn_open_screen(STDIN_FILENO, STDOUT_FILENO)
        guard handle.screen != nil else {
            _ = capture?.finish()
            throw .unknownTerminalType(check.type)
        }
        // From here on a crash restores the terminal.
        TerminalGuard.install(pipe: pipe, bytes: check.restoreBytes, modes: savedModes, capture: capture)
        cn_configure()
        let colors = Int(cn_start_color())
        let depth = ColorDepth(colors: colors, isMonochrome: Environment.isSet("NO_COLOR"))
        self.savedModes = savedModes
        self.check = check
        self.capture = capture
        self.modes = check.modes
        painter = Painter(modes: modes, isASCIIOnly: options.isASCIIOnly || !check.isUnicode, depth: depth, options)
        size = Size(columns: Int(cn_columns()), rows: Int(cn_lines()))
        Descriptor.write(modes.enter, to: STDOUT_FILENO)
        refreshSize()
    }

    /// Asks the terminal for its size.
    ///
    /// - Returns: Whether it changed.
    @discardableResult
    mutating func refreshSize() -> Bool {
        var rows: Int32 = 0
        var columns: Int32 = 0
        guard cn_window_size(STDOUT_FILENO, &rows, &columns) else { return false }
        let new = Size(columns: Int(columns), rows: Int(rows))
        guard new != size else { return false }
        cn_resize(Int32(new.rows), Int32(new.columns))
        size = new
        painter.forget()
        return true
    }

    /// Gives the terminal back for as long as the process is stopped.
    mutating func suspend() {
        guard TerminalGuard.disarm() else { return }
        giveBack()
    }

    /// Takes the terminal again after the process was stopped; everything is drawn again.
    /// - Parameter wasGivenBack: Whether that was by `suspend()`.
    mutating func resume(wasGivenBack: Bool = false) {
        // What was set when the process was stopped without warning is undone first: titles are kept in a stack.
        if wasGivenBack { TerminalGuard.arm() } else { Descriptor.write(modes.leave, to: STDOUT_FILENO) }
        cn_reset_screen()
        Descriptor.write(modes.enter, to: STDOUT_FILENO)
        refreshSize()
        painter.forget()
    }

    /// Shows a frame.
    mutating func paint(_ frame: Frame) {
        guard !TerminalGuard.hasCrashed else { return }
        painter.paint(frame)
    }

    /// Rings the terminal's bell, unless the terminal takes nothing now.
    func ring() {
        guard !TerminalGuard.hasCrashed else { return }
        Descriptor.write([0x07], to: STDOUT_FILENO)
    }

    /// Keeps the captured standard error from growing without end.
    func boundCapture() {
        capture?.bound()
    }

    /// Restores the terminal.
    ///
    /// - Parameter isGone: Whether the terminal is gone, so that nothing must be written to it.
    /// - Returns: What was written to standard error meanwhile.
    mutating func close(isGone: Bool) -> [DisplayText] {
        let isOurs = TerminalGuard.disarm()
        if isOurs, !isGone { giveBack() }
        TerminalGuard.uninstall(isGone: isGone)
        cn_free_screen(handle)
        return capture?.finish() ?? []
    }

    private mutating func giveBack() {
        Descriptor.write(modes.leave, to: STDOUT_FILENO)
        cn_end_screen()
        tcsetattr(STDOUT_FILENO, TCSADRAIN, &savedModes)
    }
}
