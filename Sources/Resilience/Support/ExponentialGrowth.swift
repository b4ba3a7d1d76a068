/// Delays that grow by a factor from step to step up to a cap: `min(cap, base × multiplier^(step - 1))`.
///
/// In nanoseconds. Saturates: no step, however late, overflows.
struct ExponentialGrowth: Sendable, Hashable {
    let base: Int64
    let multiplier: Double
    let cap: Int64

    init(base: Duration, multiplier: Double, cap: Duration) {
        self.base = base.saturatedNanoseconds
        self.multiplier = multiplier
        self.cap = cap.saturatedNanoseconds
    }

    /// The delay of a step; the first step is 1, and anything below counts as the first.
    func delay(step: Int) -> Int64 {
        let factor = Self.power(multiplier, max(step, 1) - 1)
        // The first step is the base to the nanosecond, also where a `Double` couldn't hold it.
        return factor == 1 ? min(cap, base) : min(cap, Int64(saturating: Double(base) * factor))
    }

    /// The delays from the first step to the one that reaches the cap, or that no longer grows; at most `limit`.
    func schedule(limit: Int) -> [Int64] {
        var delays = [delay(step: 1)]
        while delays.count < limit, delays[delays.count - 1] < cap {
            let next = delay(step: delays.count + 1)
            guard next > delays[delays.count - 1] else { break }
            delays.append(next)
        }
        return delays
    }

    /// `base` to a whole power by repeated squaring: exact for powers of two, and no mathematics library needed.
    private static func power(_ base: Double, _ exponent: Int) -> Double {
        var (result, square, remaining) = (1.0, base, exponent)
        while remaining > 0 {
            if remaining & 1 == 1 { result *= square }
            square *= square
            remaining >>= 1
        }
        return result
    }
}
