import Foundation
import TestSupport
import Testing

/// The program itself on a terminal: what is drawn, and what it leaves behind.
@Suite("On a terminal", .serialized)
struct ScreenTests {
    private let leavesAlternateScreen = "\u{1B}[?1049l"
    /// The window's title, which is written in one piece before the screen is.
    private let isReady = "evenkeel: all breakers closed"

    private func start(_ flags: String...) throws -> PseudoTerminal {
        try PseudoTerminal(["dashboard", "--port", "0", "--scenario", "steady", "--latency", "0"] + flags)
    }

    @Test("The first frame names the simulator and the API; q leaves the terminal as it was")
    func quit() async throws {
        let terminal = try start()
        let modes = terminal.modes
        try await terminal.waitFor(isReady)
        try await terminal.waitFor("simulator (steady)")
        terminal.type("q")
        let (ending, output) = try await terminal.end()
        #expect(ending == .exit(0))
        #expect(output.contains(leavesAlternateScreen))
        #expect(terminal.modes == modes)
    }

    @Test("Every way out restores the terminal", arguments: [SIGTERM, SIGINT, SIGHUP, SIGQUIT])
    func signals(signal: Int32) async throws {
        let terminal = try start()
        let modes = terminal.modes
        try await terminal.waitFor(isReady)
        terminal.send(signal)
        let (ending, output) = try await terminal.end()
        #expect(ending == .exit(0))
        #expect(output.contains(leavesAlternateScreen) || signal == SIGHUP)
        #expect(terminal.modes == modes)
    }

    @Test("A crash restores the terminal too, and still ends the process", arguments: [SIGSEGV, SIGABRT, SIGTRAP])
    func crash(signal: Int32) async throws {
        let terminal = try start()
        let modes = terminal.modes
        try await terminal.waitFor(isReady)
        terminal.send(signal)
        let (ending, output) = try await terminal.end()
        #expect(ending == .signal(signal))
        #expect(output.contains(leavesAlternateScreen))
        #expect(terminal.modes == modes)
    }

    @Test("An event is added with the form, and Ctrl-C leaves at once")
    func add() async throws {
        let terminal = try start()
        try await terminal.waitFor("Ada Lovelace")
        terminal.type("a")
        try await terminal.waitFor("Add event")
        terminal.type("Launch\r")
        try await terminal.waitFor("Added")
        terminal.type("\u{03}")
        #expect(try await terminal.end().ending == .exit(0))
    }

