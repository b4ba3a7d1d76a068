import Synchronization

/// How many of something each client may have at once, so that none takes all that there are.
///
/// This machine itself has no limit: a proxy on it brings everybody.
final class ClientPlaces: Sendable {
    /// The most of one client.
    let limit: Int
    private let counts = Mutex<[ClientKey: Int]>([:])

    init(limit: Int) {
        self.limit = limit
    }

    /// Takes a place for a client; it is to be given back once.
    /// - Returns: Whether there was one.
    func take(for client: ClientKey) -> Bool {
        guard client != .local else { return true }
        return counts.withLock { counts in
            let count = counts[client, default: 0]
            guard count < limit else { return false }
            counts[client] = count + 1
            return true
        }
    }

    func giveBack(_ client: ClientKey) {
        counts.withLock { counts in
            guard let count = counts[client] else { return }
            counts[client] = count > 1 ? count - 1 : nil
        }
    }
}
