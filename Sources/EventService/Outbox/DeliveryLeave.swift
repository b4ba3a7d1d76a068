import Resilience

/// Whether a breaker leaves room for deliveries now; looking takes no place of a probe.
enum DeliveryLeave: Equatable {
    case deliver(atMost: Int)
    /// For this long, or until the breaker changes its state.
    case wait(Duration?)

    /// - Parameters:
    ///   - breaker: The breaker of the route that adds.
    ///   - sparesBreaker: Whether failures are what deliveries themselves bring about.
    init(of breaker: CircuitBreaker.Snapshot, sparesBreaker: Bool) {
        switch breaker.state {
        case .disabled:
            self = .deliver(atMost: .max)
        case .closed:
            let wait = sparesBreaker ? breaker.timeUntilSafe : nil
            self = wait.map { .wait($0) } ?? .deliver(atMost: .max)
        case .open where breaker.isProbeDue:
            self = .deliver(atMost: 1)
        case .open, .forcedOpen:
            self = .wait(breaker.timeUntilProbe)
        case .halfOpen:
            let places = breaker.configuration.halfOpenProbes - breaker.probesUnderWay
            self = places > 0 ? .deliver(atMost: 1) : .wait(nil)
        }
    }
}

extension CircuitBreaker.Snapshot {
    /// How long until one more failure doesn't open the breaker; `nil` where it wouldn't now, or always does.
    ///
    /// What is kept can wait that long. To open the breaker would hold everybody back, and for longer.
    fileprivate var timeUntilSafe: Duration? {
        guard let threshold = configuration.failureThreshold, threshold > 1, failuresAt.count >= threshold - 1,
            let first = failuresAt.first
        else { return nil }
        return max(.zero, first + configuration.failureWindow - takenAt)
    }
}
