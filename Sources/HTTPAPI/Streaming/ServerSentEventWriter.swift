import Foundation
import NIOCore

/// Writes server-sent events (WHATWG HTML, section 9.2.5, "Parsing an event stream").
enum ServerSentEventWriter {
    /// What keeps a connection alive and means nothing.
    static let heartbeat = ByteBuffer(string: ": heartbeat\n\n")

    /// Says after how many milliseconds a client whose connection was lost is to come back.
    static func writeRetry(_ milliseconds: Int, to buffer: inout ByteBuffer) {
        buffer.writeString("retry: \(milliseconds)\n\n")
    }

    /// Writes one event.
    /// - Parameters:
    ///   - name: Its type; without line breaks.
    ///   - id: What a client resumes from; without line breaks.
    ///   - data: Its data, which becomes one line of JSON.
    static func write(_ name: String, id: String, data: some Encodable, to buffer: inout ByteBuffer) throws {
        buffer.writeString("event: \(name)\nid: \(id)\ndata: ")
        buffer.writeBytes(try JSONEncoder.api.encode(data))
        buffer.writeString("\n\n")
    }
}
