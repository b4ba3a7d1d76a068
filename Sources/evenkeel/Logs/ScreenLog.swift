import Foundation
import Logging

/// The log of a process whose screen belongs to the dashboard: a file, and the last lines for the dashboard itself.
struct ScreenLog: Sendable {
    /// The file; `nil` where it can't be written.
    let output: LogOutput?
    let ring = LogRing()
    let threshold: LogThreshold
    let logger: Logger

    /// Opens a file in the state folder, and says so where it can't be written.
    init(_ name: FileName, level: Logger.Level) {
        output = Self.output(to: name.url)
        threshold = LogThreshold(level)
        logger = Settings.logger(writingTo: output, keepingIn: ring, following: threshold)
    }

    /// The files, one for each command, since the writer of each puts it aside when it is full.
    enum FileName: String {
        case dashboard = "evenkeel.log"
        case attached = "attach.log"

        var url: URL { UserFolder.state.url().appendingPathComponent(rawValue) }
    }

    private static func output(to file: URL) -> LogOutput? {
        do {
            return LogOutput(try LogSink(file: file))
        } catch {
            Console.complain("evenkeel: there will be no log: \(file.path) can't be written")
            return nil
        }
    }
}
