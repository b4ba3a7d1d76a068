/// Why there is no connection to a service elsewhere.
enum RemoteFailure: Error, Equatable {
    /// It can't be reached, or the connection broke; in words.
    case connection(String)
    /// It wants a token, another one, or one that allows more: its status and its words.
    case unauthorized(status: Int, detail: String?)
    /// It answers with another status, its own words where it has any, and when to come back.
    case status(Int, detail: String?, retryAfter: Duration?)
    /// It sends to another address, which is not followed: the token is for this one alone.
    case redirected(to: String?)
    /// What it answers is not what a service of this kind does; in words.
    case malformed(String)
    /// It was silent for so long.
    case silent(Duration)
    /// It ended the stream, for the reason that it named.
    case ended(String?)
}

extension RemoteFailure: CustomStringConvertible {
    /// What happened, in words for an operator.
    var description: String {
        switch self {
        case .connection(let reason): reason
        case .unauthorized(let status, let detail):
            "\(detail ?? "not allowed") (\(status)); a token comes from --token-file or API_TOKEN"
        case .status(404, nil, _): "no Evenkeel at this address (404)"
        case .status(let status, let detail, _): detail.map { "\($0) (\(status))" } ?? "status \(status)"
        case .redirected(let target): "redirected\(target.map { " to \($0)" } ?? ""), which is not followed"
        case .malformed(let reason): "not what Evenkeel answers: \(reason)"
        case .silent(let limit): "silent for \(limit.components.seconds) s"
        case .ended("draining"), .ended("stopped"): "the service is stopping"
        case .ended("revoked"): "the token was taken back; another one comes from --token-file or API_TOKEN"
        case .ended: "the connection was closed"
        }
    }
}
