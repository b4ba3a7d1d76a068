import Foundation
import NIOCore

/// Writes server-sent events (WHATWG HTML, section 9.2.5, "Parsing an event stream").
struct ServerSentEventWriter {
    /// What keeps a connection alive and means nothing.
    static let heartbeat = ByteBuffer(string: ": heartbeat\n\n")

    private let encoder: JSONEncoder

    init() {
        encoder = JSONEncoder()
        // One line: an encoder escapes every line break inside texts, and adds none unless it is asked to be pretty.
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    }

    /// Says after how many milliseconds a client whose connection was lost is to come back.
    static func writeRetry(_ milliseconds: Int, to buffer: inout ByteBuffer) {
        buffer.writeString("retry: \(milliseconds)\n\n")
    }

    /// Writes one event.
    /// - Parameters:
    ///   - name: Its type; without line breaks.
    ///   - id: What a client resumes from; without line breaks.
    ///   - data: Its data, which becomes one line of JSON.
    func write(_ name: String, id: String, data: some Encodable, to buffer: inout ByteBuffer) throws {
        buffer.writeString("event: \(name)\nid: \(id)\ndata: ")
        buffer.writeBytes(try encoder.encode(data))
        buffer.writeString("\n\n")
    }
}
