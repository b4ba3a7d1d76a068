/// What was measured since an instant: a count and a sum, whatever the load.
struct LatencyWindow: Sendable, Equatable {
    let start: MonotonicInstant
    private(set) var samples = 0
    private var sum: Int64 = 0
    /// The most calls that were under way at once.
    private(set) var mostInFlight: Int
    /// Whether an overload has lowered the limit.
    var isOverloaded = false

    init(start: MonotonicInstant, inFlight: Int) {
        self.start = start
        self.mostInFlight = inFlight
    }

    /// The average latency, in nanoseconds; `nil` without samples.
    var mean: Double? { samples == 0 ? nil : Double(sum) / Double(samples) }

    mutating func record(_ latency: Int64) {
        samples += 1
        sum = sum.addingSaturated(max(0, latency))
    }

    mutating func see(inFlight: Int) {
        mostInFlight = max(mostInFlight, inFlight)
    }
}
