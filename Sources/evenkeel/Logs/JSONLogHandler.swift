import EventService
import Foundation
import Logging

/// Writes log messages as JSON, one line each, for machines to read: numbers are numbers, if they came as such.
struct JSONLogHandler: LogHandler {
    var logLevel = Logger.Level.info
    var metadata: Logger.Metadata = [:]
    var metadataProvider: Logger.MetadataProvider?

    private let label: String
    private let output: LogOutput

    init(label: String, output: LogOutput) {
        self.label = label
        self.output = output
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        var line = JSONLine()
        line.add("time", RFC3339.text(of: .now))
        line.add("level", event.level.rawValue)
        line.add("message", event.message.description)
        line.add("logger", label)
        // One name twice is something that every reader of JSON takes differently.
        line.add(event.metadata(in: self), without: Self.ownMembers)
        line.finish()
        output.write(line.bytes)
    }

    private static let ownMembers = ["time", "level", "message", "logger"]
}
