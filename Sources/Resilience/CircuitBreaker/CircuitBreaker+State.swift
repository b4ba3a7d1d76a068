extension CircuitBreaker {
    /// What a breaker does with calls at the moment.
    public enum State: String, Sendable, CaseIterable {
        /// Calls pass; failures are counted.
        case closed
        /// Calls are rejected until the wait is over.
        case open
        /// A few calls pass, to find out whether what is behind works again; the others are rejected.
        case halfOpen
        /// An operator keeps it open: calls are rejected until an operator changes it.
        case forcedOpen
        /// An operator turned it off: calls pass, and nothing opens it.
        case disabled
    }

    /// How a call ended, as far as the breaker is concerned.
    public enum Outcome: Sendable, Equatable {
        /// What is behind the breaker works.
        case success
        /// It doesn't. `retryAfter` is how long it asked to be left alone, if it did.
        ///
        /// If this failure opens the breaker and `retryAfter` is longer than the wait, it becomes the wait, up to
        /// ``CircuitBreakerConfiguration/maximumResetTimeout``.
        case failure(retryAfter: Duration? = nil)
        /// Says nothing about what is behind the breaker: cancelled, or refused before it was sent.
        case ignored
    }

    /// A call that ended as a failure.
    public struct Failure: Sendable {
        /// When, as time since the breaker was made.
        public let at: Duration
        /// What went wrong, if the caller said so; what ``CircuitBreaker/run(classify:_:)`` threw.
        public let error: (any Error)?
    }

    /// Why a call was not admitted.
    ///
    /// A value on the fast path (``CircuitBreaker/admit()``), and the error that ``CircuitBreaker/run(classify:_:)``
    /// throws.
    public struct Rejection: CallRefusal, Sendable, Hashable {
        /// ``State/open``, ``State/halfOpen`` with all its places taken, or ``State/forcedOpen``.
        public let state: State
        /// How long to wait before it makes sense to try again; never negative.
        ///
        /// Open: the rest of the wait. Half-open: the time until the oldest call under way counts as failed, the
        /// longest that the state can stay as it is. Forced open: `nil`, as nobody knows.
        public let retryAfter: Duration?

        /// A rejection as a breaker makes it; for tests of code that handles one.
        public init(state: State, retryAfter: Duration?) {
            self.state = state
            self.retryAfter = retryAfter
        }
    }

    /// One change of state.
    public struct Transition: Sendable, Hashable {
        /// The state that ended.
        public let from: State
        /// The state that began; never the same as ``from``.
        public let to: State
        /// What caused it.
        public let reason: Reason
        /// When, as time since the breaker was made.
        public let at: Duration
        /// The wait until the next probe if ``to`` is ``State/open``, else `nil`.
        public let wait: Duration?
        /// The number of the state that began; grows by one with every transition.
        public let generation: UInt64

        /// What causes a change of state.
        public enum Reason: String, Sendable, CaseIterable {
            /// The failures in the window reached the threshold. Closed → open.
            case failureThreshold
            /// A failure was recorded, and the share of failed calls had reached its threshold. Closed → open.
            case failureRate
            /// A slow call was recorded, and the share of slow calls had reached its threshold. Closed → open.
            case slowCallRate
            /// A probe failed. Half-open → open.
            case probeFailed
            /// A probe didn't end in time. Half-open → open.
            case probeTimedOut
            /// Enough probes succeeded. Half-open → closed.
            case probeSucceeded
            /// The wait was over and a call came. Open → half-open.
            case waitElapsed
            /// ``CircuitBreaker/reset()``. Any → closed.
            case operatorReset
            /// ``CircuitBreaker/probeNow()``. Open → half-open.
            case operatorProbe
            /// ``CircuitBreaker/forceOpen()``. Any → forced open.
            case forcedOpen
            /// ``CircuitBreaker/disable()``. Any → disabled.
            case disabled
            /// ``CircuitBreaker/automatic()``. Forced open or disabled → closed.
            case automatic
        }
    }

    /// What ``CircuitBreaker/probeNow()`` did.
    public enum ProbeNowResult: Sendable, Hashable {
        /// The breaker is half-open now, and the next call is a probe.
        case halfOpen
        /// Nothing happened: only an open breaker can be probed, and it was in this state.
        case refused(State)
    }
}
