import Foundation

@testable import Storage

/// The tests' own program, run once more for a single test that has to be a process of its own.
struct ChildProcess {
    /// The variable that tells such a test its folder: without it, it is left out.
    static let variable = "EVENKEEL_CHILD_FOLDER"

    /// The folder of the test that this process was started for.
    static var folder: URL? {
        ProcessInfo.processInfo.environment[variable].map { URL(fileURLWithPath: $0, isDirectory: true) }
    }

    /// What a test in a child writes to say that it is where its parent wants it to be.
    static func announce(_ word: String) {
        FileHandle.standardOutput.write(Data("\n\(marker)\(word)\n".utf8))
    }

    /// Stays where it is until the process is killed.
    static func stay() {
        while true { sleep(1) }
    }

    private static let marker = "evenkeel-child: "

    private let process = Process()
    private let output = Pipe()

    /// Starts the test of a name.
    /// - Parameter shell: What a shell does before; with rights to mounts that nobody else sees.
    init(test: String, folder: URL, shell: String? = nil) throws {
        let program = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath().path
        let arguments = ["--testing-library", "swift-testing", "--filter", test]
        if let shell {
            process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
            process.arguments = ["unshare", "-m", "sh", "-c", "\(shell) && exec \"$@\"", "sh", program] + arguments
        } else {
            process.executableURL = URL(fileURLWithPath: program)
            process.arguments = arguments
        }
        var environment = ProcessInfo.processInfo.environment
        environment[Self.variable] = folder.path
        process.environment = environment
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
    }

    /// Whether this machine lets the tests mount anything that nobody else sees.
    static let canMount: Bool = {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["unshare", "-m", "sh", "-c", "mount -t tmpfs none /mnt"]
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        guard (try? process.run()) != nil else { return false }
        process.waitUntilExit()
        return process.terminationStatus == 0
    }()

    /// Reads until the child announces something; `nil` if it ends without.
    func announcement() async throws -> String? {
        let handle = output.fileHandleForReading
        return try await Blocking.run {
            var text = ""
            while true {
                let data = handle.availableData
                guard !data.isEmpty else { return nil }
                text += String(decoding: data, as: UTF8.self)
                let lines = text.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
                if let line = lines.first(where: { $0.hasPrefix(Self.marker) }) {
                    return String(line.dropFirst(Self.marker.count))
                }
            }
        }.get()
    }

    /// Kills the child, in the middle of whatever it does.
    func kill() async throws {
        Foundation.kill(process.processIdentifier, SIGKILL)
        try await wait()
    }

    /// Waits for the child's end.
    func wait() async throws {
        let process = process
        try await Blocking.run { process.waitUntilExit() }.get()
    }
}
