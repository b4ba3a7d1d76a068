import Foundation
import NIOCore

/// Keeps a port ours while nothing listens on it.
///
/// A socket that is bound but doesn't listen refuses connections. Without it the kernel may hand the port of a
/// simulator in an outage to another program, or to the very client that tries to connect, which then talks to itself.
struct PortReservation: ~Copyable {
    private let descriptor: CInt

    /// Binds a socket to the address, or returns `nil` if the system doesn't let us.
    init?(_ address: SocketAddress) {
        #if canImport(Darwin)
            let type = SOCK_STREAM
        #else
            let type = CInt(SOCK_STREAM.rawValue)
        #endif
        let descriptor = socket(address.protocol.rawValue, type, 0)
        guard descriptor >= 0 else { return nil }
        var yes: CInt = 1
        setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout<CInt>.size))
        guard address.withSockAddr({ bind(descriptor, $0, socklen_t($1)) }) == 0 else {
            close(descriptor)
            return nil
        }
        self.descriptor = descriptor
    }

    deinit {
        close(descriptor)
    }
}
