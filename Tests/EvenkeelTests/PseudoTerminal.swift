import CPseudoTerminal
import Foundation
import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A terminal without a person, and the program that runs on it.
final class PseudoTerminal: Sendable {
    /// Why a story on the terminal went wrong, with what was on the way.
    struct Problem: Error, CustomStringConvertible {
        let description: String
    }

    /// How the program ended.
    enum Ending: Equatable {
        case exit(Int32)
        case signal(Int32)
    }

    private let primary: Int32
    private let secondary: Int32
    private let output = Mutex<[UInt8]>([])
    private let process: Mutex<Process>
    private let ended: AsyncStream<Ending>

    /// The longest time that anything on the terminal may take before the test fails.
    private static let patience: Int32 = 30_000

    /// Starts `evenkeel` on a new terminal of 120 × 36.
    init(_ arguments: [String]) throws {
        (primary, secondary) = try Self.open()
        let process = Process()
        process.executableURL = Self.program
        process.arguments = arguments
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("evenkeel-tests").path
        process.environment = [
            "TERM": "xterm-256color", "LC_ALL": "C.UTF-8", "HOME": folder, "PATH": "/usr/bin:/bin",
            // The backtrace of a crash takes seconds, and is not what is tested.
            "SWIFT_BACKTRACE": "enable=no",
        ]
        let terminal = FileHandle(fileDescriptor: secondary)
        process.standardInput = terminal
        process.standardOutput = terminal
        process.standardError = terminal
        let (ended, continuation) = AsyncStream.makeStream(of: Ending.self)
        process.terminationHandler = { process in
            let isExit = process.terminationReason == .exit
            continuation.yield(isExit ? .exit(process.terminationStatus) : .signal(process.terminationStatus))
            continuation.finish()
        }
        try process.run()
        self.ended = ended
        self.process = Mutex(process)
    }

    deinit {
        process.withLock { if $0.isRunning { kill($0.processIdentifier, SIGKILL) } }
        close(primary)
        close(secondary)
    }

    /// The program under test, which was built beside the tests.
    static var program: URL {
        URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent().appendingPathComponent("evenkeel")
    }

    /// Types keys, as bytes.
    func type(_ keys: String) {
        var bytes = Array(keys.utf8)[...]
        while !bytes.isEmpty {
            let count = bytes.withUnsafeBytes { write(primary, $0.baseAddress, $0.count) }
            guard count > 0 else { return }
            bytes = bytes.dropFirst(count)
        }
    }

    /// Sends the program a signal.
    func send(_ signal: Int32) {
        _ = process.withLock { kill($0.processIdentifier, signal) }
    }

    /// Reads until `text` has been drawn in one piece since the last time something was waited for.
    func waitFor(_ text: String) async throws {
        try await blocking { [self] in
            let wanted = Array(text.utf8)
            while true {
                let isThere = output.withLock { output in
                    guard let range = output.firstRange(of: wanted) else { return false }
                    output.removeSubrange(..<range.upperBound)
                    return true
                }
                if isThere { return }
                guard try read(within: Self.patience) else { throw Problem(description: "“\(text)” was not drawn") }
            }
        }
    }

    /// Waits for the program's end, and returns with it everything that was drawn since the last time.
    func end() async throws -> (ending: Ending, output: String) {
        async let ending = ended.first { _ in true }
        // The terminal's buffer is small: a program whose output nobody reads can't end.
        try await blocking { [self] in
            while try read(within: process.withLock { $0.isRunning } ? 20 : 0) || process.withLock({ $0.isRunning }) {}
        }
        guard let ending = await ending else { throw Problem(description: "the program's end was missed") }
        return (ending, output.withLock { String(decoding: $0, as: UTF8.self) })
    }

    /// Makes the terminal take nothing more and refuse it at once, and returns when it has been so for a fifth of a second.
    func fill() async throws {
        try await blocking { [self] in
            let flags = fcntl(secondary, F_GETFL)
            guard fcntl(secondary, F_SETFL, flags | O_NONBLOCK) == 0 else { throw Problem(description: "it blocks") }
            var descriptor = pollfd(fd: secondary, events: Int16(POLLOUT), revents: 0)
            repeat {
                while write(secondary, " ", 1) > 0 {}
            } while poll(&descriptor, 1, 200) > 0
        }
    }

    /// The terminal's modes, in a form that can be compared.
    var modes: [UInt8] {
        var modes = termios()
        tcgetattr(secondary, &modes)
        return withUnsafeBytes(of: &modes) { Array($0) }
    }

    private func read(within milliseconds: Int32) throws -> Bool {
        var descriptor = pollfd(fd: primary, events: Int16(POLLIN), revents: 0)
        guard poll(&descriptor, 1, milliseconds) > 0 else { return false }
        var buffer = [UInt8](repeating: 0, count: 65_536)
        let count = buffer.withUnsafeMutableBytes { systemRead(primary, $0.baseAddress, $0.count) }
        guard count > 0 else { return false }
        output.withLock { $0 += buffer[..<count] }
        return true
    }

    private func blocking(_ work: @escaping @Sendable () throws -> Void) async throws {
        try await withCheckedThrowingContinuation { continuation in
            DispatchQueue.global().async { continuation.resume(with: Result { try work() }) }
        }
    }

    private static func open() throws -> (Int32, Int32) {
        var primary: Int32 = -1
        var secondary: Int32 = -1
        let error = cpt_open(&primary, &secondary, 36, 120)
        guard error == 0 else { throw Problem(description: "no pseudo-terminal: error \(error)") }
        return (primary, secondary)
    }
}

/// `read(2)`, which a method of the same name hides.
private func systemRead(_ descriptor: Int32, _ buffer: UnsafeMutableRawPointer?, _ count: Int) -> Int {
    read(descriptor, buffer, count)
}
