import Resilience

extension UpstreamError {
    /// What the call says about the events API's health.
    ///
    /// An answer that refuses one request is the answer of something that works; what was never sent says nothing unless
    /// the events API is why, and must not pass for a probe that succeeded.
    var breakerOutcome: CircuitBreaker.Outcome {
        switch self {
        case .notFound, .rejected: .success
        case .unaddressable, .outOfDescriptors, .cancelled: .ignored
        case .overloaded(_, let retryAfter): .failure(retryAfter: retryAfter)
        case .refused, .unreachable, .reset, .truncated, .timedOut, .unexpectedStatus, .malformed, .tooLarge,
            .invalidHTTP:
            .failure()
        }
    }

    /// Whether the same call may well succeed a moment later.
    ///
    /// Adding is retried like reading: the event carries its identifier, and the same identifier is the same event. What
    /// this process lacks it gets back from requests that end, not from those that wait to try again.
    var isTransient: Bool {
        switch self {
        case .refused, .unreachable, .reset, .truncated, .timedOut, .overloaded, .malformed, .invalidHTTP: true
        case .unexpectedStatus(let status): status >= 500
        case .notFound, .unaddressable, .outOfDescriptors, .rejected, .tooLarge, .cancelled: false
        }
    }

    /// Whether what was asked for may have been done although no answer says so, or says no.
    ///
    /// Only what never reached the events API certainly wasn't: a 503 may be a proxy's word for an answer that got lost, and
    /// a conflict is what a repeat of something that was done is told.
    var mayHaveBeenDone: Bool {
        switch self {
        case .refused, .unreachable, .unaddressable, .outOfDescriptors: false
        case .reset, .truncated, .timedOut, .notFound, .overloaded, .rejected, .unexpectedStatus, .malformed, .tooLarge,
            .invalidHTTP, .cancelled:
            true
        }
    }

    /// How long the events API asked to be left alone.
    var retryAfter: Duration? {
        if case .overloaded(_, let retryAfter) = self { retryAfter } else { nil }
    }
}
