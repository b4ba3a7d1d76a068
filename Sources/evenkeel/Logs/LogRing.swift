import Dashboard
import Foundation
import Logging
import Synchronization

/// The last lines of a log, for whoever wants to read them in this process.
final class LogRing: Sendable {
    /// As many lines are kept.
    static let capacity = 500

    private struct State {
        var lines: [LogLine] = []
        var lastNumber: UInt64 = 0
        var waiting: AsyncStream<Void>.Continuation?
    }

    private let state = Mutex(State())

    /// Keeps a line, in place of the oldest where there are too many.
    func append(level: LogLine.Level, at: Date, message: String, details: String) {
        let waiting = state.withLock { state in
            state.lastNumber += 1
            let number = state.lastNumber
            state.lines.append(LogLine(number: number, at: at, level: level, message: message, details: details))
            // Room for as many again, so that lines aren't moved with every one that comes.
            if state.lines.count >= 2 * Self.capacity { state.lines.removeFirst(Self.capacity) }
            return state.waiting
        }
        waiting?.yield()
    }

    /// The lines with a higher number than that, oldest first.
    func lines(after number: UInt64) -> [LogLine] {
        state.withLock { $0.lines.suffix(Self.capacity).filter { $0.number > number } }
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

    /// The most characters of a message and of what comes with it.
    private static let maximumLength = 2_000

    init(_ ring: LogRing) {
        self.ring = ring
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        var values = metadata
        if let provided = metadataProvider?.get() { values.merge(provided) { $1 } }
        if let own = event.metadata { values.merge(own) { $1 } }
        if let error = event.error { values["error"] = "\(error)" }
        let details = values.keys.sorted().map { "\($0)=\(values[$0]?.description ?? "")" }.joined(separator: " ")
        ring.append(
            level: LogLine.Level(event.level),
            at: .now,
            message: String(event.message.description.prefix(Self.maximumLength)),
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
