public import Foundation
import TextUI

/// A line of this process's log.
public struct LogLine: Equatable, Sendable {
    /// How serious a line is.
    public enum Level: Int, CaseIterable, Comparable, Sendable {
        case trace
        case debug
        case info
        case notice
        case warning
        case error
        case critical

        /// Orders levels from the least serious to the most.
        public static func < (first: Level, second: Level) -> Bool { first.rawValue < second.rawValue }
    }

    /// As many lines are kept, where they are logged and where they are shown.
    public static let capacity = 500

    /// Counts up by one with every line since the process started.
    public var number: UInt64
    /// When it was logged.
    public var at: Date
    /// How serious it is.
    public var level: Level
    /// What happened.
    public var message: String
    /// The rest, as `name=value`, parts of which may be untrusted.
    public var details: String

    /// Creates a line from its parts.
    public init(number: UInt64, at: Date, level: Level, message: String, details: String) {
        self.number = number
        self.at = at
        self.level = level
        self.message = message
        self.details = details
    }
}

/// What the log can be ordered by: it comes in order.
enum LogOrder: CaseIterable, Equatable, Sendable {
    case given
}

extension LogLine: Identifiable, TableRow {
    /// The number, as text.
    public var id: String { String(number) }

    func sortKey(for order: LogOrder) -> SortKey? { nil }

    func matches(_ filter: Needle) -> Bool {
        filter.isFound(in: message) || filter.isFound(in: details) || filter.isFound(in: level.word)
    }
}

extension LogLine.Level {
    /// The name, as it is spelled in settings.
    var word: String {
        switch self {
        case .trace: "trace"
        case .debug: "debug"
        case .info: "info"
        case .notice: "notice"
        case .warning: "warning"
        case .error: "error"
        case .critical: "critical"
        }
    }

    func symbol(_ glyphs: Glyphs) -> DisplayText {
        switch self {
        case .trace, .debug: glyphs.noData
        case .info: glyphs.disabled
        case .notice: glyphs.closed
        case .warning: glyphs.rejected
        case .error: glyphs.failure
        case .critical: glyphs.failures[1]
        }
    }

    var role: Role {
        switch self {
        case .trace, .debug: .dim
        case .info: .normal
        case .notice: .accent
        case .warning: .warning
        case .error, .critical: .bad
        }
    }
}
