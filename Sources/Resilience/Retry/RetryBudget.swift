import Synchronization

/// Keeps retries from adding much load to what is overloaded already: a small share of the requests, whoever makes them.
///
/// Shared by any number of ``Retry`` values. Each of their calls counts as a request with its first attempt, and takes a
/// place for every retry when the wait before it begins; a wait that is cancelled gives its place back. A retry that
/// finds no place is not made.
///
/// ```swift
/// let budget = try RetryBudget()
/// let reads = try Retry(maximumRetries: 3, backoff: backoff, budget: budget)
/// let writes = try Retry(maximumRetries: 1, backoff: backoff, budget: budget)
/// ```
///
/// The window slides in ten steps: what happened in one of them is forgotten when the window has passed since that step
/// began. Memory is that of the ten steps, whatever the load.
public final class RetryBudget: Sendable {
    /// Retries for every request in the window; 0 to 1; 0.2 by default.
    ///
    /// Taken to the nearest millionth.
    public let share: Double
    /// Retries that may be made in a window, however few requests there are; 0 or more; 3 by default.
    public let minimum: Int
    /// How long requests and retries count; above zero; 10 s by default.
    public let window: Duration

    private let clock: ErasedClock
    private let ledger: Mutex<RetryLedger>

    /// What a budget holds at one moment.
    public struct Snapshot: Sendable, Hashable {
        /// Requests in the window.
        public let requests: Int
        /// Retries in the window.
        public let retries: Int
        /// Retries that have a place and haven't ended yet.
        public let waiting: Int
        /// How many ``retries`` and ``waiting`` there may be together now.
        public let allowed: Int
        /// Retries that found no place, since the budget was made.
        public let refused: UInt64
    }

    /// Makes a budget that nothing has been taken from; each setting is described at its property.
    ///
    /// - Parameters:
    ///   - share: Retries for every request.
    ///   - minimum: Retries that may be made in a window in any case.
    ///   - window: How long requests and retries count.
    ///   - clock: Where the time comes from. It is read with a lock held, so it must not use the budget.
    /// - Throws: ``InvalidConfiguration`` for the first setting that is out of range.
    public init(
        share: Double = 0.2,
        minimum: Int = 3,
        window: Duration = .seconds(10),
        clock: some Clock<Duration> = ContinuousClock()
    ) throws(InvalidConfiguration) {
        try require((0...1).contains(share), "share", share, allowed: "0 to 1")
        try require(minimum >= 0, "minimum", minimum, allowed: "0 or more")
        try require(window >= .nanoseconds(1), "window", window, allowed: "1 nanosecond or more")
        self.share = share
        self.minimum = minimum
        self.window = window
        self.clock = ErasedClock(clock)
        self.ledger = Mutex(RetryLedger(share: share, minimum: minimum, window: window.saturatedNanoseconds))
    }

    /// Everything about the budget at this moment; looking takes nothing.
    public func snapshot() -> Snapshot {
        ledger.withLock { $0.snapshot(at: clock.now()) }
    }

    /// Counts a first attempt that was made.
    func countRequest() {
        ledger.withLock { $0.countRequest(at: clock.now()) }
    }

    /// Takes a place for a retry, and says whether there was one.
    ///
    /// A place that was taken is either used or given back.
    func takePlace() -> Bool {
        ledger.withLock { $0.takePlace(at: clock.now()) }
    }

    /// Uses a place: its retry was made.
    func usePlace() {
        ledger.withLock { $0.usePlace(at: clock.now()) }
    }

    /// Gives back a place whose retry wasn't made.
    func giveBackPlace() {
        ledger.withLock { $0.giveBackPlace() }
    }
}
