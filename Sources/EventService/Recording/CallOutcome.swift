import Resilience

/// How an attempt, or a call with all its retries, ended.
public enum CallOutcome: Int, Sendable, Hashable, CaseIterable {
    /// The events API answered what was asked for.
    case success
    /// It answered 404.
    case notFound
    /// It refused the request: another 4xx.
    case clientError
    /// It is overloaded: 429 or 503.
    case overloaded
    /// It answered another status that is none of its own.
    case unexpectedStatus
    /// Nothing accepted the connection.
    case connectionRefused
    /// Its address can't be reached.
    case unreachable
    /// The connection ended before an answer began.
    case reset
    /// The connection ended in the middle of the answer.
    case truncated
    /// There was no complete answer in time.
    case timedOut
    /// The answer is not the JSON promised.
    case malformed
    /// The answer is too large.
    case tooLarge
    /// The answer breaks HTTP itself.
    case invalidHTTP
    /// The caller gave up.
    case cancelled
    /// Nothing was sent: an identifier can't stand in a URL, this process is out of descriptors, or what must succeed first
    /// did not.
    case notSent
    /// The breaker let nothing through. Calls alone end like this: without the breaker's leave there is no attempt.
    case circuitOpen
}

extension CallOutcome {
    init(_ error: UpstreamError) {
        self =
            switch error {
            case .refused: .connectionRefused
            case .unreachable: .unreachable
            case .reset: .reset
            case .truncated: .truncated
            case .timedOut: .timedOut
            case .notFound: .notFound
            case .unaddressable, .outOfDescriptors: .notSent
            case .overloaded: .overloaded
            case .rejected: .clientError
            case .unexpectedStatus: .unexpectedStatus
            case .malformed: .malformed
            case .tooLarge: .tooLarge
            case .invalidHTTP: .invalidHTTP
            case .cancelled: .cancelled
            }
    }

    /// What a call that threw this ended as.
    init(ofCall error: any Error) {
        self =
            switch error {
            case let error as UpstreamError: CallOutcome(error)
            case is CircuitBreaker.Rejection: .circuitOpen
            case is CancellationError: .cancelled
            default: .notSent
            }
    }
}
