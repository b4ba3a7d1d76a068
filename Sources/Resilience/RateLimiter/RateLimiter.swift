import Synchronization

/// Admits calls at a limited rate, each key for itself, and never lets one wait.
///
/// A token bucket per key, for a bounded number of keys.
///
/// ```swift
/// let limit = try RateLimit(tokens: 100, per: .seconds(60), burst: 20)
/// let limiter = try RateLimiter<ClientID>(limit, maximumKeys: 10_000)
/// switch limiter.take(for: client) {
/// case .admitted(let quota):
///     return .ok(remaining: quota.remaining)
/// case .rejected(let rejection):
///     return .tooManyRequests(retryAfter: rejection.retryAfter)
/// }
/// ```
///
/// The arithmetic is exact: no rounding adds up, whatever the rate and however long it runs or rests.
///
/// ## Many keys
///
/// Memory is bounded by the largest number of keys. A bucket that is full is as good as none, and its place goes to a new
/// key first. If no bucket is full and no place is left, a new key takes over the bucket that misses the fewest tokens,
/// **with what it misses**, and that bucket's key becomes a new one. So somebody with any number of keys
///
/// - can't get more than its due out of any key, not even out of one that was forgotten in between;
/// - can't get more out of all keys together than the largest number of keys allows;
/// - can't make the limiter forget a key that has used much: the keys that have used least are forgotten;
/// - can, as long as it keeps every bucket from being full, which takes `maximumKeys × tokens` per period in calls that
///   all pass, make new keys begin with less than a full bucket, down to sharing one bucket.
///
/// Therefore give it several times as many keys as there are callers in the time that a bucket takes to fill, and choose
/// keys that can't be had for nothing: an account, or an IPv6 network instead of an address.
///
/// All functions may be called from any thread; none suspends. A call costs the hash of its key and a few steps that grow
/// with the logarithm of the number of keys.
public final class RateLimiter<Key: Hashable & Sendable>: Sendable {
    /// How much each key may take.
    public let limit: RateLimit
    /// The number of keys that are remembered at most.
    public let maximumKeys: Int

    private let clock: ErasedClock
    private let buckets: Mutex<TokenBuckets<Key>>

    /// A limiter all of whose buckets are full.
    ///
    /// - Parameters:
    ///   - limit: How much each key may take.
    ///   - maximumKeys: The number of keys that are remembered at most; 1 or more. A key takes its own memory twice over
    ///     and some 60 bytes.
    ///   - clock: Where the time comes from. It is read, and keys are hashed and compared, with a lock held: neither must
    ///     call the limiter.
    /// - Throws: ``InvalidConfiguration`` if `maximumKeys` is out of range.
    public convenience init(
        _ limit: RateLimit,
        maximumKeys: Int,
        clock: some Clock<Duration> = ContinuousClock()
    ) throws(InvalidConfiguration) {
        try require(maximumKeys >= 1, "maximumKeys", maximumKeys, allowed: "1 or more")
        self.init(limit, checkedKeys: maximumKeys, clock: clock)
    }

    private init(_ limit: RateLimit, checkedKeys: Int, clock: some Clock<Duration>) {
        self.limit = limit
        self.maximumKeys = checkedKeys
        self.clock = ErasedClock(clock)
        self.buckets = Mutex(TokenBuckets(limit, maximumKeys: checkedKeys))
    }

    /// Takes tokens from a key's bucket, all that are asked for or none.
    ///
    /// - Parameters:
    ///   - cost: How many; zero always gets in and takes nothing, and less counts as zero. More than
    ///     ``RateLimit/burst`` never gets in.
    ///   - key: Whose bucket.
    /// - Returns: What is left, or how long it takes until the call would be admitted.
    public func take(cost: Int = 1, for key: Key) -> RateLimit.Answer {
        // The key that made room is released outside the lock: its end may run any code.
        let taking = buckets.withLock { $0.take(cost, for: key, at: clock.now()) }
        return taking.answer
    }

    /// What a key could take now; looking takes nothing and remembers nothing.
    public func quota(for key: Key) -> RateLimit.Quota {
        buckets.withLock { $0.quota(for: key, at: clock.now()) }
    }

    /// The limiter's counters and its number of keys.
    public func snapshot() -> RateLimit.Snapshot {
        buckets.withLock { RateLimit.Snapshot(keys: $0.count, maximumKeys: maximumKeys, totals: $0.totals) }
    }
}

/// The key of a limiter with one bucket for everybody.
public enum SingleKey: Sendable, Hashable {
    /// The only one.
    case everybody
}

extension RateLimiter where Key == SingleKey {
    /// A limiter with one bucket for everybody, which is full.
    ///
    /// - Parameters:
    ///   - limit: How much all calls together may take.
    ///   - clock: Where the time comes from; read with a lock held, so it must not call the limiter.
    public convenience init(_ limit: RateLimit, clock: some Clock<Duration> = ContinuousClock()) {
        self.init(limit, checkedKeys: 1, clock: clock)
    }

    /// Takes tokens from the bucket; see ``take(cost:for:)``.
    public func take(cost: Int = 1) -> RateLimit.Answer { take(cost: cost, for: .everybody) }

    /// What could be taken now; looking takes nothing.
    public func quota() -> RateLimit.Quota { quota(for: .everybody) }
}
