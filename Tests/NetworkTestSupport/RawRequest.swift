import NIOCore

/// A request as it came over the wire.
package struct RawRequest: Sendable {
    package let requestLine: String
    /// The header fields as they came, names in lower case.
    package let headers: [String: String]
    package let body: String

    /// Takes a complete request off the front of the bytes; `nil` while there is none.
    init?(readingFrom bytes: inout ByteBuffer) {
        let text = String(buffer: bytes)
        guard let end = text.firstRange(of: "\r\n\r\n") else { return nil }
        var lines = text[..<end.lowerBound].split(separator: "\r\n")
        requestLine = String(lines.removeFirst())
        var headers: [String: String] = [:]
        for line in lines {
            guard let colon = line.firstIndex(of: ":") else { continue }
            headers[line[..<colon].lowercased()] = String(line[line.index(after: colon)...].drop { $0 == " " })
        }
        self.headers = headers
        let headLength = text[..<end.upperBound].utf8.count
        let bodyLength = headers["content-length"].flatMap { Int($0) } ?? 0
        guard bytes.readableBytes >= headLength + bodyLength else { return nil }
        bytes.moveReaderIndex(forwardBy: headLength)
        body = bytes.readString(length: bodyLength) ?? ""
    }
}
