/// What the read cache has done since the start, and what it holds now.
///
/// Every read that is not cancelled is a hit, a miss or joined, or was answered or refused because a breaker is open, which
/// counts as a rejection there; a stale answer may be of any kind but a hit.
public struct CacheStatistics: Sendable, Equatable {
    /// Reads answered by what was kept and fresh.
    public var hits = 0
    /// Reads for which the events API was asked.
    public var misses = 0
    /// Reads that joined an identical one under way.
    public var joined = 0
    /// Reads answered by what was kept and no more fresh, because asking again failed.
    public var staleAnswers = 0
    /// Answers that left to make room.
    public var evictions = 0
    /// Answers that are kept now.
    public var entries = 0
    /// What they take, in bytes.
    public var bytes = 0

    /// Creates statistics of nothing.
    public init() {}
}
