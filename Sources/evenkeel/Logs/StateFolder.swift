import Foundation

/// The folder for what a program writes by itself (XDG Base Directory Specification).
enum StateFolder {
    /// `$XDG_STATE_HOME/evenkeel`, by default `~/.local/state/evenkeel`.
    static func url(environment: [String: String] = ProcessInfo.processInfo.environment) -> URL {
        // The specification has relative paths ignored.
        if let path = environment["XDG_STATE_HOME"], path.hasPrefix("/") {
            return URL(fileURLWithPath: path).appendingPathComponent("evenkeel")
        }
        let home =
            environment["HOME"].map { URL(fileURLWithPath: $0) } ?? FileManager.default.homeDirectoryForCurrentUser
        return home.appendingPathComponent(".local/state/evenkeel")
    }
}
