/// A rate that rises for as long as it isn't too much: fast while far from what was, with care beyond.
struct DeliveryRate {
    /// How many a second.
    private(set) var perSecond: Double

    /// What was too much.
    private let ceiling: Double
    /// How many may begin, as of `countedAt`.
    private var tokens = 1.0
    private var countedAt: Duration
    private var roseAt: Duration
    /// The share by which the next rise beyond the ceiling is.
    private var stride = Self.firstStride

    /// Below the ceiling a rise is a tenth every second; beyond it a twentieth, then twice as much each time up to a
    /// quarter, every 10 s: as long as failures count in a breaker's window, it sees one or two.
    private static let riseBelow = (share: 0.1, every: Duration.seconds(1))
    private static let firstStride = 0.05
    private static let longestStride = 0.25
    private static let riseBeyond = Duration.seconds(10)

    /// The least: one in ten seconds.
    private static let minimum = 0.1

    /// How long what isn't begun may be made up for: longer would be a burst.
    private static let burst = Duration.milliseconds(20)

    /// A rate below one that was too much.
    /// - Parameters:
    ///   - perSecond: The rate that was too much.
    ///   - start: From when on it holds.
    init(tooMuch perSecond: Double, at start: Duration) {
        ceiling = max(Self.minimum, perSecond)
        self.perSecond = max(Self.minimum, perSecond * 0.8)
        countedAt = start
        roseAt = start
    }

    /// How many may begin now.
    func available(at now: Duration) -> Int {
        Int(tokens(at: now))
    }

    /// When the next may begin.
    func nextAvailable(at now: Duration) -> Duration {
        let missing = 1 - tokens(at: now)
        // A microsecond more, so that rounding can't leave the time just short of it.
        return missing <= 0 ? now : max(now, countedAt) + .seconds(missing / perSecond) + .microseconds(1)
    }

    /// One begins.
    mutating func take(at now: Duration) {
        tokens = tokens(at: now) - 1
        countedAt = max(countedAt, now)
    }

    /// One has gone well.
    mutating func rise(at now: Duration) {
        let isBelow = perSecond < ceiling * 0.95
        guard now - roseAt >= (isBelow ? Self.riseBelow.every : Self.riseBeyond) else { return }
        tokens = tokens(at: now)
        countedAt = max(countedAt, now)
        roseAt = now
        if isBelow {
            perSecond = min(perSecond * (1 + Self.riseBelow.share), ceiling)
        } else {
            perSecond *= 1 + stride
            stride = min(stride * 2, Self.longestStride)
        }
    }

    private func tokens(at now: Duration) -> Double {
        let most = max(1, perSecond * Self.burst.inSeconds)
        return min(most, tokens + max(.zero, now - countedAt).inSeconds * perSecond)
    }
}
