/// How long to wait before a retry: exponential growth with full jitter.
///
/// Before the n-th retry the wait is uniform between zero and `min(cap, base × multiplier^(n - 1))`. Full jitter spreads
/// the callers that failed together, so that they don't come back together.
public struct Backoff: Sendable, Hashable {
    /// The longest wait before the first retry; zero or more.
    public let base: Duration
    /// Growth from retry to retry; 1 or more.
    public let multiplier: Double
    /// The longest wait of all; at least ``base``.
    public let cap: Duration

    private let growth: ExponentialGrowth

    /// Checks the settings.
    ///
    /// - Throws: ``InvalidConfiguration`` for the first one that is out of range.
    public init(base: Duration, multiplier: Double = 2, cap: Duration) throws(InvalidConfiguration) {
        try require(base >= .zero, "base", base, allowed: "0 seconds or more")
        try require(multiplier >= 1 && multiplier.isFinite, "multiplier", multiplier, allowed: "1 or more, and finite")
        try require(cap >= base, "cap", cap, allowed: "base (\(base)) or more")
        self.base = base
        self.multiplier = multiplier
        self.cap = cap
        self.growth = ExponentialGrowth(base: base, multiplier: multiplier, cap: cap)
    }

    /// The longest wait before a retry.
    ///
    /// - Parameter retry: 1 for the first; anything below counts as the first.
    public func longestDelay(beforeRetry retry: Int) -> Duration {
        .nanoseconds(growth.delay(step: retry))
    }

    /// A wait before a retry, uniform from zero to ``longestDelay(beforeRetry:)``.
    ///
    /// - Parameters:
    ///   - retry: 1 for the first; anything below counts as the first.
    ///   - random: Draws the share of the longest wait.
    public func delay(beforeRetry retry: Int, random: RandomSource = .system) -> Duration {
        .nanoseconds(Int64(saturating: Double(growth.delay(step: retry)) * random.fraction()))
    }
}
