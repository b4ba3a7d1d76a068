import NIOCore

extension SocketAddress {
    /// The IP address without its port, as logs tell of it; `nil` for a socket in the file system.
    ///
    /// An IPv4 address is one also where an IPv6 socket shows it, and costs no allocation.
    var addressForLog: String? {
        guard case .v4(let bits) = IPAddress(self) else { return ipAddress }
        return "\(bits >> 24).\(bits >> 16 & 0xFF).\(bits >> 8 & 0xFF).\(bits & 0xFF)"
    }
}
