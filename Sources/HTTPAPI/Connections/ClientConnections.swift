import Logging
import NIOCore
import Synchronization

/// How many connections every client has, so that none takes all that there are.
///
/// A client is an IPv4 address or an IPv6 network of 64 bits, which is what one gets. This machine itself has no limit:
/// a proxy on it brings everybody.
final class ClientConnections: Sendable {
    private let limit: Int
    private let counts = Mutex<[Client: Int]>([:])

    /// - Parameter limit: The most connections of one client.
    init(limit: Int) {
        self.limit = limit
    }

    /// Counts a connection until it is closed.
    /// - Returns: Whether the client may have it.
    func admit(_ channel: any Channel, logger: Logger) -> Bool {
        guard let address = channel.remoteAddress, let client = Client(address) else { return true }
        let count = counts.withLock { counts in
            let count = counts[client, default: 0]
            if count < limit { counts[client] = count + 1 }
            return count
        }
        guard count < limit else {
            logger.debug("Connection refused", metadata: ["client": "\(address)", "connections": "\(count)"])
            return false
        }
        channel.closeFuture.whenComplete { _ in self.release(client) }
        return true
    }

    private func release(_ client: Client) {
        counts.withLock { counts in
            guard let count = counts[client] else { return }
            counts[client] = count > 1 ? count - 1 : nil
        }
    }
}

extension ClientConnections {
    /// Whom a connection is from.
    enum Client: Hashable {
        case ipv4(UInt32)
        case ipv6Network(UInt64)

        /// `nil` for this machine, which isn't limited.
        init?(_ address: SocketAddress) {
            let bytes = address.withSockAddr { pointer, size in
                Array(UnsafeRawBufferPointer(start: pointer, count: size))
            }
            // Where the address stands in `sockaddr_in` and `sockaddr_in6`, on Linux and on Apple's systems alike.
            switch address {
            case .v4: self.init(ipv4: Self.integer(bytes[4..<8]))
            case .v6: self.init(network: Self.integer(bytes[8..<16]), interface: Self.integer(bytes[16..<24]))
            case .unixDomainSocket: return nil
            }
        }

        private init?(ipv4 address: UInt64) {
            guard address >> 24 != 127 else { return nil }
            self = .ipv4(UInt32(truncatingIfNeeded: address))
        }

        private init?(network: UInt64, interface: UInt64) {
            switch (network, interface >> 32) {
            // An IPv4 client of a socket that takes both (RFC 4291, section 2.5.5.2).
            case (0, 0xFFFF): self.init(ipv4: interface & 0xFFFF_FFFF)
            case (0, 0) where interface == 1: return nil
            default: self = .ipv6Network(network)
            }
        }

        private static func integer(_ bytes: ArraySlice<UInt8>) -> UInt64 {
            bytes.reduce(0) { $0 << 8 | UInt64($1) }
        }
    }
}
