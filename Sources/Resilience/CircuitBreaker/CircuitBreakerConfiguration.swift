/// When a circuit breaker opens, how long it stays open, and what closes it again.
///
/// A value of this type is always valid: ``init(failureThreshold:failureWindow:failureRateThreshold:slowCallRateThreshold:slowCallDuration:minimumCalls:windowBuckets:resetTimeout:maximumResetTimeout:resetMultiplier:jitter:halfOpenProbes:successesToClose:probeTimeout:resetOnSuccess:)``
/// throws for a setting that makes no sense.
public struct CircuitBreakerConfiguration: Sendable, Hashable {
    /// Failures within ``failureWindow`` that open the breaker; 1 to 100,000; 3 by default.
    ///
    /// `nil` turns this rule off, which needs one of the rates in its place. The breaker keeps the time of as many
    /// failures, which is all the memory that this rule takes.
    public let failureThreshold: Int?
    /// Length of the sliding window of all rules; above zero; 30 s by default.
    ///
    /// A failure exactly this old is outside.
    public let failureWindow: Duration
    /// The share of failed calls within ``failureWindow`` that opens the breaker; above 0, up to 1; off by default.
    ///
    /// Looked at when a failure is recorded, that failure included: a success never opens the breaker by this rule,
    /// also not the one that fills up ``minimumCalls``. Calls that succeed and calls that fail in the closed state
    /// count, ignored ones don't, nor do probes.
    public let failureRateThreshold: Double?
    /// The share of slow calls within ``failureWindow`` that opens the breaker; above 0, up to 1; off by default.
    ///
    /// Looked at when a call longer than ``slowCallDuration`` is recorded, that call included: a slow success opens the
    /// breaker, since it is slow, and a fast call never does by this rule, whatever its result. A slow failure counts
    /// for every rule. The calls are the same as for ``failureRateThreshold``; in the half-open state it doesn't matter
    /// how long a probe takes, up to ``probeTimeout``.
    public let slowCallRateThreshold: Double?
    /// What a call must take longer than to be slow; above zero; 5 s by default.
    ///
    /// From its admission until it is settled. A call that takes exactly this long is not slow. Matters only for
    /// ``slowCallRateThreshold``.
    public let slowCallDuration: Duration
    /// Calls within ``failureWindow`` before which the rates are unknown and open nothing; 1 or more; 20 by default.
    public let minimumCalls: Int
    /// The parts of equal length in which the calls of ``failureWindow`` are counted for the rates; 2 to 1,000; 10 by
    /// default.
    ///
    /// They are all the memory that the rates take, whatever the number of calls. A part leaves the window as a whole,
    /// when its beginning is as old as the window: the more parts, the more smoothly the window slides. Parts are
    /// whole nanoseconds; the rest of the division is not used, and the window must have a nanosecond for each.
    public let windowBuckets: Int
    /// The first wait before a probe; above zero; 10 s by default.
    public let resetTimeout: Duration
    /// The longest wait, whatever the number of failed probes or an upstream's `Retry-After`; 60 s by default.
    public let maximumResetTimeout: Duration
    /// Growth of the wait with every failed probe; 1 or more; 2 by default.
    ///
    /// 1 gives a fixed wait.
    public let resetMultiplier: Double
    /// The share of a wait by which it is shortened at most, at random; 0 to 1; 0.1 by default.
    public let jitter: Double
    /// Calls that may be under way at once in HALF_OPEN; 1 or more; 1 by default.
    public let halfOpenProbes: Int
    /// Successful probes that close the breaker; 1 or more; 1 by default.
    public let successesToClose: Int
    /// Time after which a probe that hasn't ended counts as failed; above zero; 30 s by default.
    ///
    /// Give it more than the longest time that a call may take with its own timeout: it is the net under a call
    /// that never ends, not the timeout of a call.
    public let probeTimeout: Duration
    /// Whether a success in CLOSED forgets the failures before it; no by default.
    ///
    /// That is about ``failureThreshold`` only. The rates keep all calls: they weigh the failures against the successes
    /// anyway.
    public let resetOnSuccess: Bool

    /// All defaults.
    public init() {
        self.failureThreshold = 3
        self.failureWindow = .seconds(30)
        self.failureRateThreshold = nil
        self.slowCallRateThreshold = nil
        self.slowCallDuration = .seconds(5)
        self.minimumCalls = 20
        self.windowBuckets = 10
        self.resetTimeout = .seconds(10)
        self.maximumResetTimeout = .seconds(60)
        self.resetMultiplier = 2
        self.jitter = 0.1
        self.halfOpenProbes = 1
        self.successesToClose = 1
        self.probeTimeout = .seconds(30)
        self.resetOnSuccess = false
    }

