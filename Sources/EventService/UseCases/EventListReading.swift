import NIOCore
import Resilience
import Synchronization

/// The reading of one user's events.
final class EventListReading: Sendable {
    private struct Progress {
        var list = EventListBuilder()
        var missing: Set<Int> = []
        var failure: ServiceError?
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
    /// - Parameter error: What ended the reading before its time, if anything did.
    func finish(cutOffBy error: ServiceError? = nil) -> CachedReads.Fetched {
        progress.withLock { progress in
            progress.missing.formUnion(progress.list.leaveOutRest(below: ids.count))
            return CachedReads.Fetched(
                body: progress.list.finish(),
                missing: progress.missing.sorted().map { ids[$0] },
                failure: progress.failure ?? error
            )
        }
    }

    @Sendable
    private func readEvent(at index: Int) async throws {
        gateway.fanOut.began()
        defer { gateway.fanOut.finished() }
        do {
            let body = try await gateway.perform(.event(id: ids[index]), for: context)
            try add(body, at: index)
        } catch let error as ServiceError where error.kind == .notFound {
            progress.withLock { $0.list.add(nil, at: index) }
        } catch let error as ServiceError where partial && error.kind != .cancelled {
            progress.withLock { progress in
                progress.list.add(nil, at: index)
                progress.missing.insert(index)
                progress.failure = progress.failure ?? error
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

extension UpstreamGateway {
    /// The identifiers of a user's events, in the user's order, each once.
    func eventIDs(ofUser id: String, limit: Int, for context: CallContext) async throws -> [String] {
        let call = UpstreamCall.user(id: id)
        let user = try await perform(call, for: context)
        do {
            return try strings(inArray: "events", of: user, limit: limit).removingRepeats()
        } catch {
            throw ServiceError(.malformed(error.description), from: call)
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
