/// Collects a bracketed paste up to the sequence that ends it.
struct PasteBuffer: Equatable {
    /// The most bytes kept; more of a paste is dropped.
    static let limit = 1 << 20

    /// The sequence that ends a paste (`ESC [ 201 ~`).
    private static let end: [UInt8] = [0x1B, 0x5B, 0x32, 0x30, 0x31, 0x7E]

    private var bytes: [UInt8] = []
    private var matched = 0

    /// Takes a byte.
    ///
    /// - Returns: Whether the paste is complete.
    mutating func append(_ byte: UInt8) -> Bool {
        if byte == Self.end[matched] {
            matched += 1
            return matched == Self.end.count
        }
        // Only the first byte of the sequence is an escape, so a failed match can't contain the start of another.
        for matched in Self.end[..<matched] {
            keep(matched)
        }
        matched = byte == Self.end[0] ? 1 : 0
        if matched == 0 {
            keep(byte)
        }
        return false
    }

    /// The text so far; invalid UTF-8 becomes U+FFFD.
    var text: String { String(decoding: bytes, as: UTF8.self) }

    private mutating func keep(_ byte: UInt8) {
        if bytes.count < Self.limit {
            bytes.append(byte)
        }
    }
}
