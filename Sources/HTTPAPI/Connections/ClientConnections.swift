import Logging
import NIOCore

/// The connections of every client, which is what `ClientKey` makes of its address.
final class ClientConnections: Sendable {
    private let places: ClientPlaces

    /// - Parameter limit: The most connections of one client.
    init(limit: Int) {
        places = ClientPlaces(limit: limit)
    }

    /// Counts a connection until it is closed.
    /// - Returns: Whether the client may have it.
    func admit(_ channel: any Channel, logger: Logger) -> Bool {
        let address = channel.remoteAddress
        let client = ClientKey(address)
        guard places.take(for: client) else {
            logger.debug(
                "Connection refused",
                metadata: [
                    "client_address": "\(address?.addressForLog ?? "")",
                    "connections": .stringConvertible(places.limit),
                ]
            )
            return false
        }
        channel.closeFuture.whenComplete { [places] _ in places.giveBack(client) }
        return true
    }
}
