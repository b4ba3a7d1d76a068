import NIOCore

/// Whom a limit counts.
enum ClientKey: Hashable, Sendable {
    /// Whoever has the token of this name, from wherever.
    case token(String)
    /// An IPv4 address.
    case ipv4(UInt32)
    /// An IPv6 network of 64 bits: whoever has one address has all of its network's.
    case ipv6(UInt64)
    /// This machine itself: loopback, or a socket in the file system.
    case local

    /// The key of a connection's other end.
    ///
    /// `X-Forwarded-For` is not looked at: whoever wants another key would write another one there.
    init(_ address: SocketAddress?) {
        self = address.flatMap(IPAddress.init).map { ClientKey($0) } ?? .local
    }

    /// The key of an address.
    init(_ address: IPAddress) {
        switch address {
        case _ where address.isLoopback: self = .local
        case .v4(let address): self = .ipv4(address)
        case .v6(let network, _): self = .ipv6(network)
        }
    }
}
