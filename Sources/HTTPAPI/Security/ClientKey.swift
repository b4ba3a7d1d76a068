import NIOCore

/// Whom a rate limit counts.
enum ClientKey: Hashable, Sendable {
    /// Whoever has the token of this name, from wherever.
    case token(String)
    /// An IPv4 address.
    case ipv4(UInt32)
    /// An IPv6 network of 64 bits: whoever has one address has all of its network's.
    case ipv6(UInt64)
    /// Everybody without an address: a socket in the file system.
    case local

    /// The key of a connection's other end.
    ///
    /// `X-Forwarded-For` is not looked at: whoever wants another key would write another one there.
    init(_ address: SocketAddress?) {
        switch address {
        case .v4(let address):
            self = withUnsafeBytes(of: address.address) { .ipv4(UInt32(bigEndian: $0.word(at: Self.ipv4Offset))) }
        case .v6(let address):
            self = withUnsafeBytes(of: address.address) { bytes in
                Self.key(
                    network: UInt64(bigEndian: bytes.word(at: Self.ipv6Offset)),
                    interface: UInt64(bigEndian: bytes.word(at: Self.ipv6Offset + 8))
                )
            }
        case .unixDomainSocket, nil: self = .local
        }
    }

    // Where the address stands in `sockaddr_in` and `sockaddr_in6`, on Linux as on BSD and macOS: the member's name can't be
    // used, since NIO doesn't offer the module that defines it.
    private static let ipv4Offset = 4
    private static let ipv6Offset = 8

    private static func key(network: UInt64, interface: UInt64) -> ClientKey {
        // A socket for both families shows IPv4 addresses as ::ffff:a.b.c.d (RFC 4291, section 2.5.5.2): without this they
        // would all be of one network.
        network == 0 && interface >> 32 == 0xFFFF ? .ipv4(UInt32(truncatingIfNeeded: interface)) : .ipv6(network)
    }
}

extension UnsafeRawBufferPointer {
    fileprivate func word<Word: FixedWidthInteger & BitwiseCopyable>(at offset: Int) -> Word {
        loadUnaligned(fromByteOffset: offset, as: Word.self)
    }
}
