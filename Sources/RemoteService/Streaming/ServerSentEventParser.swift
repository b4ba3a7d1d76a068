import NIOCore

/// Takes a stream of server-sent events apart, however it is cut into pieces (WHATWG HTML, section 9.2.6, "Interpreting an
/// event stream").
///
/// What it holds is bounded. `retry` is ignored: when to come back is not the other side's to say.
struct ServerSentEventParser {
    /// More than may be held of a line or an event.
    struct TooLarge: Error, Equatable {
        /// In bytes.
        let limit: Int
    }

    private static let lineFeed = UInt8(ascii: "\n")
    private static let carriageReturn = UInt8(ascii: "\r")
    private static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

    /// The most bytes of a line, and of an event's data.
    let limit: Int

    /// Lines that have ended so far, comments and empty ones included.
    private(set) var lines: UInt64 = 0

    private var line = ByteBuffer()
    private var endedWithCarriageReturn = false
    private var name = ""
    private var id: String?
    private var data: ByteBuffer?

    init(limit: Int) {
        self.limit = limit
    }

    /// Takes the next piece of the stream.
    /// - Returns: The events that end in it.
    mutating func parse(_ piece: ByteBuffer) throws(TooLarge) -> [ServerSentEvent] {
        var piece = piece
        var events: [ServerSentEvent] = []
        while let first = piece.readableBytesView.first {
            if endedWithCarriageReturn, first == Self.lineFeed { piece.moveReaderIndex(forwardBy: 1) }
            endedWithCarriageReturn = false
            let view = piece.readableBytesView
            let end = view.firstIndex { $0 == Self.lineFeed || $0 == Self.carriageReturn }
            let length = end.map { $0 - view.startIndex } ?? view.count
            guard line.readableBytes + length <= limit else { throw TooLarge(limit: limit) }
            if let part = piece.readSlice(length: length) { line.writeImmutableBuffer(part) }
            guard let terminator = piece.readInteger(as: UInt8.self) else { break }
            endedWithCarriageReturn = terminator == Self.carriageReturn
            if let event = try endLine() { events.append(event) }
        }
        return events
    }

    private mutating func endLine() throws(TooLarge) -> ServerSentEvent? {
        defer { line.clear() }
        if lines == 0, line.readableBytesView.starts(with: Self.byteOrderMark) { line.moveReaderIndex(forwardBy: 3) }
        lines += 1
        guard line.readableBytes > 0 else { return endEvent() }
        let bytes = line.readableBytesView
        let colon = bytes.firstIndex(of: UInt8(ascii: ":")) ?? bytes.endIndex
        var value = bytes[colon...].dropFirst()
        if value.first == UInt8(ascii: " ") { value = value.dropFirst() }
        switch String(decoding: bytes[..<colon], as: UTF8.self) {
        case "event": name = String(decoding: value, as: UTF8.self)
        case "id" where !value.contains(0): id = String(decoding: value, as: UTF8.self)
        case "data": try append(value)
        default: break
        }
        return nil
    }

    private mutating func append(_ value: ByteBufferView) throws(TooLarge) {
        var data = self.data.take() ?? ByteBuffer()
        guard data.readableBytes + value.count < limit else { throw TooLarge(limit: limit) }
        data.writeBytes(value)
        data.writeInteger(Self.lineFeed)
        self.data = data
    }

    private mutating func endEvent() -> ServerSentEvent? {
        defer { name = "" }
        guard let data = data.take() else { return nil }
        return ServerSentEvent(
            name: name.isEmpty ? "message" : name,
            id: id,
            // Without the line feed after its last line.
            data: data.getSlice(at: data.readerIndex, length: data.readableBytes - 1) ?? ByteBuffer()
        )
    }
}
