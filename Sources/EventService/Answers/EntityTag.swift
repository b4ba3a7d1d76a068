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
        description = hash.finalize().withUnsafeBytes { digest in
            let (high, low) = digest.loadUnaligned(as: (UInt64, UInt64).self)
            return "\"\(UInt64(bigEndian: high).hexadecimal)\(UInt64(bigEndian: low).hexadecimal)\""
        }
    }
}
