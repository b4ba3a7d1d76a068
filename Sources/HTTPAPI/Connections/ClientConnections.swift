import Logging
import NIOCore
import Synchronization

/// How many connections every client has, so that none takes all that there are.
///
/// A client is what `ClientKey` makes of its address. This machine itself has no limit: a proxy on it brings everybody.
final class ClientConnections: Sendable {
    private let limit: Int
    private let counts = Mutex<[ClientKey: Int]>([:])

    /// - Parameter limit: The most connections of one client.
    init(limit: Int) {
        self.limit = limit
    }

    /// Counts a connection until it is closed.
    /// - Returns: Whether the client may have it.
    func admit(_ channel: any Channel, logger: Logger) -> Bool {
        guard let address = channel.remoteAddress, let ip = IPAddress(address), !ip.isLoopback else { return true }
        let client = ClientKey(ip)
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

    private func release(_ client: ClientKey) {
        counts.withLock { counts in
            guard let count = counts[client] else { return }
            counts[client] = count > 1 ? count - 1 : nil
        }
    }
}
