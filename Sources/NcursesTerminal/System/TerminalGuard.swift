import CNcurses

/// The state of the signal handlers: one for the process, because handlers have no other way to find it.
///
/// Made (by the first access, long before a handler is installed) and never freed; the handlers read and write it with
/// atomic operations only, everything else is written before they are installed.
nonisolated(unsafe) private let state: UnsafeMutablePointer<cn_guard> = {
    let state = UnsafeMutablePointer<cn_guard>.allocate(capacity: 1)
    state.initialize(to: cn_guard())
    state.pointee.pipe = -1
    state.pointee.standard_error = -1
    state.pointee.captured = -1
    return state
}()

/// Restores the terminal when somebody calls `exit`; registered by the first access.
private let exitHandler: Void = { _ = atexit { cn_guard_restore(state) } }()

/// Sees to it that the terminal is restored however the process ends.
///
/// Signals that ask for something are noted and wake the screen thread. Fatal ones restore the terminal and then do what
/// they would have done. `exit` restores it too.
enum TerminalGuard {
    /// Signals that ask for something.
    private static let requests = [SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGCONT, SIGWINCH]
    /// Signals that end the process.
    private static let crashes = [SIGABRT, SIGBUS, SIGFPE, SIGILL, SIGSEGV, SIGTRAP, SIGSYS]

    /// Remembers the present handlers, to go back to.
    ///
    /// To be called before ncurses installs its own.
    static func remember() {
        for number in requests + crashes {
            cn_guard_remember(state, number)
        }
    }

    /// Takes over the signals and the duty to restore.
    ///
    /// - Parameters:
    ///   - pipe: Written to when a signal has come in.
    ///   - bytes: What to send to standard output to leave the screen.
    ///   - modes: The terminal's modes to go back to.
    ///   - capture: Where standard error goes.
    static func install(pipe: Int32, bytes: [UInt8], modes: termios, capture: StderrCapture?) {
        state.pointee.terminal = STDOUT_FILENO
        state.pointee.modes = modes
        state.pointee.standard_error = capture?.standardError ?? -1
        state.pointee.captured = capture?.file ?? -1
        cn_guard_set_bytes(state, bytes, Int32(bytes.count))
        cn_guard_set_pipe(state, pipe)
        _ = cn_guard_take(state)
        for number in requests {
            cn_guard_install(number) { number, _, _ in cn_guard_note(state, number) }
        }
        for number in crashes {
            cn_guard_install(number) { cn_guard_crash(state, $0, $1, $2) }
        }
        exitHandler
        cn_guard_arm(state)
    }

    /// Gives the signals back; no handler runs after that, but for that of a hang-up where the terminal is gone.
    ///
    /// - Parameter isGone: Whether the terminal is gone. Then SIGHUP is still to come, or was what told of it: it must not
    ///   end the process now, which is about to end in order.
    static func uninstall(isGone: Bool) {
        for number in requests + crashes where !(isGone && number == SIGHUP) {
            cn_guard_uninstall(state, number)
        }
        cn_guard_set_pipe(state, -1)
    }

    /// Takes over the duty to restore again.
    static func arm() {
        cn_guard_arm(state)
    }

    /// Stops the process until somebody continues it, as Ctrl-Z does.
    static func stopProcess() {
        cn_guard_stop { number, _, _ in cn_guard_note(state, number) }
    }

    /// Takes the duty to restore; false when a handler has restored already.
    static func disarm() -> Bool {
        cn_guard_disarm(state)
    }

    /// Whether a fatal signal came in: the screen is no longer ours.
    static var hasCrashed: Bool { cn_guard_has_crashed(state) }

    /// Never returns when another thread crashed: the process ends by its signal, not by what this thread makes of the
    /// terminal's loss.
    static func parkAfterCrash() {
        while hasCrashed {
            pause()
        }
    }

    /// The signals that came in since the last call.
    static func takeSignals() -> [Int32] {
        let bits = cn_guard_take(state)
        return bits == 0 ? [] : requests.filter { bits & (1 << UInt32($0)) != 0 }
    }
}
