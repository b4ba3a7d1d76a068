extension EventService: DashboardSource {
    /// Everything that the faces show, now.
    public func known() -> KnownService {
        KnownService(snapshot: snapshot())
    }

    /// Adds the event of a draft, which keeps its identifier; see `add(_:whenDown:for:)`.
    public func submit(
        _ draft: EventDraft,
        whenDown: EventServiceConfiguration.WhenDown?,
        for context: CallContext
    ) async throws(ServiceError) -> DraftFate {
        switch try await add(draft, whenDown: whenDown, for: context) {
        case .added: .added
        case .accepted: .kept
        }
    }

    /// Has an event that is kept tried again; see `retryOutboxEntry(_:for:)`.
    public func retryKept(_ id: String, for context: CallContext) async throws(ServiceError) -> Bool {
        try await retryOutboxEntry(id, for: context) != nil
    }

    /// Forgets an event that is kept; see `discardOutboxEntry(_:for:)`.
    public func discardKept(_ id: String, for context: CallContext) async throws(ServiceError) -> Bool {
        try await discardOutboxEntry(id, for: context) != nil
    }

    /// Lets the next call of a route through as a probe; see `probeNow(_:)`.
    public func probe(_ route: UpstreamRoute) async throws(ServiceError) {
        guard probeNow(route) else { throw ServiceError(.conflict, message: "the breaker is not open") }
    }
}
