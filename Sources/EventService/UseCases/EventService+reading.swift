import NIOCore
import Resilience

extension EventService {
    /// All users, as the events API's own JSON array.
    /// - Parameter policy: Whether what is kept from earlier requests may answer.
    public func users(
        for context: CallContext,
        policy: CachePolicy = .useCache
    ) async throws(ServiceError) -> ServiceAnswer {
        try await read(.users, by: .users, policy, for: context)
    }

    /// All events, as the events API's own JSON array.
    /// - Parameter policy: Whether what is kept from earlier requests may answer.
    public func events(
        for context: CallContext,
        policy: CachePolicy = .useCache
    ) async throws(ServiceError) -> ServiceAnswer {
        try await read(.events, by: .events, policy, for: context)
    }

    /// One user, as the events API's own JSON object.
    /// - Parameter policy: Whether what is kept from earlier requests may answer.
    /// - Throws: `ServiceError` of kind `notFound` where there is none, and any other.
    public func user(
        id: String,
        for context: CallContext,
        policy: CachePolicy = .useCache
    ) async throws(ServiceError) -> ServiceAnswer {
        try await read(.user(id), by: .user(id: id), policy, for: context)
    }

    /// One event, as the events API's own JSON object.
    /// - Parameter policy: Whether what is kept from earlier requests may answer.
    /// - Throws: `ServiceError` of kind `notFound` where there is none, and any other.
    public func event(
        id: String,
        for context: CallContext,
        policy: CachePolicy = .useCache
    ) async throws(ServiceError) -> ServiceAnswer {
        try await read(.event(id), by: .event(id: id), policy, for: context)
    }

    private func read(
        _ key: ReadKey,
        by call: UpstreamCall,
        _ policy: CachePolicy,
        for context: CallContext
    ) async throws(ServiceError) -> ServiceAnswer {
        try await promised(on: call.route) { () throws(ServiceError) in
            switch try answerAtOnce(key, policy, orBy: call) {
            case .answer(let answer): return answer
            case .miss(let miss):
                return try await reads.fetch(key, policy, after: miss) { [self] in
                    try await withinDeadline { [gateway] in
                        CachedReads.Fetched(body: try await gateway.perform(call, for: context))
                    }
                }
            }
        }
    }

    /// Answers from the cache what can be answered so without waiting for anything, and fails where the breaker of the first
    /// call that would be made is open.
    ///
    /// Apart from the rest, so that a hit allocates nothing for what would come after a miss.
    private func answerAtOnce(
        _ key: ReadKey,
        _ policy: CachePolicy,
        orBy call: UpstreamCall
    ) throws(ServiceError) -> CachedReads.Lookup {
        let found = reads.lookUp(key, policy)
        guard case .miss = found, let rejection = gateway.rejectIfOpen(call) else { return found }
        guard let stale = reads.kept(key, policy, despite: rejection) else { throw rejection }
        return .answer(stale)
    }

    /// The events of one user, in the user's order.
    ///
    /// All are asked for at once, `fanOutLimit` at a time, and each once. One that the events API doesn't know is left out.
    /// - Parameters:
    ///   - id: The user's identifier.
    ///   - partial: Whether an event that can't be read, or not before the deadline, is reported as missing; if not, it fails
    ///     the whole. A complete list that is kept, though stale, is answered rather than one that lacks events.
    ///   - context: The request.
    ///   - policy: Whether what is kept from earlier requests may answer. A list that lacks events is never kept.
    /// - Throws: `ServiceError` of kind `notFound` for an unknown user, and any other.
    public func events(
        ofUser id: String,
        partial: Bool,
        for context: CallContext,
        policy: CachePolicy = .useCache
    ) async throws(ServiceError) -> ServiceAnswer {
        let key = ReadKey.events(ofUser: id, partial: partial)
        return try await promised(on: .getEventById, isWhole: \.missing.isEmpty) { () throws(ServiceError) in
            switch try answerAtOnce(key, policy, orBy: .user(id: id)) {
            case .answer(let answer): return answer
            case .miss(let miss):
                return try await reads.fetch(key, policy, after: miss) { [self] in
                    try await readEvents(ofUser: id, partial: partial, for: context)
                }
            }
        }
    }

    private func readEvents(
        ofUser id: String,
        partial: Bool,
        for context: CallContext
    ) async throws(ServiceError) -> CachedReads.Fetched {
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
            return reading.finish(cutOffBy: error)
        }
        return reading.finish()
    }
}
