extension CircuitBreaker {
    /// The answer to ``CircuitBreaker/admit()``.
    public enum Admission: ~Copyable, Sendable {
        /// Make the call, and settle the permit with its result.
        case admitted(Permit)
        /// Don't make the call.
        case rejected(Rejection)
    }

    /// Leave to make one call, to be settled with its result exactly once.
    ///
    /// Settling consumes the permit, so the compiler refuses to settle it twice. A permit that goes out of scope
    /// unsettled counts as ignored, and gives a probe's place back.
    public struct Permit: ~Copyable, Sendable {
        private let breaker: CircuitBreaker
        private let pass: CircuitBreakerMachine.Pass
        private var outcome = Outcome.ignored
        private var error: (any Error)?

        init(_ pass: CircuitBreakerMachine.Pass, of breaker: CircuitBreaker) {
            self.pass = pass
            self.breaker = breaker
        }

        /// Whether this call is one of the few that decide whether the breaker closes.
        public var isProbe: Bool { pass.isProbe }

        /// Settles the call as a success.
        public consuming func succeed() {
            outcome = .success
        }

        /// Settles the call as a failure.
        ///
        /// - Parameters:
        ///   - error: What went wrong, to be read in ``CircuitBreaker/lastFailure``.
        ///   - retryAfter: How long what failed asked to be left alone, if it did; see
        ///     ``Outcome/failure(retryAfter:)``.
        public consuming func fail(_ error: (any Error)? = nil, retryAfter: Duration? = nil) {
            outcome = .failure(retryAfter: retryAfter)
            self.error = error
        }

        /// Settles the call as saying nothing about what is behind the breaker.
        public consuming func ignore() {
            outcome = .ignored
        }

        /// Settles the call with an outcome.
        ///
        /// - Parameters:
        ///   - outcome: How the call ended.
        ///   - error: What went wrong, to be read in ``CircuitBreaker/lastFailure`` if the outcome is a failure.
        public consuming func settle(_ outcome: Outcome, error: (any Error)? = nil) {
            self.outcome = outcome
            self.error = error
        }

        // The only place that settles, and the language runs it exactly once.
        deinit {
            breaker.settle(pass, as: outcome, error: error)
        }
    }
}
