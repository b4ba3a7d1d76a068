import HummingbirdCore
import Logging
import NIOCore

/// Hummingbird's HTTP/1.1 connection with a ``ConnectionHandler`` next to the socket.
struct ObservedHTTP1Channel: ServerChildChannel {
    typealias Value = HTTP1Channel.Value

    let http1: HTTP1Channel
    let registry: ConnectionRegistry

    func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Value> {
        http1.setup(channel: channel, logger: logger).flatMapThrowing { value in
            let connection = Connection(channel: channel)
            let handler = ConnectionHandler(connection: connection) { [registry] in registry.remove(channel) }
            try channel.pipeline.syncOperations.addHandler(handler, position: .first)
            registry.add(connection, of: channel)
            return value
        }
    }

    func handle(value: Value, logger: Logger) async {
        await http1.handle(value: value, logger: logger)
    }
}
