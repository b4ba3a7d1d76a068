import Logging
import Synchronization

/// Keeps failures and changes of state over restarts, without ever holding up what they happened to.
final class History: Sendable {
    /// How many entries may wait to be written; what comes then is dropped and counted.
    static let maximumPending = 2000

    /// How long an entry may wait for others to be written with.
    private static let gatheringTime = Duration.milliseconds(250)

    private struct State {
        var pending: [HistoryEntry] = []
        var dropped: UInt64 = 0
        var isFailing = false
        var isGivenUp = false
    }

    let store: any HistoryStore
    let holder: String
    private let clock: any Clock<Duration>
    private let logger: Logger
    private let state = Mutex(State())
    private let arrived = ChangeSignal()

    init(_ stores: EventStores, clock: any Clock<Duration>, logger: Logger) {
        store = stores.history
        holder = stores.holder
        self.clock = clock
        self.logger = logger
    }

    /// How many entries were not kept: too many waited, or the store could not be used.
    var dropped: UInt64 { state.withLock { $0.dropped } }

    /// Takes an entry, to be written soon.
    func record(_ entry: HistoryEntry) {
        let isFirst = state.withLock { state in
            guard state.pending.count < Self.maximumPending, !state.isGivenUp else {
                state.dropped += 1
                return false
            }
            state.pending.append(entry)
            return state.pending.count == 1
        }
        if isFirst { arrived.notify() }
    }

    /// Keeps nothing from now on.
    func giveUp() {
        state.withLock { $0.isGivenUp = true }
    }

    /// Writes what is recorded until the task is cancelled; what is left then, `write()` writes.
    func run() async {
        for await _ in arrived.changes() {
            guard (try? await clock.sleep(for: Self.gatheringTime)) != nil else { break }
            await write()
        }
    }

    /// Writes what is recorded and not written yet.
    func write() async {
        let entries = state.withLock { state in
            defer { state.pending = [] }
            return state.pending
        }
        guard !entries.isEmpty else { return }
        do throws(StoreError) {
            try await store.append(entries, of: holder)
            let worksAgain = state.withLock { state in
                defer { state.isFailing = false }
                return state.isFailing
            }
            if worksAgain { logger.notice("The history is kept again") }
        } catch {
            let isNews = state.withLock { state in
                defer { state.isFailing = true }
                state.dropped += UInt64(entries.count)
                return !state.isFailing
            }
            if isNews { logger.error("The history can't be kept", metadata: ["reason": "\(error.message)"]) }
        }
    }
}
