import Synchronization
import TextUI

/// Carries a program to the screen thread and its result back.
final class ScreenLaunch<Program: TerminalProgram>: Sendable {
    /// How the program ended, and what was written to standard error meanwhile.
    typealias Ending = (outcome: Program.Outcome?, log: [DisplayText])

    private let program: Mutex<Program?>
    private let mailbox: Mailbox<Program.Message>
    private let check: TerminalCheck
    private let options: TerminalOptions

    init(
        _ program: sending Program,
        mailbox: Mailbox<Program.Message>,
        check: TerminalCheck,
        options: TerminalOptions
    ) {
        self.program = Mutex(program)
        self.mailbox = mailbox
        self.check = check
        self.options = options
    }

    /// Starts the screen thread, which resumes the continuation once.
    func start(resuming continuation: CheckedContinuation<Ending, any Error>) {
        do {
            try DedicatedThread.start { [self] in
                continuation.resume(with: Result { try run() })
            }
        } catch {
            continuation.resume(throwing: error)
        }
    }

    private func run() throws(TerminalError) -> Ending {
        let pipe = try Descriptor.pipe()
        defer {
            mailbox.connect(pipe: -1)
            Descriptor.close(pipe.read)
            Descriptor.close(pipe.write)
        }
        let screen = try Screen(check: check, options: options, pipe: pipe.write)
        mailbox.connect(pipe: pipe.write)
        guard let program = program.withLock({ $0.take() }) else { return (nil, []) }
        var loop = ScreenLoop(
            program: program,
            screen: screen,
            check: check,
            mailbox: mailbox,
            pipe: pipe.read
        )
        return loop.run()
    }
}
