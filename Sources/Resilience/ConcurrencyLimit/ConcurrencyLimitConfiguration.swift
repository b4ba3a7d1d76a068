/// Between which bounds a concurrency limit moves, and how it measures.
///
/// A value of this type is always valid: the initializers throw for a setting that makes no sense.
public struct ConcurrencyLimitConfiguration: Sendable, Hashable {
    /// The limit never falls below this; 1 or more; 5 by default.
    public let minimum: Int
    /// The limit never grows beyond this; at least ``minimum``, and at most 1,000,000; 200 by default.
    public let maximum: Int
    /// The limit to begin with; ``minimum`` to ``maximum``; 20 by default.
    ///
    /// What is called should be able to take it: the first latencies are taken for those without a queue until the first
    /// measurement under half the limit.
    public let initial: Int
    /// How much longer calls may take than without load before the limit falls, as a factor; 1 or more; 1.25 by default.
    ///
    /// The limit settles at about so many times what is called can work on at once. More tolerates more jitter.
    public let tolerance: Double
    /// How far the limit moves towards its new value in one window; above 0, up to 1; 0.2 by default.
    public let smoothing: Double
    /// By which factor an overload lowers the limit; 0.1 up to, but without, 1; 0.9 by default.
    public let backoff: Double
    /// The shortest time after which the limit is calculated anew; above zero; 100 ms by default.
    public let window: Duration
    /// Successful calls that a window or a measurement under half the limit needs; 1 to 1,000,000; 50 by default.
    ///
    /// More makes the limit slower, and steadier where latencies vary much.
    public let minimumSamples: Int
    /// Time after which the latency under half the limit is measured again; above zero; 30 s by default.
    public let probeInterval: Duration

    /// All defaults.
    public init() {
        self.init(minimum: 5, maximum: 200, initial: 20)
    }

    /// The same limit for ever, without any measuring: a bulkhead.
    ///
    /// - Throws: ``InvalidConfiguration`` unless `limit` is 1 to 1,000,000.
    public init(fixed limit: Int) throws(InvalidConfiguration) {
        try require((1...Self.most).contains(limit), "fixed", limit, allowed: "1 to \(Self.most)")
        self.init(minimum: limit, maximum: limit, initial: limit)
    }

    /// Checks the settings; each is described at its property.
    ///
    /// - Throws: ``InvalidConfiguration`` for the first setting that is out of range.
    public init(
        minimum: Int = 5,
        maximum: Int = 200,
        initial: Int = 20,
        tolerance: Double = 1.25,
        smoothing: Double = 0.2,
        backoff: Double = 0.9,
        window: Duration = .milliseconds(100),
        minimumSamples: Int = 50,
        probeInterval: Duration = .seconds(30)
    ) throws(InvalidConfiguration) {
        try require(minimum >= 1, "minimum", minimum, allowed: "1 or more")
        let maxima = "minimum (\(minimum)) to \(Self.most)"
        try require(maximum >= minimum && maximum <= Self.most, "maximum", maximum, allowed: maxima)
        let initials = "minimum (\(minimum)) to maximum (\(maximum))"
        try require(initial >= minimum && initial <= maximum, "initial", initial, allowed: initials)
        try require(tolerance >= 1 && tolerance.isFinite, "tolerance", tolerance, allowed: "1 or more, and finite")
        try require(smoothing > 0 && smoothing <= 1, "smoothing", smoothing, allowed: "above 0, up to 1")
        try require(backoff >= 0.1 && backoff < 1, "backoff", backoff, allowed: "0.1 up to, but without, 1")
        try require(window >= .nanoseconds(1), "window", window, allowed: "1 nanosecond or more")
        let samples = 1...Self.most
        try require(samples.contains(minimumSamples), "minimumSamples", minimumSamples, allowed: "1 to \(Self.most)")
        try require(probeInterval >= .nanoseconds(1), "probeInterval", probeInterval, allowed: "1 nanosecond or more")
        self.minimum = minimum
        self.maximum = maximum
        self.initial = initial
        self.tolerance = tolerance
        self.smoothing = smoothing
        self.backoff = backoff
        self.window = window
        self.minimumSamples = minimumSamples
        self.probeInterval = probeInterval
    }

    private init(minimum: Int, maximum: Int, initial: Int) {
        self.minimum = minimum
        self.maximum = maximum
        self.initial = initial
        self.tolerance = 1.25
        self.smoothing = 0.2
        self.backoff = 0.9
        self.window = .milliseconds(100)
        self.minimumSamples = 50
        self.probeInterval = .seconds(30)
    }

    /// Whether the limit is always the same.
    var isFixed: Bool { minimum == maximum }

    private static let most = 1_000_000
}
