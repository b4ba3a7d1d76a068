/// What a raw server does about a request.
package enum RawAnswer: Sendable {
    /// Sends bytes and keeps the connection.
    case bytes([UInt8])
    /// Sends bytes and closes the connection.
    case bytesThenClose([UInt8])
    /// Resets the connection.
    case reset
    /// Does nothing and keeps the connection.
    case nothing
    /// Sends bytes, and then others again and again until the client hangs up.
    case endless([UInt8], [UInt8])

    /// Text as it stands, line ends included.
    package static func text(_ text: String) -> RawAnswer {
        .bytes(Array(text.utf8))
    }

    /// Text as it stands, and the end of the connection.
    package static func textThenClose(_ text: String) -> RawAnswer {
        .bytesThenClose(Array(text.utf8))
    }

    /// A complete answer.
    package static func http(_ status: String = "200 OK", _ headers: [String] = [], body: String = "") -> RawAnswer {
        let lines = ["HTTP/1.1 \(status)", "Content-Length: \(body.utf8.count)"] + headers
        return .text(lines.joined(separator: "\r\n") + "\r\n\r\n" + body)
    }
}
