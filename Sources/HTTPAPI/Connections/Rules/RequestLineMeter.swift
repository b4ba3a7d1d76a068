import NIOCore

/// Tells a head whose URL is too long from one that is too large otherwise: the decoder doesn't.
///
/// It counts the bytes before a head's first line feed, but only where there are more than a URL may have, so that it
/// costs other requests a comparison. Where a head that is too large shares its packet with a request before it, the URL
/// isn't taken for the reason.
struct RequestLineMeter {
    let maximumURILength: Int
    /// Bytes of the first line so far; `nil` when that is over.
    private var length: Int?
    private(set) var isTooLong = false

    init(maximumURILength: Int) {
        self.maximumURILength = maximumURILength
    }

    /// - Parameter isHeadBegun: Whether the bytes go on with a head, or begin one.
    mutating func willDecode(_ bytes: ByteBuffer, isHeadBegun: Bool) {
        if !isHeadBegun { length = 0 }
        guard let length, length + bytes.readableBytes > maximumURILength else { return }
        isTooLong = length + Self.lineLength(bytes) > maximumURILength
    }

    /// The head isn't complete with the bytes.
    mutating func headGoesOn(after bytes: ByteBuffer) {
        guard let length else { return }
        let line = Self.lineLength(bytes)
        self.length = line == bytes.readableBytes ? length + line : nil
    }

    private static func lineLength(_ bytes: ByteBuffer) -> Int {
        let view = bytes.readableBytesView
        return view.firstIndex(of: UInt8(ascii: "\n")).map { $0 - view.startIndex } ?? view.count
    }
}
