import Logging

import struct Foundation.Date

// What is kept for later: how it gets there, and what a person sees of it and does to it.

extension EventService {
    /// Whether events can be kept for later at all.
    public var hasOutbox: Bool { outbox != nil }

    /// How long an event that was delivered can still be looked up.
    public var keepsDelivered: Duration { configuration.outbox.keepsDelivered }

    /// An event that was kept, and what has come of it; `nil` where none of this identifier was, or it is forgotten.
    /// - Throws: `ServiceError` of kind `storeFailed`.
    public func outboxEntry(_ id: String) async throws(ServiceError) -> OutboxEntry? {
        try await asking { store throws(StoreError) in try await store.entry(id) }
    }

    /// A page of the events that were kept, the longest accepted first.
    /// - Throws: `ServiceError` of kind `storeFailed`.
    public func outboxEntries(_ query: OutboxQuery) async throws(ServiceError) -> OutboxPage {
        let page = try await asking { store throws(StoreError) in try await store.page(query) }
        return page ?? OutboxPage(entries: [], next: nil)
    }

    /// Has an event that was refused delivered again, behind all others of its user, or one that waits at once.
    /// - Parameter context: The request of whom who decided so, for the log.
    /// - Returns: The entry as it is now; `nil` where there is none of this identifier.
    /// - Throws: `ServiceError`: `conflict` where it is being delivered or was, or `storeFailed`.
    public func retryOutboxEntry(_ id: String, for context: CallContext) async throws(ServiceError) -> OutboxEntry? {
        guard let before = try await asking({ store throws(StoreError) in try await store.retry(id) }) else {
            return nil
        }
        try before.requireUndecided()
        outbox?.count { $0.decisions[.retry, default: 0] += 1 }
        logger.notice("Event from the outbox is to be tried again", metadata: before.metadata(context))
        outbox?.due.notify()
        return try await outboxEntry(id)
    }

    /// Forgets an event that waits or was refused: it will never be delivered.
    /// - Parameter context: The request of whom who decided so, for the log.
    /// - Returns: The entry as it was; `nil` where there is none of this identifier.
    /// - Throws: `ServiceError`: `conflict` where it is being delivered or was, or `storeFailed`.
    public func discardOutboxEntry(_ id: String, for context: CallContext) async throws(ServiceError) -> OutboxEntry? {
        guard let before = try await asking({ store throws(StoreError) in try await store.discard(id) }) else {
            return nil
        }
        try before.requireUndecided()
        outbox?.count { $0.decisions[.discard, default: 0] += 1 }
        logger.notice("Event from the outbox was discarded", metadata: before.metadata(context))
        outbox?.due.notify()
        return before
    }

    /// Keeps an event for later.
    func keep(
        _ submission: EventSubmission,
        in outbox: Outbox,
        for context: CallContext
    ) async throws(ServiceError) -> OutboxEntry {
        let entry = OutboxEntry(
            id: submission.id,
            userID: submission.userID,
            event: submission.body,
            acceptedAt: time.now,
            requestID: context.requestID
        )
        let kept = try await add(entry, to: outbox)
        // Sent again as it was, it would be refused again: to call that accepted would be a lie.
        guard kept.state != .refused else {
            let reason = kept.lastError.map { ": \($0)" } ?? ""
            throw ServiceError(
                .conflict,
                message:
                    "the events API refused the event \(entry.id) before\(reason); it is kept for somebody to decide"
            )
        }
        outbox.count { $0.accepted += 1 }
        logger.info("Event accepted for later", metadata: kept.metadata(context))
        outbox.due.notify()
        return kept
    }

    private func add(_ entry: OutboxEntry, to outbox: Outbox) async throws(ServiceError) -> OutboxEntry {
        do throws(StoreError) {
            return try await outbox.store.add(entry)
        } catch  where error.kind == .conflict {
            throw ServiceError(.conflict, message: "another event with the identifier \(entry.id) is kept already")
        } catch {
            outbox.failed(error)
            outbox.due.notify()
            logger.error(
                "An event can't be kept for later",
                metadata: ["request_id": "\(entry.requestID)", "reason": "\(error.message)"]
            )
            throw ServiceError(
                .notKept,
                message: "the events API can't take the event now, and it can't be kept for later: \(error.reason)"
            )
        }
    }

    private func asking<Value: Sendable>(
        _ question: (any OutboxStore) async throws(StoreError) -> Value?
    ) async throws(ServiceError) -> Value? {
        guard let outbox else { return nil }
        do throws(StoreError) {
            return try await question(outbox.store)
        } catch {
            outbox.failed(error)
            outbox.due.notify()
            logger.error("What is kept can't be read or changed", metadata: ["reason": "\(error.message)"])
            throw ServiceError(.storeFailed, message: "what is kept can't be read or changed: \(error.reason)")
        }
    }
}

extension OutboxEntry {
    /// What a line of the log says of the entry, and of the request that is about it.
    fileprivate func metadata(_ context: CallContext) -> Logger.Metadata {
        ["event": "\(id)", "user": "\(userID)", "request_id": "\(context.requestID)"]
    }

    /// - Throws: `ServiceError` of kind `conflict` where nobody has to decide about the entry any more.
    fileprivate func requireUndecided() throws(ServiceError) {
        switch state {
        case .waiting, .refused: return
        case .delivering:
            throw ServiceError(.conflict, message: "the event \(id) is being delivered: look again in a moment")
        case .delivered: throw ServiceError(.conflict, message: "the event \(id) was delivered already")
        }
    }
}