    /// Checks the settings; each is described at its property.
    ///
    /// - Throws: ``InvalidConfiguration`` for the first setting that is out of range, where the first wait is longer
    ///   than the longest, where no rule is left that opens the breaker, or where a rate is on and the window has
    ///   fewer nanoseconds than buckets.
    public init(
        failureThreshold: Int? = 3,
        failureWindow: Duration = .seconds(30),
        failureRateThreshold: Double? = nil,
        slowCallRateThreshold: Double? = nil,
        slowCallDuration: Duration = .seconds(5),
        minimumCalls: Int = 20,
        windowBuckets: Int = 10,
        resetTimeout: Duration = .seconds(10),
        maximumResetTimeout: Duration = .seconds(60),
        resetMultiplier: Double = 2,
        jitter: Double = 0.1,
        halfOpenProbes: Int = 1,
        successesToClose: Int = 1,
        probeTimeout: Duration = .seconds(30),
        resetOnSuccess: Bool = false
    ) throws(InvalidConfiguration) {
        let hasRate = failureRateThreshold != nil || slowCallRateThreshold != nil
        try require(
            failureThreshold.map { (1...100_000).contains($0) } ?? hasRate,
            "failureThreshold",
            failureThreshold.map(String.init) ?? "nil",
            allowed: "1 to 100000, and nil with the threshold of a rate"
        )
        try require(failureWindow >= .nanoseconds(1), "failureWindow", failureWindow, allowed: "1 nanosecond or more")
        try requireShare(failureRateThreshold, "failureRateThreshold")
        try requireShare(slowCallRateThreshold, "slowCallRateThreshold")
        try require(
            slowCallDuration >= .nanoseconds(1),
            "slowCallDuration",
            slowCallDuration,
            allowed: "1 nanosecond or more"
        )
        try require(minimumCalls >= 1, "minimumCalls", minimumCalls, allowed: "1 or more")
        try require((2...1000).contains(windowBuckets), "windowBuckets", windowBuckets, allowed: "2 to 1000")
        try require(
            !hasRate || failureWindow >= .nanoseconds(windowBuckets),
            "failureWindow",
            failureWindow,
            allowed: "a nanosecond or more for each of the \(windowBuckets) buckets"
        )
        try require(resetTimeout >= .nanoseconds(1), "resetTimeout", resetTimeout, allowed: "1 nanosecond or more")
        try require(
            maximumResetTimeout >= resetTimeout,
            "maximumResetTimeout",
            maximumResetTimeout,
            allowed: "resetTimeout (\(resetTimeout)) or more"
        )
        try require(
            resetMultiplier >= 1 && resetMultiplier.isFinite,
            "resetMultiplier",
            resetMultiplier,
            allowed: "1 or more, and finite"
        )
        try require((0...1).contains(jitter), "jitter", jitter, allowed: "0 to 1")
        try require(halfOpenProbes >= 1, "halfOpenProbes", halfOpenProbes, allowed: "1 or more")
        try require(successesToClose >= 1, "successesToClose", successesToClose, allowed: "1 or more")
        try require(probeTimeout >= .nanoseconds(1), "probeTimeout", probeTimeout, allowed: "1 nanosecond or more")
        self.failureThreshold = failureThreshold
        self.failureWindow = failureWindow
        self.failureRateThreshold = failureRateThreshold
        self.slowCallRateThreshold = slowCallRateThreshold
        self.slowCallDuration = slowCallDuration
        self.minimumCalls = minimumCalls
        self.windowBuckets = windowBuckets
        self.resetTimeout = resetTimeout
        self.maximumResetTimeout = maximumResetTimeout
        self.resetMultiplier = resetMultiplier
        self.jitter = jitter
        self.halfOpenProbes = halfOpenProbes
        self.successesToClose = successesToClose
        self.probeTimeout = probeTimeout
        self.resetOnSuccess = resetOnSuccess
    }
}

/// Throws an error about `field` unless it is a share above nothing, or not set.
private func requireShare(_ share: Double?, _ field: String) throws(InvalidConfiguration) {
    guard let share else { return }
    try require(share > 0 && share <= 1, field, share, allowed: "above 0, up to 1")
}
