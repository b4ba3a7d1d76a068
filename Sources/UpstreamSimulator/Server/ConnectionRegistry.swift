import NIOCore
import Synchronization

/// The open connections of one listener.
final class ConnectionRegistry: Sendable {
    private struct State {
        var connections: [ObjectIdentifier: Connection] = [:]
        var isClosed = false
    }

    private let state = Mutex(State())

    /// The connection of a channel that was registered and is still open.
    subscript(channel: any Channel) -> Connection? {
        state.withLock { $0.connections[ObjectIdentifier(channel)] }
    }

    /// Registers a connection, or closes it if all are being closed.
    func add(_ connection: Connection, of channel: any Channel) {
        let isClosed = state.withLock {
            if !$0.isClosed { $0.connections[ObjectIdentifier(channel)] = connection }
            return $0.isClosed
        }
        if isClosed { connection.close() }
    }

    func remove(_ channel: any Channel) {
        _ = state.withLock { $0.connections.removeValue(forKey: ObjectIdentifier(channel)) }
    }

    /// Closes all connections, and from now on every new one.
    func closeAll() {
        let connections = state.withLock {
            $0.isClosed = true
            return Array($0.connections.values)
        }
        for connection in connections { connection.close() }
    }

    /// Closes the connections whose request is never going to be answered.
    func closeHanging() {
        let connections = state.withLock { Array($0.connections.values) }
        for connection in connections where connection.isHanging { connection.close() }
    }
}
