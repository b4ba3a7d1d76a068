/// A point in time as whole nanoseconds since an origin that the owner chose, never moved by the wall clock.
///
/// Eight bytes and saturating arithmetic, so that keeping many of them and comparing them is cheap, and an instant
/// near the end of the range stays there instead of overflowing.
struct MonotonicInstant: Sendable, Hashable, Comparable {
    var nanoseconds: Int64

    /// The origin.
    static let zero = MonotonicInstant(nanoseconds: 0)

    init(nanoseconds: Int64) {
        self.nanoseconds = nanoseconds
    }

    /// The instant that lies `duration` after the origin, saturating.
    init(sinceOrigin duration: Duration) {
        self.nanoseconds = duration.saturatedNanoseconds
    }

    /// Time since the origin.
    var sinceOrigin: Duration { .nanoseconds(nanoseconds) }

    /// The instant `nanoseconds` later, or the last one there is.
    func advanced(by nanoseconds: Int64) -> MonotonicInstant {
        MonotonicInstant(nanoseconds: self.nanoseconds.addingSaturated(nanoseconds))
    }

    /// Nanoseconds from `earlier` until this instant; negative if `earlier` is later; saturates.
    func nanoseconds(since earlier: MonotonicInstant) -> Int64 {
        nanoseconds.subtractingSaturated(earlier.nanoseconds)
    }

    /// Time from `earlier` until this instant, zero if `earlier` is later.
    func duration(since earlier: MonotonicInstant) -> Duration {
        .nanoseconds(max(0, nanoseconds(since: earlier)))
    }

    static func < (left: MonotonicInstant, right: MonotonicInstant) -> Bool {
        left.nanoseconds < right.nanoseconds
    }
}

extension Duration {
    /// Whole nanoseconds, rounded towards zero; `Int64.max` or `Int64.min` where they don't fit (beyond 292 years).
    var saturatedNanoseconds: Int64 { Int64(clamping: attoseconds / 1_000_000_000) }
}

extension Int64 {
    func addingSaturated(_ other: Int64) -> Int64 {
        let (sum, overflow) = addingReportingOverflow(other)
        guard overflow else { return sum }
        return other > 0 ? .max : .min
    }

    func subtractingSaturated(_ other: Int64) -> Int64 {
        let (difference, overflow) = subtractingReportingOverflow(other)
        guard overflow else { return difference }
        return other < 0 ? .max : .min
    }

    /// The nearest integer towards zero, or the nearest bound; zero for not-a-number.
    init(saturating value: Double) {
        if value.isNaN {
            self = 0
        } else if value >= 0x1p63 {
            self = .max
        } else if value <= -0x1p63 {
            self = .min
        } else {
            self = Int64(value)
        }
    }
}
