/// What the service keeps over restarts, and under which name it does.
public struct EventStores: Sendable {
    /// This process: a name that no other process has at the same time, and that its successor has again.
    public var holder: String
    /// Accepted events.
    public var outbox: any OutboxStore
    /// Answers to requests with a key.
    public var idempotency: any IdempotencyStore
    /// Failures and changes of state.
    public var history: any HistoryStore

    /// Creates a set of stores.
    public init(
        holder: String,
        outbox: any OutboxStore,
        idempotency: any IdempotencyStore,
        history: any HistoryStore
    ) {
        self.holder = holder
        self.outbox = outbox
        self.idempotency = idempotency
        self.history = history
    }
}
