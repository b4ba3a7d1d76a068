extension ConcurrencyLimit {
    /// The answer to ``ConcurrencyLimit/admit()``.
    public enum Admission: ~Copyable, Sendable {
        /// Make the call, and settle the permit with its result.
        case admitted(Permit)
        /// Don't make the call.
        case rejected(Rejection)
    }

    /// Why a call was not admitted: as many were under way as the limit allows.
    ///
    /// A value on the fast path (``ConcurrencyLimit/admit()``), and the error that
    /// ``ConcurrencyLimit/run(classify:_:)`` throws.
    public struct Rejection: CallRefusal, Sendable, Hashable {
        /// The limit that was in force.
        public let limit: Int

        /// A rejection as a limit makes it; for tests of code that handles one.
        public init(limit: Int) {
            self.limit = limit
        }
    }

    /// How a call ended, as far as the limit is concerned.
    public enum Outcome: Sendable, Hashable {
        /// It did its work: the time that it took is measured.
        case success
        /// It was turned away or given up because of load: an answer 429 or 503, or a time-out. The limit falls at once.
        case overload
        /// Its time says nothing about load: cancelled, or failed early. Only gives its place back.
        case ignored
    }

    /// A place among the calls under way, to be given back with the result of the call exactly once.
    ///
    /// Settling consumes the permit, so the compiler refuses to settle it twice. A permit that goes out of scope
    /// unsettled counts as ignored.
    public struct Permit: ~Copyable, Sendable {
        private let limit: ConcurrencyLimit
        private let pass: ConcurrencyLimitMachine.Pass
        private var outcome = Outcome.ignored

        init(_ pass: ConcurrencyLimitMachine.Pass, of limit: ConcurrencyLimit) {
            self.pass = pass
            self.limit = limit
        }

        /// Settles the call as done; see ``Outcome/success``.
        public consuming func succeed() {
            outcome = .success
        }

        /// Settles the call as given up because of load; see ``Outcome/overload``.
        public consuming func overload() {
            outcome = .overload
        }

        /// Settles the call as saying nothing about load; see ``Outcome/ignored``.
        public consuming func ignore() {
            outcome = .ignored
        }

        /// Settles the call with an outcome.
        public consuming func settle(_ outcome: Outcome) {
            self.outcome = outcome
        }

        // The only place that settles, and the language runs it exactly once.
        deinit {
            limit.settle(pass, as: outcome)
        }
    }
}
