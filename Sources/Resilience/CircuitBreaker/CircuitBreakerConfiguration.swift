/// When a circuit breaker opens, how long it stays open, and what closes it again.
///
/// A value of this type is always valid: ``init(failureThreshold:failureWindow:resetTimeout:maximumResetTimeout:resetMultiplier:jitter:halfOpenProbes:successesToClose:probeTimeout:resetOnSuccess:)``
/// throws for a setting that makes no sense.
public struct CircuitBreakerConfiguration: Sendable, Hashable {
    /// Failures within ``failureWindow`` that open the breaker; 1 or more; 3 by default.
    public let failureThreshold: Int
    /// Length of the sliding window; above zero; 30 s by default.
    ///
    /// A failure exactly this old is outside.
    public let failureWindow: Duration
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
    public let resetOnSuccess: Bool

    /// All defaults.
    public init() {
        self.failureThreshold = 3
        self.failureWindow = .seconds(30)
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
    /// - Throws: ``InvalidConfiguration`` for the first setting that is out of range, or where the first wait is
    ///   longer than the longest.
    public init(
        failureThreshold: Int = 3,
        failureWindow: Duration = .seconds(30),
        resetTimeout: Duration = .seconds(10),
        maximumResetTimeout: Duration = .seconds(60),
        resetMultiplier: Double = 2,
        jitter: Double = 0.1,
        halfOpenProbes: Int = 1,
        successesToClose: Int = 1,
        probeTimeout: Duration = .seconds(30),
        resetOnSuccess: Bool = false
    ) throws(InvalidConfiguration) {
        try require(failureThreshold >= 1, "failureThreshold", failureThreshold, allowed: "1 or more")
        try require(failureWindow >= .nanoseconds(1), "failureWindow", failureWindow, allowed: "1 nanosecond or more")
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
