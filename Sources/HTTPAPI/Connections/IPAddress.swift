import NIOCore

/// An IP address as numbers.
enum IPAddress: Equatable {
    case v4(UInt32)
    /// Its first and its last 64 bits.
    case v6(network: UInt64, interface: UInt64)

    /// `nil` for a socket in the file system.
    init?(_ address: SocketAddress) {
        switch address {
        case .v4(let address):
            self = withUnsafeBytes(of: address.address) { .v4(UInt32(bigEndian: $0.word(at: Self.v4Offset))) }
        case .v6(let address):
            self = withUnsafeBytes(of: address.address) { bytes in
                Self.from(
                    network: UInt64(bigEndian: bytes.word(at: Self.v6Offset)),
                    interface: UInt64(bigEndian: bytes.word(at: Self.v6Offset + 8))
                )
            }
        case .unixDomainSocket: return nil
        }
    }

    /// Whether it is this machine itself.
    var isLoopback: Bool {
        switch self {
        case .v4(let address): address >> 24 == 127
        case .v6(let network, let interface): network == 0 && interface == 1
        }
    }

    // Where the address stands in `sockaddr_in` and `sockaddr_in6`, on Linux as on BSD and macOS: the member's name can't be
    // used, since NIO doesn't offer the module that defines it.
    private static let v4Offset = 4
    private static let v6Offset = 8

    private static func from(network: UInt64, interface: UInt64) -> IPAddress {
        // A socket for both families shows IPv4 addresses as ::ffff:a.b.c.d (RFC 4291, section 2.5.5.2): without this they
        // would all be of one network.
        network == 0 && interface >> 32 == 0xFFFF
            ? .v4(UInt32(truncatingIfNeeded: interface)) : .v6(network: network, interface: interface)
    }
}

extension UnsafeRawBufferPointer {
    fileprivate func word<Word: FixedWidthInteger & BitwiseCopyable>(at offset: Int) -> Word {
        loadUnaligned(fromByteOffset: offset, as: Word.self)
    }
}
