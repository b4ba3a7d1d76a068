import Dashboard
import Foundation
import Logging
import Synchronization

/// The last lines of a log, for whoever wants to read them in this process.
final class LogRing: Sendable {
    /// What is told of a line, as it was logged: most lines are never read, so their text is made for those that are.
    struct Entry {
        var number: UInt64 = 0
        var at: Date
        var level: Logger.Level
        var message: Logger.Message
        var metadata: Logger.Metadata
    }

    private struct State {
        var entries: [Entry] = []
        var lastNumber: UInt64 = 0
        var waiting: AsyncStream<Void>.Continuation?
    }

    private let state = Mutex(State())

    /// Keeps a line, numbered, in place of the oldest where there are too many.
    func append(_ entry: Entry) {
        let waiting = state.withLock { state in
            state.lastNumber += 1
            state.entries.append(entry)
            state.entries[state.entries.count - 1].number = state.lastNumber
            // Room for as many again, so that lines aren't moved with every one that comes.
            if state.entries.count >= 2 * LogLine.capacity { state.entries.removeFirst(LogLine.capacity) }
            return state.waiting
        }
        waiting?.yield()
    }

    /// The lines with a higher number than that, oldest first.
    func lines(after number: UInt64) -> [LogLine] {
        let entries = state.withLock { $0.entries.suffix(LogLine.capacity) }
        return entries.drop { $0.number <= number }.map(LogLine.init)
    }

    /// Tells whenever there are new lines, at once the first time, until the next call or the end of the task.
    func news() -> AsyncStream<Void> {
        let (stream, continuation) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        let previous = state.withLock { state in
            defer { state.waiting = continuation }
            return state.waiting
        }
        previous?.finish()
        continuation.yield()
        return stream
    }

    /// Tells nobody any more.
    func stopTelling() {
        state.withLock { $0.waiting.take() }?.finish()
    }
}

/// Keeps messages in a ring.
struct RingLogHandler: LogHandler {
    var logLevel = Logger.Level.info
    var metadata: Logger.Metadata = [:]
    var metadataProvider: Logger.MetadataProvider?

    let ring: LogRing

    init(_ ring: LogRing) {
        self.ring = ring
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        let values = event.metadata(in: self)
        ring.append(LogRing.Entry(at: .now, level: event.level, message: event.message, metadata: values))
    }
}

extension LogLine {
    /// The most characters of a message and of what comes with it.
    private static let maximumLength = 2_000

    fileprivate init(_ entry: LogRing.Entry) {
        let details = entry.metadata.sorted { $0.key < $1.key }.map { "\($0)=\($1)" }.joined(separator: " ")
        self.init(
            number: entry.number,
            at: entry.at,
            level: Level(entry.level),
            message: String(entry.message.description.prefix(Self.maximumLength)),
            details: String(details.prefix(Self.maximumLength))
        )
    }
}

extension LogLine.Level {
    init(_ level: Logger.Level) {
        self =
            switch level {
            case .trace: .trace
            case .debug: .debug
            case .info: .info
            case .notice: .notice
            case .warning: .warning
            case .error: .error
            case .critical: .critical
            }
    }
}
