import NIOCore
import Synchronization

/// One accepted connection, as the routes see it.
final class Connection: Sendable {
    private let channel: any Channel
    private let gone = Latch<Void>()
    private let hangs = Mutex(false)

    init(channel: any Channel) {
        self.channel = channel
    }

    /// Whether a request on it is never going to be answered.
    var isHanging: Bool { hangs.withLock { $0 } }

    /// Notes that the client closed its side or that the connection ended.
    func markGone() {
        gone.open(.success(()))
    }

    /// Waits that long, or throws `CancellationError` as soon as the client is gone.
    func sleep(for duration: Duration, on time: SimulatorTime) async throws {
        guard duration > .zero else { return }
        try await withThrowingTaskGroup(of: Void.self) { [gone] group in
            group.addTask {
                try await gone.value()
                throw CancellationError()
            }
            group.addTask { try await time.sleep(duration) }
            defer { group.cancelAll() }
            try await group.next()
        }
    }

    /// Waits until the client is gone or the server stops, then closes the connection.
    func hang() async throws {
        hangs.withLock { $0 = true }
        defer { close() }
        try await gone.value()
    }

    /// Closes the connection as usual.
    func close() {
        channel.close(promise: nil)
    }

    /// Resets the connection after what was written so far.
    func reset() async throws {
        try await channel.triggerUserOutboundEvent(ConnectionCommand.reset)
    }

    /// Sends bytes past the HTTP encoder and closes the connection.
    func sendRaw(_ bytes: ByteBuffer) async throws {
        try await channel.triggerUserOutboundEvent(ConnectionCommand.sendRaw(bytes))
    }
}

/// What a ``Connection`` asks of its ``ConnectionHandler``.
enum ConnectionCommand: Sendable {
    case reset
    case sendRaw(ByteBuffer)
}
