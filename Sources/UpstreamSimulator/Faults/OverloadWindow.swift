/// The sliding window of ``Scenario/overload``: how many requests arrived lately.
///
/// It remembers only the arrivals that can matter, the last ``limit``, so a flood costs no memory.
struct OverloadWindow: Equatable, Sendable {
    static let limit = 5
    static let length = Duration.seconds(10)

    private var latest: [Duration] = []

    /// Counts an arrival at `now` and returns the seconds to wait if it is one too many, else `nil`.
    ///
    /// One that arrived exactly ``length`` ago is no longer in the window.
    mutating func arrive(at now: Duration) -> Int? {
        let isFull = latest.count == Self.limit && now - latest[0] < Self.length
        latest.append(now)
        if latest.count > Self.limit { latest.removeFirst() }
        return isFull ? Self.wholeSeconds(latest[0] + Self.length - now) : nil
    }

    private static func wholeSeconds(_ duration: Duration) -> Int {
        let (seconds, attoseconds) = duration.components
        return Int(seconds) + (attoseconds > 0 ? 1 : 0)
    }
}
