import NIOCore

/// An answer as it came over the wire.
struct RawResponse: Sendable {
    let status: Int
    /// The header fields, names in lower case.
    let headers: [String: String]
    let body: String

    /// Takes a complete answer off the front of the bytes; `nil` while there is none.
    init?(readingFrom bytes: inout ByteBuffer, hasBody: Bool) {
        let text = String(buffer: bytes)
        guard let end = text.firstRange(of: "\r\n\r\n") else { return nil }
        let lines = text[..<end.lowerBound].split(separator: "\r\n")
        guard let status = lines.first?.split(separator: " ").dropFirst().first.flatMap({ Int($0) }) else { return nil }
        self.status = status
        var headers: [String: String] = [:]
        for line in lines.dropFirst() {
            guard let colon = line.firstIndex(of: ":") else { continue }
            headers[line[..<colon].lowercased()] = String(line[line.index(after: colon)...].drop { $0 == " " })
        }
        self.headers = headers
        let headLength = text[..<end.upperBound].utf8.count
        let bodyLength = hasBody ? headers["content-length"].flatMap { Int($0) } ?? 0 : 0
        guard bytes.readableBytes >= headLength + bodyLength else { return nil }
        bytes.moveReaderIndex(forwardBy: headLength)
        body = bytes.readString(length: bodyLength) ?? ""
    }
}
