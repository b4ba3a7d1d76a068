/// How much may be taken: so many tokens per time, and so many at once.
///
/// A bucket holds ``burst`` tokens, is full at first, and gets ``tokens`` back per ``period``, evenly: one after every
/// `period / tokens`. So nobody takes more than `burst + tokens × time / period` in any stretch of time.
///
/// For HTTP (draft-ietf-httpapi-ratelimit-headers, version 8 and later), all times rounded up to whole seconds:
///
/// | field | parameter | value |
/// |---|---|---|
/// | `RateLimit-Policy` | `q` | ``burst`` |
/// | | `w` | ``timeToFill`` |
/// | `RateLimit` | `r` | ``Quota/remaining`` |
/// | | `t` | ``Quota/fullAfter`` |
/// | `Retry-After` | | ``Rejection/retryAfter`` |
public struct RateLimit: Sendable, Hashable {
    /// Tokens that come back per ``period``; 1 or more.
    public let tokens: Int
    /// The time in which ``tokens`` come back, in whole nanoseconds; 1 nanosecond to 292 years.
    public let period: Duration
    /// Tokens that a full bucket holds; 1 or more.
    public let burst: Int

    /// Checks the settings.
    ///
    /// - Parameters:
    ///   - tokens: Tokens that come back per `period`.
    ///   - period: What is below a nanosecond is cut off.
    ///   - burst: Tokens that a full bucket holds; as many as `tokens` by default.
    /// - Throws: ``InvalidConfiguration`` for the first one that is out of range.
    public init(tokens: Int, per period: Duration, burst: Int? = nil) throws(InvalidConfiguration) {
        try require(tokens >= 1, "tokens", tokens, allowed: "1 or more")
        try require(
            period >= .nanoseconds(1) && period <= .nanoseconds(Int64.max),
            "period",
            period,
            allowed: "1 nanosecond to 292 years"
        )
        try require(burst ?? tokens >= 1, "burst", burst ?? tokens, allowed: "1 or more")
        self.tokens = tokens
        self.period = .nanoseconds(period.saturatedNanoseconds)
        self.burst = burst ?? tokens
    }

    /// How long an empty bucket takes until it is full, rounded up to a nanosecond; 292 years at most.
    public var timeToFill: Duration { TokenScale(self).duration(TokenScale(self).capacity) }
}

extension RateLimit {
    /// What a bucket holds at one moment.
    public struct Quota: Sendable, Hashable {
        /// Whole tokens that can be taken now; zero to ``RateLimit/burst``.
        public let remaining: Int
        /// Time until the bucket is full if nothing is taken, rounded up to a nanosecond; zero if it is full.
        public let fullAfter: Duration

        /// A quota as a limiter tells it; for tests of code that handles one.
        public init(remaining: Int, fullAfter: Duration) {
            self.remaining = remaining
            self.fullAfter = fullAfter
        }
    }

    /// The answer to a call that asks for tokens.
    public enum Answer: Sendable, Hashable {
        /// The tokens were taken; this is what is left.
        case admitted(Quota)
        /// Nothing was taken.
        case rejected(Rejection)
    }

    /// Why a call got no tokens.
    ///
    /// An error, so that a caller for whom throwing is no burden can throw it.
    public struct Rejection: CallRefusal, Sendable, Hashable {
        /// What the bucket holds: fewer tokens than were asked for.
        public let quota: Quota
        /// Time until the call would be admitted if nobody else takes anything, rounded up to a nanosecond; above zero.
        ///
        /// `nil` if it never would be, since it asks for more than ``RateLimit/burst``.
        public let retryAfter: Duration?

        /// A rejection as a limiter makes it; for tests of code that handles one.
        public init(quota: Quota, retryAfter: Duration?) {
            self.quota = quota
            self.retryAfter = retryAfter
        }
    }
}
