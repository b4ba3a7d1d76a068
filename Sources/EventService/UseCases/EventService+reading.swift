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
        try await list(.users, by: .users, for: context)
    }

    /// All events, as the events API's own JSON array.
    public func events(for context: CallContext) async throws(ServiceError) -> ByteBuffer {
        try await list(.events, by: .events, for: context)
    }

    private func list(
        _ key: SharedReads.Key,
        by call: UpstreamCall,
        for context: CallContext
    ) async throws(ServiceError) -> ByteBuffer {
        try await reads.run(key) { [self] in
            try await withinDeadline { [gateway] in
                EventList(body: try await gateway.perform(call, for: context), missing: [])
            }
        }.body
    }

    /// The events of one user, in the user's order.
    ///
    /// All are asked for at once, `fanOutLimit` at a time, and each once. One that the events API doesn't know is left out.
    /// - Parameter partial: Whether an event that can't be read, or not before the deadline, is reported as missing; if not,
    ///   it fails the whole.
    /// - Throws: `ServiceError` of kind `notFound` for an unknown user, and any other.
    public func events(
        ofUser id: String,
        partial: Bool,
        for context: CallContext
    ) async throws(ServiceError) -> EventList {
        try await reads.run(.events(ofUser: id, partial: partial)) { [self] in
            try await readEvents(ofUser: id, partial: partial, for: context)
        }
    }

    private func readEvents(
        ofUser id: String,
        partial: Bool,
        for context: CallContext
    ) async throws(ServiceError) -> EventList {
        let deadline = Deadline(after: configuration.requestDeadline, clock: clock)
        let reading = try await within(deadline) { [gateway, configuration] in
            EventListReading(
                ids: try await gateway.eventIDs(ofUser: id, limit: configuration.maximumEventsPerUser, for: context),
                partial: partial,
                maximumSize: configuration.maximumListSize,
                gateway: gateway,
                context: context
            )
        }
        do {
            try await within(deadline) { [configuration] in
                try await reading.read(limit: configuration.fanOutLimit)
            }
        } catch {
            // A partial answer is what came in time; the rest is missing.
            guard partial, error.kind == .timedOut else { throw error }
        }
        return reading.finish()
    }

    /// Runs the work of a whole request within its deadline and puts every error into the service's terms.
    func withinDeadline<Value: Sendable>(
        _ work: @escaping @Sendable () async throws -> Value
    ) async throws(ServiceError) -> Value {
        try await within(Deadline(after: configuration.requestDeadline, clock: clock), work)
    }

    private func within<Value: Sendable>(
        _ deadline: Deadline,
        _ work: @escaping @Sendable () async throws -> Value
    ) async throws(ServiceError) -> Value {
        do {
            return try await withDeadline(deadline, operation: work)
        } catch let error as ServiceError {
            throw error
        } catch let error as TimeoutError {
            throw ServiceError(.timedOut, message: "not done within \(error.limit.milliseconds) ms")
        } catch is CancellationError {
            throw .givenUp
        } catch {
            throw ServiceError(.badUpstream, message: "unexpected: \(error)")
        }
    }
}

extension UpstreamGateway {
    /// The identifiers of a user's events, in the user's order, each once.
    fileprivate func eventIDs(ofUser id: String, limit: Int, for context: CallContext) async throws -> [String] {
        let call = UpstreamCall.user(id: id)
        let user = try await perform(call, for: context)
        do {
            return try strings(inArray: "events", of: user, limit: limit).removingRepeats()
        } catch {
            throw ServiceError(.malformed(error.description), from: call)
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
    private let maximumSize: Int
    private let gateway: UpstreamGateway
    private let context: CallContext
    private let progress = Mutex(Progress())

    init(ids: [String], partial: Bool, maximumSize: Int, gateway: UpstreamGateway, context: CallContext) {
        self.ids = ids
        self.partial = partial
        self.maximumSize = maximumSize
        self.gateway = gateway
        self.context = context
    }

    func read(limit: Int) async throws {
        _ = try await boundedFanOut(over: ids.indices, limit: limit, operation: readEvent)
    }

    /// What was read; the events that were not are missing.
    func finish() -> EventService.EventList {
        progress.withLock { progress in
            progress.missing.formUnion(progress.list.leaveOutRest(below: ids.count))
            return EventService.EventList(
                body: progress.list.finish(),
                missing: progress.missing.sorted().map { ids[$0] }
            )
        }
    }

    @Sendable
    private func readEvent(at index: Int) async throws {
        do {
            let body = try await gateway.perform(.event(id: ids[index]), for: context)
            try add(body, at: index)
        } catch let error as ServiceError where error.kind == .notFound {
            progress.withLock { $0.list.add(nil, at: index) }
        } catch let error as ServiceError where partial && error.kind != .cancelled {
            progress.withLock { progress in
                progress.list.add(nil, at: index)
                progress.missing.insert(index)
            }
        }
    }

    private func add(_ body: ByteBuffer, at index: Int) throws(ServiceError) {
        try progress.withLock { progress throws(ServiceError) in
            guard progress.list.size + body.readableBytes < maximumSize else {
                throw ServiceError(
                    .badUpstream,
                    message: "the user's events are together larger than \(maximumSize) bytes"
                )
            }
            progress.list.add(body, at: index)
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
