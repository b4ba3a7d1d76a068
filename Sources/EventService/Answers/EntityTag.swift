import Crypto
public import NIOCore

/// A strong validator (RFC 9110, section 8.8.3): answers of one URL with the same tag are the same to the byte.
///
/// The first 128 bits of a SHA-256 of what is answered, so it is the same after a restart and in every instance.
public struct EntityTag: Sendable, Hashable, CustomStringConvertible {
    /// The tag as it stands in a header: 32 hexadecimal digits between quotes.
    public let description: String

    /// The tag of an answer.
    /// - Parameters:
    ///   - body: The answer's bytes.
    ///   - missing: The identifiers that it lacks: with and without them it is not the same answer.
    public init(of body: ByteBuffer, missing: [String] = []) {
        var hash = SHA256()
        body.withUnsafeReadableBytes { hash.update(bufferPointer: $0) }
        for id in missing {
            // A byte that no UTF-8 has keeps "a", "b" apart from "ab".
            hash.update(data: [0xFF])
            var id = id
            id.withUTF8 { hash.update(bufferPointer: UnsafeRawBufferPointer($0)) }
        }
        description = hash.finalize().withUnsafeBytes { Self.quoted($0.prefix(16)) }
    }

    private static func quoted(_ bytes: some Collection<UInt8>) -> String {
        String(unsafeUninitializedCapacity: 2 * bytes.count + 2) { text in
            text[0] = UInt8(ascii: "\"")
            var end = 1
            for byte in bytes {
                text[end] = digit(byte >> 4)
                text[end + 1] = digit(byte & 0xF)
                end += 2
            }
            text[end] = UInt8(ascii: "\"")
            return end + 1
        }
    }

    private static func digit(_ value: UInt8) -> UInt8 {
        value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
    }
}
