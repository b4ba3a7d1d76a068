/// Why a single call to the events API did not bring what was asked for.
public enum UpstreamError: Error, Sendable, Equatable {
    /// Nothing accepts connections at the address.
    case refused
    /// The address can't be reached: no such name, no route, a TLS handshake that failed; with the reason.
    case unreachable(String)
    /// This process, or its machine, has as many files and connections open as it may, so nothing was sent.
    case outOfDescriptors
    /// The connection ended before an answer began.
    case reset
    /// The connection ended in the middle of the answer.
    case truncated
    /// No complete answer within this time.
    case timedOut(after: Duration)
    /// The events API answered 404.
    case notFound
    /// The identifier can't stand in a URL or is too long for one, so nothing was sent, and nothing can exist under it.
    case unaddressable
    /// The events API is overloaded: it answered 429 or 503, with its `Retry-After` where it sent one.
    case overloaded(status: Int, retryAfter: Duration?)
    /// The events API refused the request: another 4xx, with its own words where it sent any.
    case rejected(status: Int, message: String?)
    /// The events API answered with a status that is none of its own: 1xx, a redirect, or another 5xx.
    case unexpectedStatus(Int)
    /// The answer is not the JSON promised; with the reason.
    case malformed(String)
    /// The answer is larger than this many bytes.
    case tooLarge(limit: Int)
    /// The answer breaks HTTP itself; with the reason.
    case invalidHTTP(String)
    /// The caller gave up.
    case cancelled
}

extension UpstreamError {
    /// The status that the events API refused an event with for what it is, so that it would refuse it again; `nil` where it is
    /// no such refusal.
    ///
    /// Other statuses 4xx are about access, the address or the moment: what was set up wrongly may be set right, and then the
    /// event is taken.
    var statusOfRefusedEvent: Int? {
        guard case .rejected(let status, _) = self, [400, 409, 413, 422].contains(status) else { return nil }
        return status
    }
}

extension UpstreamError: CustomStringConvertible {
    /// What happened, in words for an operator.
    public var description: String {
        switch self {
        case .refused: "connection refused"
        case .unreachable(let reason): "unreachable: \(reason)"
        case .outOfDescriptors: "this process has as many files and connections open as it may"
        case .reset: "connection closed before an answer came"
        case .truncated: "connection closed in the middle of the answer"
        case .timedOut(let limit): "no answer within \(limit.words)"
        case .notFound: "status 404"
        case .unaddressable: "an identifier that can't stand in a URL"
        case .overloaded(let status, let retryAfter):
            if let retryAfter {
                "status \(status), retry after \(retryAfter.wholeSeconds) s"
            } else {
                "status \(status)"
            }
        case .rejected(let status, let message):
            if let message { "status \(status): \(message)" } else { "status \(status)" }
        case .unexpectedStatus(let status):
            (300..<400).contains(status) ? "status \(status), an unexpected redirect" : "status \(status)"
        case .malformed(let reason): "not the JSON promised: \(reason)"
        case .tooLarge(let limit): "an answer of more than \(limit) bytes"
        case .invalidHTTP(let reason): "not HTTP: \(reason)"
        case .cancelled: "given up by the caller"
        }
    }
}
