import CNcurses
import Synchronization
import TextUI

/// Only one session at a time: ncurses and signal handlers belong to the process.
private let isRunning = Atomic<Bool>(false)

/// The terminal, taken by one program on a thread of its own.
///
/// The session takes raw input, the alternate screen, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGCONT and SIGWINCH while
/// it runs (the program gets them as events), and gives everything back in the end, after a crash and on `exit` as well.
public final class TerminalSession<Message: Sendable>: Sendable {
    private let check: TerminalCheck
    private let options: TerminalOptions
    private let mailbox = Mailbox<Message>()

    /// Makes a session; the screen opens with ``run(_:)``.
    public init(_ check: TerminalCheck, options: TerminalOptions = TerminalOptions()) {
        self.check = check
        self.options = options
    }

    /// Tells the program something; from any thread, also before it runs.
    ///
    /// - Parameters:
    ///   - message: What to tell.
    ///   - isReplaced: Messages still waiting that this one makes unnecessary, such as an older snapshot. Called at once.
    public func post(_ message: Message, replacing isReplaced: ((Message) -> Bool)? = nil) {
        mailbox.post(message, replacing: isReplaced)
    }

    /// Ends the program without asking it; ``run(_:)`` returns nil.
    public func close() {
        mailbox.requestClose()
    }

    /// Opens the screen and runs a program to its end on the screen thread.
    ///
    /// What was written to standard error meanwhile is printed there afterwards. Cancelling the task closes the session.
    /// - Returns: How the program ended; nil when it was closed from outside.
    /// - Throws: ``TerminalError`` when the screen can't be opened, or another session runs.
    public func run<Program: TerminalProgram>(_ program: sending Program) async throws -> Program.Outcome?
    where Program.Message == Message {
        guard !isRunning.exchange(true, ordering: .acquiringAndReleasing) else { throw TerminalError.sessionRunning }
        defer { isRunning.store(false, ordering: .releasing) }
        let launch = ScreenLaunch(program, mailbox: mailbox, check: check, options: options)
        let (outcome, log) = try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { launch.start(resuming: $0) }
        } onCancel: {
            close()
        }
        for line in log {
            Descriptor.write(Array((line.string + "\n").utf8), to: STDERR_FILENO)
        }
        return outcome
    }
}
