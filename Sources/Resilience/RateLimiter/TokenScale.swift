/// The unit in which a rate limit is exact: one nanosecond is `perNanosecond` units, one token is `perToken` of them.
///
/// With tokens / period in lowest terms both are whole numbers, so nothing is ever rounded but the answers. All products
/// are of two numbers below 2^63, hence below 2^126, and a sum of two of those fits in 128 bits.
struct TokenScale: Sendable, Equatable {
    let perNanosecond: Int128
    let perToken: Int128
    let burst: Int

    init(_ limit: RateLimit) {
        let period = limit.period.saturatedNanoseconds
        let divisor = Self.greatestCommonDivisor(Int64(limit.tokens), period)
        self.perNanosecond = Int128(Int64(limit.tokens) / divisor)
        self.perToken = Int128(period / divisor)
        self.burst = limit.burst
    }

    /// A full bucket.
    var capacity: Int128 { units(burst) }

    func units(_ tokens: Int) -> Int128 { Int128(tokens) * perToken }

    /// An instant, in units since the clock's origin.
    func units(_ instant: MonotonicInstant) -> Int128 { Int128(instant.nanoseconds) * perNanosecond }

    /// The time in which so many units come back, rounded up; saturates.
    func duration(_ units: Int128) -> Duration {
        let (whole, rest) = units.quotientAndRemainder(dividingBy: perNanosecond)
        return .nanoseconds(Int64(clamping: rest > 0 ? whole + 1 : whole))
    }

    /// What a bucket from which `missing` units are missing holds.
    func quota(missing: Int128) -> RateLimit.Quota {
        RateLimit.Quota(remaining: Int((capacity - missing) / perToken), fullAfter: duration(missing))
    }

    private static func greatestCommonDivisor(_ left: Int64, _ right: Int64) -> Int64 {
        var (left, right) = (left, right)
        while right != 0 { (left, right) = (right, left % right) }
        return left
    }
}
