/// What an outbox has counted since the service was made.
public struct OutboxStatistics: Sendable, Equatable {
    /// How an attempt at delivering an entry ended.
    public enum Delivery: String, Sendable, CaseIterable {
        /// The events API has it.
        case delivered
        /// The events API refused it.
        case refused
        /// It is tried again.
        case failed
    }

    /// What a person decided about an entry.
    public enum Decision: String, Sendable, CaseIterable {
        /// It is tried again.
        case retry
        /// It is forgotten.
        case discard
    }

    /// Events that were accepted; one that was accepted again, under the same identifier, counts again.
    public internal(set) var accepted: UInt64 = 0
    /// Attempts at delivering, by how they ended.
    public internal(set) var deliveries: [Delivery: UInt64] = [:]
    /// What persons decided.
    public internal(set) var decisions: [Decision: UInt64] = [:]
    /// Calls to the store that failed, by what stood in the way.
    public internal(set) var storeFailures: [StoreError.Kind: UInt64] = [:]
}
