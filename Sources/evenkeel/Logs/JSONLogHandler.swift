import Foundation
import Logging

/// Writes log messages as JSON, one line each, for machines to read.
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
        var line: [String: String] = [:]
        for (key, value) in metadata { line[key] = "\(value)" }
        if let provided = metadataProvider?.get() { for (key, value) in provided { line[key] = "\(value)" } }
        for (key, value) in event.metadata ?? [:] { line[key] = "\(value)" }
        line["time"] = Date.now.formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true))
        line["level"] = event.level.rawValue
        line["logger"] = label
        line["message"] = "\(event.message)"
        if let error = event.error { line["error"] = "\(error)" }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        do {
            output.write(try encoder.encode(line) + Data("\n".utf8))
        } catch {
            preconditionFailure("strings can always be encoded: \(error)")
        }
    }
}
