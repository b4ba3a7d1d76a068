extension CircuitBreaker {
    /// How many calls ended, and how, as far as the rates are concerned: ignored calls are not among them.
    public struct CallCounts: Sendable, Hashable {
        /// Calls that ended as a success or a failure.
        public internal(set) var calls = 0
        /// Those that ended as a failure.
        public internal(set) var failed = 0
        /// Those that took longer than ``CircuitBreakerConfiguration/slowCallDuration``, failed ones included.
        ///
        /// 0 while ``CircuitBreakerConfiguration/slowCallRateThreshold`` is `nil`: then nobody measures.
        public internal(set) var slow = 0

        /// All zero.
        public init() {}
    }

    /// The calls of one of the ``CircuitBreakerConfiguration/windowBuckets`` of the window.
    public struct CallBucket: Sendable, Hashable {
        /// When the bucket began, as time since the breaker was made; it ends where the next one begins.
        public let startsAt: Duration
        /// The calls that ended in it.
        public let counts: CallCounts
    }
}

extension CircuitBreaker.CallCounts {
    /// The share of failed calls; `nil` where the rule is off, and as long as there are too few calls to tell.
    func failureRate(_ configuration: CircuitBreakerConfiguration) -> Double? {
        configuration.failureRateThreshold == nil ? nil : share(of: failed, minimum: configuration.minimumCalls)
    }

    /// The share of slow calls; `nil` as for ``failureRate(_:)``.
    func slowCallRate(_ configuration: CircuitBreakerConfiguration) -> Double? {
        configuration.slowCallRateThreshold == nil ? nil : share(of: slow, minimum: configuration.minimumCalls)
    }

    private func share(of part: Int, minimum: Int) -> Double? {
        // A division is rounded to the nearest number, as a literal is: 7 of 100 is equal to 0.07, while 0.07 × 100 is
        // more than 7.
        calls >= minimum ? Double(part) / Double(calls) : nil
    }
}