    @Test("An event that can't be delivered is kept by Ctrl-O, listed by o, and told of on leaving")
    func keep() async throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        let terminal = try PseudoTerminal([
            "dashboard", "--port", "0", "--scenario", "outage", "--data-dir", folder.url.path,
        ])
        try await terminal.waitFor(isReady)
        terminal.type("a")
        try await terminal.waitFor("Add event")
        terminal.type("Launch\t1\u{0F}")
        try await terminal.waitFor("is kept")
        try await terminal.waitFor("outbox 1")
        terminal.type("o")
        try await terminal.waitFor("Next try")
        terminal.type("q")
        let (ending, output) = try await terminal.end()
        #expect(ending == .exit(0))
        #expect(output.contains("1 event is kept in the outbox and added when evenkeel runs again."))
    }

    @Test("The bell is heard, and where the terminal takes nothing it is left out and not the program's end")
    func bell() async throws {
        let terminal = try start("--bell")
        try await terminal.waitFor(isReady + "\u{07}")
        let offAndOn = ":bell\r:bell\r"
        terminal.type(offAndOn)
        try await terminal.waitFor("\u{07}")
        try await terminal.waitFor("Bell on")
        try await terminal.fill()
        terminal.type(offAndOn)
        try await terminal.fill()
        terminal.type("q")
        #expect(try await terminal.end().ending == .exit(0))
    }

    @Test("q leaves at once while a connection is being attempted that nothing answers")
    func leavesWhileConnecting() async throws {
        let silence = try SilentListener()
        let terminal = try PseudoTerminal(["attach", "http://127.0.0.1:\(silence.port)"])
        try await terminal.waitFor("evenkeel: connecting")
        let start = ContinuousClock.now
        terminal.type("q")
        #expect(try await terminal.end().ending == .exit(0))
        // The attempt ends by itself 5 s after it began.
        #expect(.now - start < .seconds(3))
    }

    @Test("Without a terminal it refuses in one line that names what works there")
    func noTerminal() throws {
        let process = Process()
        process.executableURL = PseudoTerminal.program
        process.arguments = ["--port", "0"]
        let errors = Pipe()
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        process.standardError = errors
        try process.run()
        let text = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        #expect(process.terminationStatus == 64)
        #expect(text.hasPrefix("evenkeel: the dashboard can't be shown: "))
        #expect(text.contains("evenkeel serve"))
        #expect(text.filter { $0 == "\n" }.count == 1)
    }

    @Test(
        "A theme that there isn't is refused although --plain draws nothing",
        arguments: [["dashboard", "--port", "0", "--ephemeral"], ["attach", "http://127.0.0.1:9"]]
    )
    func plainWithoutTheme(command: [String]) async throws {
        let terminal = try PseudoTerminal(command + ["--plain", "--theme", "nonexist"])
        let (ending, output) = try await terminal.end()
        #expect(ending == .exit(64))
        #expect(output.contains("--theme is \"nonexist\": allowed are "))
    }

    private func plain() throws -> (Process, FileHandle) {
        let process = Process()
        process.executableURL = PseudoTerminal.program
        process.arguments = ["--plain", "--port", "0", "--ephemeral"]
        let output = Pipe()
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        return (process, output.fileHandleForReading)
    }

    @Test("--plain writes lines and no escape sequence to a pipe, and ends in order", arguments: [SIGINT, SIGTERM])
    func plain(signal: Int32) throws {
        let (process, output) = try plain()
        var text = ""
        while case let data = output.availableData, !data.isEmpty {
            text += String(decoding: data, as: UTF8.self)
            if text.hasSuffix("breakers: all closed\n") { kill(process.processIdentifier, signal) }
        }
        process.waitUntilExit()
        #expect(process.terminationReason == .exit)
        #expect(process.terminationStatus == 0)
        let lines = text.split(separator: "\n")
        #expect(lines.contains { $0.contains("HTTP API: serving at http://127.0.0.1:") })
        #expect(lines.contains { $0.contains("HTTP API: draining") })
        #expect(lines.allSatisfy { $0.unicodeScalars.allSatisfy { $0.value >= 0x20 } })
    }

    @Test("--plain ends in order when nobody reads it any more")
    func plainWithoutReader() throws {
        let (process, output) = try plain()
        try output.close()
        process.waitUntilExit()
        #expect(process.terminationReason == .exit)
        #expect(process.terminationStatus == 0)
    }

    @Test("--plain ends in order although nobody reads what it has to say", arguments: [SIGINT, SIGTERM])
    func plainUnread(signal: Int32) async throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        let output = Pipe()
        let descriptor = output.fileHandleForWriting.fileDescriptor
        // Full before the program has its first word.
        #expect(fcntl(descriptor, F_SETFL, O_NONBLOCK) == 0)
        let bytes = [UInt8](repeating: 0x0A, count: 4096)
        while write(descriptor, bytes, bytes.count) > 0 {}
        #expect(fcntl(descriptor, F_SETFL, 0) == 0)
        let process = plainProcess(stateFolder: folder.url)
        process.standardOutput = output
        try process.run()
        try await waitForLog(in: folder.url)
        kill(process.processIdentifier, signal)
        process.waitUntilExit()
        #expect(process.terminationReason == .exit)
        #expect(process.terminationStatus == 0)
    }

    @Test("--plain says why it ends where its lines can't be written")
    func plainOnFullDisk() throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        let process = plainProcess(stateFolder: folder.url)
        let errors = Pipe()
        process.standardOutput = FileHandle(forWritingAtPath: "/dev/full")
        process.standardError = errors
        try process.run()
        let text = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        #expect(process.terminationStatus == 70)
        #expect(text.contains("standard output can't be written: No space left on device"))
    }

    private func plainProcess(stateFolder: URL) -> Process {
        let process = Process()
        process.executableURL = PseudoTerminal.program
        process.arguments = ["--plain", "--port", "0", "--ephemeral"]
        process.environment = ProcessInfo.processInfo.environment
            .merging(["XDG_STATE_HOME": stateFolder.path]) { $1 }
        process.standardInput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        return process
    }

    /// Waits until the program has begun to serve, as its log tells.
    private func waitForLog(in folder: URL) async throws {
        let file = folder.appendingPathComponent("evenkeel/evenkeel.log")
        let giveUp = ContinuousClock.now + .seconds(30)
        while true {
            let log = (try? String(contentsOf: file, encoding: .utf8)) ?? "no log"
            if log.contains("listening") { return }
            guard ContinuousClock.now < giveUp else { throw PseudoTerminal.Problem(description: "no start in: \(log)") }
            try await Task.sleep(for: .milliseconds(20))
        }
    }

    @Test("A theme that is wrong is refused before anything is drawn, with its line and role")
    func wrongTheme() async throws {
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("evenkeel-\(UUID().uuidString).theme")
        try Data("base = dark\naccent = pinkish".utf8).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        let terminal = try PseudoTerminal(["dashboard", "--port", "0", "--theme", file.path])
        let (ending, output) = try await terminal.end()
        #expect(ending == .exit(78))
        #expect(output.contains("line 2, role accent: “pinkish” is neither a colour"))
        #expect(!output.contains("\u{1B}[?1049h"))
    }
}
