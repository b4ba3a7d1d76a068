public import EventService

/// What is kept over restarts: accepted events, answers to requests with a key, and what happened.
///
/// Several processes may have the same folder open. Whatever a call has returned from is on the disk.
public struct Store: Sendable {
    /// Accepted events until they are delivered.
    public let outbox: any OutboxStore

    /// Answers to requests that named an `Idempotency-Key`.
    public let idempotency: any IdempotencyStore

    /// Failures and changes of state.
    public let history: any HistoryStore

    /// The name of this process: its own while the store is open, and after a crash that of the process started in its place.
    public var holder: String { slot.holder }

    let database: StoreDatabase
    private let slot: InstanceSlot

    init(_ database: StoreDatabase, slot: InstanceSlot, configuration: StoreConfiguration) {
        outbox = SQLiteOutbox(database: database, maximumEntries: configuration.maximumOutboxEntries)
        idempotency = SQLiteIdempotency(
            database: database,
            abandonedClaimRetention: configuration.abandonedClaimRetention
        )
        history = SQLiteHistory(database: database)
        self.database = database
        self.slot = slot
    }

    /// Ends the use of the store, after what was handed in before; later calls throw `StoreError.Kind.unavailable`.
    public func close() async throws(StoreError) {
        try await database.close()
        slot.release()
    }
}
