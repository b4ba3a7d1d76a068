public import NIOCore
import Resilience
import Synchronization

extension EventService {
    /// A list of events as JSON, as far as it could be read.
    public struct EventList: Sendable {
        /// A JSON array.
        public var body: ByteBuffer

        /// The identifiers of the events that are lacking because they could not be read.
        public var missing: [String]
    }

    /// All users, as the events API's own JSON array.
    public func users(for context: CallContext) async throws(ServiceError) -> ByteBuffer {
        try await withinDeadline { [gateway] in
            try await gateway.perform(.users, for: context)
        }
    }

    /// All events, as the events API's own JSON array.
    public func events(for context: CallContext) async throws(ServiceError) -> ByteBuffer {
        try await withinDeadline { [gateway] in
            try await gateway.perform(.events, for: context)
        }
    }

    /// The events of one user, in the user's order.
    ///
    /// All are asked for at once, `fanOutLimit` at a time, and each once. One that the events API doesn't know is left out.
    /// - Parameter partial: Whether an event that can't be read is reported as missing; if not, it fails the whole.
    /// - Throws: `ServiceError` of kind `notFound` for an unknown user, and any other.
    public func events(
        ofUser id: String,
        partial: Bool,
        for context: CallContext
    ) async throws(ServiceError) -> EventList {
        try await withinDeadline { [gateway, configuration] in
            let user = try await gateway.perform(.user(id: id), for: context)
            let reading = EventListReading(
                ids: try strings(inArray: "events", of: user).removingRepeats(),
                partial: partial,
                gateway: gateway,
                context: context
            )
            return try await reading.read(limit: configuration.fanOutLimit)
        }
    }

    /// Runs the work of a whole request within its deadline and puts every error into the service's terms.
    func withinDeadline<Value: Sendable>(
        _ work: @escaping @Sendable () async throws -> Value
    ) async throws(ServiceError) -> Value {
        do {
            return try await withDeadline(Deadline(after: configuration.requestDeadline, clock: clock), operation: work)
        } catch let error as ServiceError {
            throw error
        } catch let error as TimeoutError {
            throw ServiceError(.timedOut, message: "not done within \(error.limit.milliseconds) ms")
        } catch is CancellationError {
            throw ServiceError(.cancelled, message: "given up before the events API answered")
        } catch {
            throw ServiceError(.badUpstream, message: "unexpected: \(error)")
        }
    }
}

/// The reading of one user's events.
private final class EventListReading: Sendable {
    private struct Progress {
        var list = EventListBuilder()
        var missing: Set<Int> = []
    }

    private let ids: [String]
    private let partial: Bool
    private let gateway: UpstreamGateway
    private let context: CallContext
    private let progress = Mutex(Progress())

    init(ids: [String], partial: Bool, gateway: UpstreamGateway, context: CallContext) {
        self.ids = ids
        self.partial = partial
        self.gateway = gateway
        self.context = context
    }

    func read(limit: Int) async throws -> EventService.EventList {
        _ = try await boundedFanOut(over: ids.indices, limit: limit, operation: readEvent)
        return progress.withLock { progress in
            EventService.EventList(body: progress.list.finish(), missing: progress.missing.sorted().map { ids[$0] })
        }
    }

    @Sendable
    private func readEvent(at index: Int) async throws {
        do {
            let body = try await gateway.perform(.event(id: ids[index]), for: context)
            progress.withLock { $0.list.add(body, at: index) }
        } catch let error as ServiceError where error.kind == .notFound {
            progress.withLock { $0.list.add(nil, at: index) }
        } catch let error as ServiceError where partial && error.kind != .cancelled {
            progress.withLock { progress in
                progress.list.add(nil, at: index)
                progress.missing.insert(index)
            }
        }
    }
}

extension [String] {
    /// The elements in their order, each once.
    ///
    /// Compared by their bytes: to `String`, two spellings of the same character are equal, to the events API they aren't.
    fileprivate func removingRepeats() -> [String] {
        var seen: Set<[UInt8]> = []
        return filter { seen.insert([UInt8]($0.utf8)).inserted }
    }
}
