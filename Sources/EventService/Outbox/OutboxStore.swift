public import NIOCore

public import struct Foundation.Date

/// Where accepted events are kept until the events API has them.
///
/// Several processes may work on one store: what they must not do at the same time is guarded by leases. A process names
/// itself by its `holder`, which is its own for as long as it runs. What a call has returned from is durable, and holds after
/// a crash at any later moment; of a call that throws nothing is known. A call goes on when its task is cancelled: what came
/// of an attempt has to be kept, whoever has gone away.
///
/// The times in a call are those of the process. Where processes of several machines share a store, it goes by one clock and
/// takes from a call how long something lasts: `until` from `now`, `nextAttemptAt` from the moment of settling.
///
/// Entries of one user form a line in the order in which they were accepted: only its first is ever leased, and it stays the
/// first until it is delivered, refused or discarded.
public protocol OutboxStore: Sendable {
    /// Keeps a new entry, last in its user's line.
    /// - Returns: The entry as it is kept: where one with the same identifier and the same event is there already, that one.
    /// - Throws: `StoreError`: `conflict` where the identifier is that of another event, `full` where no more entries may
    ///   be kept, or why the store can't be used.
    func add(_ entry: OutboxEntry) async throws(StoreError) -> OutboxEntry

    /// Takes entries for delivery, those that have been due longest first, and marks them as delivering.
    ///
    /// Due is the first of a user's line if it waits and its `nextAttemptAt` has come, or if a lease on it has run out,
    /// whoever had it: a process that couldn't say what came of an attempt has to make another. Due is also what would be
    /// only after `until` and after `OutboxEntry.longestPause`: it was put off before the system's clock was set back.
    /// - Parameters:
    ///   - limit: The most entries to take.
    ///   - holder: Who takes them.
    ///   - now: The time by which entries are due and leases have run out.
    ///   - until: When these leases run out.
    func lease(_ limit: Int, by holder: String, now: Date, until: Date) async throws(StoreError) -> [OutboxEntry]

    /// Gives back every entry that a process of this name had leased: it has just started, so none is under way.
    func releaseLeases(of holder: String) async throws(StoreError)

    /// Says what came of a leased entry.
    ///
    /// That it was delivered holds for whoever says so. Everything else has no effect unless `holder` still has the lease.
    func settle(_ id: String, as outcome: OutboxOutcome, by holder: String, at: Date) async throws(StoreError)

    /// When the next entry is due, or the next lease of whomever runs out; `nil` where nothing waits. It may be past.
    func nextDueDate() async throws(StoreError) -> Date?

    /// Whether an entry of the user waits or is delivering.
    func hasUndelivered(of userID: String) async throws(StoreError) -> Bool

    /// Reads an entry.
    func entry(_ id: String) async throws(StoreError) -> OutboxEntry?

    /// Reads a page of entries in the order of their lines, the longest accepted first.
    func page(_ query: OutboxQuery) async throws(StoreError) -> OutboxPage

    /// Counts what is kept.
    func status() async throws(StoreError) -> OutboxStatus

    /// Changes nothing, by a write that would fail if others did: whether there is room again, for example.
    func checkWriting() async throws(StoreError)

    /// Puts an entry that was refused back to the end of its user's line, or lets one that waits be tried at once.
    /// - Returns: The entry as it was before; `nil` where there is none. One that is delivering or delivered stays as it is.
    func retry(_ id: String) async throws(StoreError) -> OutboxEntry?

    /// Forgets an entry that waits or was refused.
    /// - Returns: The entry as it was before; `nil` where there is none. One that is delivering or delivered stays as it is.
    func discard(_ id: String) async throws(StoreError) -> OutboxEntry?

    /// Forgets what was delivered before `date`.
    func forgetDelivered(before date: Date) async throws(StoreError)
}

/// What came of an attempt at delivering an entry.
public enum OutboxOutcome: Sendable, Equatable {
    /// The events API has it, and answered this.
    case delivered(answer: ByteBuffer)
    /// The events API refused it for what it is: with a status 4xx, and in these words.
    case refused(status: Int, reason: String)
    /// The attempt failed for this reason; it is not to be tried again before `nextAttemptAt`, which is at most
    /// `OutboxEntry.longestPause` away.
    case failed(reason: String, nextAttemptAt: Date)
    /// No attempt was made.
    case untried
}

/// Which entries of an outbox are asked for.
public struct OutboxQuery: Sendable, Equatable {
    /// The states that they may have.
    public var states: Set<OutboxEntry.State>
    /// The user that they belong to; `nil` for all.
    public var userID: String?
    /// The `OutboxPage.next` of the page before; `nil` for the first.
    public var after: Int64?
    /// The most entries of a page; 1 or more.
    public var limit: Int

    /// Creates a query from its parts.
    public init(
        states: Set<OutboxEntry.State> = Set(OutboxEntry.State.allCases),
        userID: String? = nil,
        after: Int64? = nil,
        limit: Int = 50
    ) {
        self.states = states
        self.userID = userID
        self.after = after
        self.limit = limit
    }
}

/// A page of the entries of an outbox.
public struct OutboxPage: Sendable, Equatable {
    /// The entries, the longest accepted first.
    public var entries: [OutboxEntry]
    /// Where the next page begins; `nil` on the last.
    public var next: Int64?

    /// Creates a page from its parts.
    public init(entries: [OutboxEntry], next: Int64?) {
        self.entries = entries
        self.next = next
    }
}
