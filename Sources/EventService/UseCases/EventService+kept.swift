extension EventService {
    /// Entries of the outbox that one question to the store reads at most.
    private static var keptPageSize: Int { 200 }

    /// The events that are kept because the events API doesn't have them, those first that a person has to decide about.
    /// - Parameter limit: The most to list.
    /// - Throws: `ServiceError` of kind `storeFailed`.
    public func listKept(atMost limit: Int) async throws(ServiceError) -> KeptEvents {
        var kept = KeptEvents()
        try await list([.refused], in: &kept, atMost: limit)
        try await list([.waiting, .delivering], in: &kept, atMost: limit)
        return kept
    }

    private func list(
        _ states: Set<OutboxEntry.State>,
        in kept: inout KeptEvents,
        atMost limit: Int
    ) async throws(ServiceError) {
        var after: Int64?
        var usersBefore: Set<String> = []
        repeat {
            let room = min(limit - kept.events.count, Self.keptPageSize)
            guard room > 0 else {
                kept.hasMore = true
                return
            }
            let page = try await outboxEntries(OutboxQuery(states: states, after: after, limit: room))
            for entry in page.entries {
                let isFirst = usersBefore.insert(entry.userID).inserted
                kept.events.append(KeptEvent(entry, isBehindAnother: entry.state != .refused && !isFirst))
            }
            after = page.next
        } while after != nil
    }
}
