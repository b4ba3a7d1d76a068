import Foundation

/// A user's folders for what belongs to this program (XDG Base Directory Specification).
enum UserFolder {
    /// What the program writes by itself: `$XDG_STATE_HOME/evenkeel`, by default `~/.local/state/evenkeel`.
    case state
    /// What the user writes: `$XDG_CONFIG_HOME/evenkeel`, by default `~/.config/evenkeel`.
    case configuration

    /// Where it is; it needn't be there.
    func url(environment: [String: String] = ProcessInfo.processInfo.environment) -> URL {
        // The specification has relative paths ignored.
        if let path = environment[variable], path.hasPrefix("/") {
            return URL(fileURLWithPath: path).appendingPathComponent("evenkeel")
        }
        let home =
            environment["HOME"].map { URL(fileURLWithPath: $0) } ?? FileManager.default.homeDirectoryForCurrentUser
        return home.appendingPathComponent(inHome).appendingPathComponent("evenkeel")
    }

    private var variable: String {
        switch self {
        case .state: "XDG_STATE_HOME"
        case .configuration: "XDG_CONFIG_HOME"
        }
    }

    private var inHome: String {
        switch self {
        case .state: ".local/state"
        case .configuration: ".config"
        }
    }
}
