import Synchronization

/// The events that are kept for later, and what is known of them without asking their store.
final class Outbox: Sendable {
    let store: any OutboxStore

    /// This process, as the store knows it.
    let holder: String

    /// Told whenever something may be due.
    let due = ChangeSignal()

    private let signal: ChangeSignal
    private let known = Mutex(ServiceSnapshot.Outbox())
    private let counted = Mutex(OutboxStatistics())

    init(_ stores: EventStores, signal: ChangeSignal) {
        store = stores.outbox
        holder = stores.holder
        self.signal = signal
    }

    /// What is known of the entries.
    var snapshot: ServiceSnapshot.Outbox { known.withLock { $0 } }

    /// What was counted so far.
    var statistics: OutboxStatistics { counted.withLock { $0 } }

    /// Counts what happened.
    func count(_ change: (inout OutboxStatistics) -> Void) {
        counted.withLock { change(&$0) }
    }

    /// Looks how many entries there are, and tells whoever shows it if that has changed.
    ///
    /// A failure is over when a write succeeds: a full disk can still be read.
    func refresh() async throws(StoreError) {
        if snapshot.failure != nil { try await store.checkWriting() }
        let status = try await store.status()
        learn(ServiceSnapshot.Outbox(status: status))
    }

    /// The store can't be used: its numbers are the last known.
    func failed(_ error: StoreError) {
        count { $0.storeFailures[error.kind, default: 0] += 1 }
        // A full one works as it should, and its status says so.
        guard error.kind != .full else { return }
        learn(ServiceSnapshot.Outbox(status: snapshot.status, failure: error.message))
    }

    private func learn(_ new: ServiceSnapshot.Outbox) {
        let isNews = known.withLock { known in
            defer { known = new }
            return known != new
        }
        if isNews { signal.notify() }
    }
}
