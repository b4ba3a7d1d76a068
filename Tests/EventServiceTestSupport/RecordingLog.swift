public import Logging
import Synchronization

/// A log that a test reads.
public final class RecordingLog: Sendable {
    /// One line of it.
    public struct Line: Sendable, Equatable {
        /// How important it is.
        public let level: Logger.Level
        /// Its text.
        public let message: String
        /// Its values, the logger's own included.
        public let metadata: [String: String]

        /// A line from its parts.
        public init(level: Logger.Level, message: String, metadata: [String: String]) {
            self.level = level
            self.message = message
            self.metadata = metadata
        }
    }

    private let state = Mutex<[Line]>([])

    /// An empty log.
    public init() {}

    /// Every line so far.
    public var lines: [Line] { state.withLock { $0 } }

    /// A logger that writes here.
    public var logger: Logger {
        Logger(label: "test") { _ in Handler(log: self) }
    }

    private struct Handler: LogHandler {
        let log: RecordingLog
        var metadata: Logger.Metadata = [:]
        var logLevel = Logger.Level.trace

        init(log: RecordingLog) {
            self.log = log
        }

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) {
            let metadata = metadata.merging(event.metadata ?? [:]) { $1 }.mapValues { "\($0)" }
            let line = Line(level: event.level, message: "\(event.message)", metadata: metadata)
            log.state.withLock { $0.append(line) }
        }
    }
}
