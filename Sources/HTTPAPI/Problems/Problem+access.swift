import EventService
import HTTPTypes
import Hummingbird

extension Problem {
    /// The problem that a request which may not pass is to the client.
    init(_ refusal: AccessRefusal) {
        self = Self.terms(of: refusal)
        switch refusal {
        case .unauthenticated(let sentToken):
            headers[.wwwAuthenticate] = Self.challenge(sentToken ? "error=\"invalid_token\"" : nil)
        case .insufficientScope(let scope):
            headers[.wwwAuthenticate] = Self.challenge("error=\"insufficient_scope\", scope=\"\(scope.rawValue)\"")
        case .rateLimited(let wait):
            retryAfter = max(1, wait.wholeSeconds)
        case .misdirected, .crossOrigin, .administrationOff: break
        }
    }

    /// How to authenticate (RFC 6750, section 3).
    private static func challenge(_ error: String?) -> String {
        ["Bearer realm=\"evenkeel\"", error].compactMap { $0 }.joined(separator: ", ")
    }

    private static func terms(of refusal: AccessRefusal) -> Problem {
        switch refusal {
        case .misdirected(let host):
            Problem(
                .misdirectedRequest,
                detail: "this service is not \(host): on loopback and without tokens it answers to localhost, "
                    + "127.0.0.1, [::1], its HOST, and the hosts in CORS_ORIGINS"
            )
        case .crossOrigin(let origin):
            Problem(
                name: "cross-origin",
                status: .forbidden,
                title: "Cross-origin request refused",
                detail: "pages of \(origin) may not use this service: CORS_ORIGINS doesn't name it"
            )
        case .unauthenticated(let sentToken):
            Problem(
                .unauthorized,
                detail: sentToken
                    ? "the token is not known here"
                    : "this needs a token: send it as Authorization: Bearer, followed by the token"
            )
        case .insufficientScope(let scope):
            Problem(
                name: "insufficient-scope",
                status: .forbidden,
                title: "Not allowed with this token",
                detail: "this needs a token with the scope \(scope.rawValue)"
            )
        case .administrationOff:
            Problem(
                name: "administration-off",
                status: .forbidden,
                title: "Switched off",
                detail: "this is off because the service can be reached from other machines and has no tokens: name "
                    + "a file of tokens in API_TOKENS_FILE, or listen on loopback"
            )
        case .rateLimited:
            Problem(
                .tooManyRequests,
                detail: "more requests than the limit allows: RateLimit-Policy says how many, Retry-After when there "
                    + "is room again"
            )
        }
    }
}
