import AsyncAlgorithms
import EventService
import Hummingbird
import NIOCore

/// One client's stream of what happens in the service.
struct EventStream {
    /// Why a stream ends.
    enum End: String {
        /// The service is about to stop.
        case draining
        /// The service has stopped.
        case stopped
        /// The token that the stream was opened with doesn't allow it any more.
        case revoked
    }

    /// What makes a stream do something.
    private enum Wake {
        case changed, heartbeat, stopped
    }

    /// How often a client hears that the stream is alive, whatever else it hears.
    static let heartbeatInterval = Duration.seconds(15)

    /// What happens within as much time after something was sent is sent together.
    static let minimumInterval = Duration.milliseconds(50)

    /// After how many milliseconds a client comes back.
    static let retry = 2000

    let service: EventService
    let clock: any Clock<Duration>
    /// Whether its client may still have it.
    let isAllowed: @Sendable () -> Bool
    private var state: StreamState
    private let writer = ServerSentEventWriter()

    init(
        of service: EventService,
        clock: any Clock<Duration>,
        boot: String,
        resumingFrom position: StreamPosition?,
        isAllowed: @escaping @Sendable () -> Bool
    ) {
        self.service = service
        self.clock = clock
        self.isAllowed = isAllowed
        state = StreamState(boot: boot, resumingFrom: position)
    }

    /// Tells a client everything, then every change, until the service stops or the task is cancelled.
    /// - Throws: What writing throws, and `CancellationError`.
    @concurrent
    mutating func run(writingTo body: inout any ResponseBodyWriter) async throws {
        var buffer = ByteBuffer()
        writer.writeRetry(Self.retry, to: &buffer)
        for await wake in wakes() {
            guard isAllowed() else { return try await end(.revoked, &body) }
            switch wake {
            case .heartbeat: try await body.write(ServerSentEventWriter.heartbeat)
            case .stopped: return try await end(.stopped, &body)
            case .changed:
                let snapshot = service.snapshot()
                let messages = state.messages(for: snapshot)
                try write(messages, to: &buffer)
                guard buffer.readableBytes > 0 else { break }
                try await body.write(buffer)
                buffer = ByteBuffer()
                if snapshot.phase == .draining { return try await end(.draining, &body) }
                try await clock.sleep(for: Self.minimumInterval)
            }
        }
        throw CancellationError()
    }

    /// A slow client costs one element of each kind, and no queue: both sides wait, and changes become one.
    private func wakes() -> some AsyncSequence<Wake, Never> {
        let clock = clock
        let changes = chain(service.changes().map { Wake.changed }, [Wake.stopped].async)
        let heartbeats = AsyncStream<Wake> {
            // Cancellation ends the stream.
            try? await clock.sleep(for: Self.heartbeatInterval)
            return Task.isCancelled ? nil : .heartbeat
        }
        return merge(changes, heartbeats)
    }

    @concurrent
    private func end(_ reason: End, _ body: inout any ResponseBodyWriter) async throws {
        var buffer = ByteBuffer()
        try writer.write("end", id: state.position.text, data: ["reason": reason.rawValue], to: &buffer)
        try await body.write(buffer)
        try await body.finish(nil)
    }

    private func write(_ messages: [StreamState.Message], to buffer: inout ByteBuffer) throws {
        let id = state.position.text
        for message in messages {
            switch message {
            case .snapshot(let data): try writer.write("snapshot", id: id, data: data, to: &buffer)
            case .missed(let entries, let next):
                // Whoever gets this and not the entries that follow it has to get those later.
                let id = StreamPosition(boot: state.position.boot, nextEntry: next).text
                try writer.write("missed", id: id, data: ["entries": entries], to: &buffer)
            case .entries(let data): try writer.write("entries", id: id, data: data, to: &buffer)
            case .breaker(let data): try writer.write("breaker", id: id, data: data, to: &buffer)
            case .lanes(let data): try writer.write("lanes", id: id, data: data, to: &buffer)
            case .service(let data): try writer.write("service", id: id, data: data, to: &buffer)
            }
        }
    }
}
