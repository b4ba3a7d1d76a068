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

    /// After how many milliseconds a client comes back.
    static let retry = 2000

    let feed: StreamFeed
    let clock: any Clock<Duration>
    /// Whether its client may still have it.
    let isAllowed: @Sendable () -> Bool
    private var state: StreamState
    /// The number of the snapshot that the client knows.
    private var known: UInt64?

    init(
        of feed: StreamFeed,
        clock: any Clock<Duration>,
        resumingFrom position: StreamPosition?,
        isAllowed: @escaping @Sendable () -> Bool
    ) {
        self.feed = feed
        self.clock = clock
        self.isAllowed = isAllowed
        state = StreamState(boot: feed.boot, resumingFrom: position)
    }

    /// Tells a client everything, then every change, until the service stops or the task is cancelled.
    /// - Throws: What writing throws, and `CancellationError`.
    @concurrent
    mutating func run(writingTo body: inout any ResponseBodyWriter) async throws {
        feed.join()
        defer { feed.leave() }
        for await wake in wakes() {
            guard isAllowed() else { return try await end(.revoked, &body) }
            switch wake {
            case .heartbeat: try await body.write(ServerSentEventWriter.heartbeat)
            case .stopped: return try await end(.stopped, &body)
            case .changed:
                let events = try news()
                guard events.readableBytes > 0 else { break }
                try await body.write(events)
                if state.isDraining { return try await end(.draining, &body) }
            }
        }
        throw CancellationError()
    }

    /// What the client doesn't know yet, if there is any such thing.
    private mutating func news() throws -> ByteBuffer {
        guard let known else {
            let (number, snapshot) = feed.takeSnapshot()
            self.known = number
            var events = ByteBuffer()
            ServerSentEventWriter.writeRetry(Self.retry, to: &events)
            events.writeImmutableBuffer(try state.events(for: snapshot))
            return events
        }
        guard let update = feed.latest, update.number > known else { return ByteBuffer() }
        self.known = update.number
        if update.previous == known, let events = update.events {
            state = update.state
            return events
        }
        return try state.events(for: update.snapshot)
    }

    /// A slow client costs one element of each kind, and no queue: both sides wait, and changes become one.
    private func wakes() -> some AsyncSequence<Wake, Never> {
        let clock = clock
        let changes = chain(feed.changes().map { Wake.changed }, [Wake.stopped].async)
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
        let data = ["reason": reason.rawValue]
        try ServerSentEventWriter.write("end", id: state.position.text, data: data, to: &buffer)
        try await body.write(buffer)
        try await body.finish(nil)
    }
}
