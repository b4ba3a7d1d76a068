import EventService
import HTTPTypes
import Hummingbird

extension Problem {
    /// The problem that a request which may not pass is to the client.
    init(_ refusal: AccessRefusal) {
        let (name, status, title, detail) = Self.terms(for: refusal)
        self.init(name: name, status: status, title: title, detail: detail)
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

    private static func terms(for refusal: AccessRefusal) -> (String, HTTPResponse.Status, String, String) {
        switch refusal {
        case .misdirected(let host):
            (
                "misdirected-request", .misdirectedRequest, "Misdirected request",
                "this service is not \(host): on loopback and without tokens it answers to localhost, 127.0.0.1, [::1], its "
                    + "HOST, and the hosts in CORS_ORIGINS"
            )
        case .crossOrigin(let origin):
            (
                "cross-origin", .forbidden, "Cross-origin request refused",
                "pages of \(origin) may not use this service: CORS_ORIGINS doesn't name it"
            )
        case .unauthenticated(let sentToken):
            (
                "unauthorized", .unauthorized, "Authentication required",
                sentToken
                    ? "the token is not known here"
                    : "this needs a token: send it as Authorization: Bearer, followed by the token"
            )
        case .insufficientScope(let scope):
            (
                "insufficient-scope", .forbidden, "Not allowed with this token",
                "this needs a token with the scope \(scope.rawValue)"
            )
        case .administrationOff:
            (
                "administration-off", .forbidden, "Switched off",
                "this is off because the service can be reached from other machines and has no tokens: name a file of "
                    + "tokens in API_TOKENS_FILE, or listen on loopback"
            )
        case .rateLimited:
            (
                "too-many-requests", .tooManyRequests, "Too many requests",
                "more requests than the limit allows: RateLimit-Policy says how many, Retry-After when there is room again"
            )
        }
    }
}
