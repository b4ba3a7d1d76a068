import Logging
import Synchronization

/// The level from which on messages are logged, which can be changed for every logger at once.
final class LogThreshold: Sendable {
    private let value: Mutex<Logger.Level>

    init(_ level: Logger.Level) {
        value = Mutex(level)
    }

    var level: Logger.Level {
        get { value.withLock { $0 } }
        set { value.withLock { $0 = newValue } }
    }
}

/// A log handler that follows a threshold; a logger may have a higher level of its own.
struct ThresholdLogHandler: LogHandler {
    private var base: any LogHandler
    private let threshold: LogThreshold
    private var ownLevel = Logger.Level.trace

    init(_ base: any LogHandler, threshold: LogThreshold) {
        self.base = base
        self.threshold = threshold
        self.base.logLevel = .trace
    }

    var logLevel: Logger.Level {
        get { max(threshold.level, ownLevel) }
        set { ownLevel = newValue }
    }

    var metadata: Logger.Metadata {
        get { base.metadata }
        set { base.metadata = newValue }
    }

    var metadataProvider: Logger.MetadataProvider? {
        get { base.metadataProvider }
        set { base.metadataProvider = newValue }
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { base[metadataKey: key] }
        set { base[metadataKey: key] = newValue }
    }

    func log(event: LogEvent) {
        base.log(event: event)
    }
}
