import CNcurses
import TextUI

/// What the screen thread does: waits for the terminal, messages, signals and the program's own time, and paints.
///
/// It sleeps in `poll` and has no ticker: when nothing happens it doesn't wake up.
struct ScreenLoop<Program: TerminalProgram> {
    private var program: Program
    private var screen: Screen
    private let mailbox: Mailbox<Program.Message>
    private let pipe: Int32
    private var decoder: InputDecoder
    private var pacer = FramePacer()
    private var inputDeadline: ContinuousClock.Instant?
    private var isGone = false
    private let clock = ContinuousClock()
    /// How long an Escape may be the beginning of something else.
    private let escapeDelay: Duration

    /// How long a paste may pause.
    private static var pasteTimeout: Duration { .seconds(1) }

    /// Makes the loop of a screen that is open.
    ///
    /// - Parameter pipe: Readable when there are messages or signals.
    init(
        program: Program,
        screen: Screen,
        check: TerminalCheck,
        mailbox: Mailbox<Program.Message>,
        pipe: Int32
    ) {
        self.program = program
        self.screen = screen
        self.mailbox = mailbox
        self.pipe = pipe
        decoder = InputDecoder(extraKeys: check.extraKeys)
        escapeDelay = Self.environmentDelay
    }

    /// Runs the program to its end.
    ///
    /// - Returns: How it ended (nil when it was closed from outside), and what was written to standard error.
    mutating func run() -> (outcome: Program.Outcome?, log: [DisplayText]) {
        deliver(.resize(screen.size))
        while program.outcome == nil {
            if program.takeSuspension() { suspend() }
            if program.takeBell(), !isGone { screen.ring() }
            paintIfDue()
            if wait() { break }
            wakeIfDue()
        }
        return (program.outcome, screen.close(isGone: isGone))
    }

    // MARK: - Steps

    private mutating func deliver(_ event: TerminalEvent) {
        guard program.outcome == nil else { return }
        program.handle(event)
        pacer.noteInput()
    }

    /// - Returns: Whether the session was closed from outside.
    private mutating func wait() -> Bool {
        let ready = cn_wait(isGone ? -1 : STDIN_FILENO, pipe, timeout())
        TerminalGuard.parkAfterCrash()
        if ready & 1 != 0 {
            readInput()
        } else if ready & 4 != 0 {
            lose()
        } else if let inputDeadline, inputDeadline <= clock.now {
            self.inputDeadline = nil
            decoder.flush().forEach { deliver($0) }
        }
        return ready & 2 != 0 && readPipe()
    }

    /// Milliseconds to wait, rounded up; −1 for as long as it takes.
    private mutating func timeout() -> Int32 {
        let now = clock.now
        let times = [inputDeadline, program.nextWakeUp, isGone ? nil : pacer.nextPaint(now: now)].compactMap { $0 }
        guard let next = times.min() else { return -1 }
        return Self.milliseconds(from: now, to: next)
    }

    private mutating func readInput() {
        switch Descriptor.read(STDIN_FILENO) {
        case .nothing: return
        case .closed: lose()
        case .bytes(let bytes):
            decoder.decode(bytes).forEach { deliver($0) }
            let delay = decoder.isPasting ? Self.pasteTimeout : escapeDelay
            inputDeadline = decoder.isIncomplete ? clock.now + delay : nil
        }
    }

    /// The terminal is gone: nothing more is read or drawn, the program is asked to end.
    private mutating func lose() {
        isGone = true
        deliver(.terminate(.hangup))
    }

    /// - Returns: Whether the session was closed from outside.
    private mutating func readPipe() -> Bool {
        _ = Descriptor.read(pipe)
        TerminalGuard.takeSignals().forEach { take($0) }
        let (messages, isCloseRequested) = mailbox.take()
        for message in messages where program.outcome == nil {
            if program.receive(message) { pacer.noteChange() }
        }
        screen.boundCapture()
        return isCloseRequested
    }

    private mutating func take(_ signal: Int32) {
        switch signal {
        case SIGWINCH:
            if screen.refreshSize() { deliver(.resize(screen.size)) }
        case SIGCONT:
            screen.resume()
            deliver(.resize(screen.size))
        case SIGTSTP: deliver(.suspendRequested)
        case SIGHUP: deliver(.terminate(.hangup))
        case SIGINT: deliver(.terminate(.interrupt))
        case SIGQUIT: deliver(.terminate(.quit))
        default: deliver(.terminate(.terminate))
        }
    }

    /// Stops the process with the terminal as it was, and goes on where it was when it is continued.
    private mutating func suspend() {
        guard !isGone else { return }
        screen.suspend()
        TerminalGuard.stopProcess()
        screen.resume(wasGivenBack: true)
        // The screen has been taken again already.
        TerminalGuard.takeSignals().filter { $0 != SIGCONT }.forEach { take($0) }
        deliver(.resize(screen.size))
    }

    private mutating func wakeIfDue() {
        guard program.outcome == nil, let time = program.nextWakeUp, time <= clock.now else { return }
        program.wake()
        pacer.noteChange()
    }

    private mutating func paintIfDue() {
        let now = clock.now
        guard !isGone, pacer.isDue(now: now) else { return }
        screen.paint(program.render(screen.size))
        pacer.notePaint(now: now)
    }

    // MARK: - Times

    private static func milliseconds(from now: ContinuousClock.Instant, to time: ContinuousClock.Instant) -> Int32 {
        let (seconds, attoseconds) = now.duration(to: time).components
        guard seconds >= 0, attoseconds >= 0 else { return 0 }
        guard seconds < 86_400 else { return 86_400_000 }
        return Int32(seconds * 1_000 + (attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000)
    }

    private static var environmentDelay: Duration {
        let milliseconds = Environment.value("ESCDELAY").flatMap(Int.init) ?? 25
        return .milliseconds(max(0, min(milliseconds, 10_000)))
    }
}
