import HTTPTypes
import Hummingbird
public import Resilience
import Synchronization

/// Decides which requests get through to their routes: by the name that is asked for, the page that asks, the token, and
/// how much its client asked for lately.
///
/// Tokens and limit can be replaced while the API serves; requests that were let through already are not affected.
public final class AccessControl: Sendable {
    private struct Rules: Sendable {
        var tokens: AccessTokens?
        var limiter: ClientRateLimiter?
    }

    private let rules: Mutex<Rules>
    private let isLoopback: Bool
    private let origins: AllowedOrigins
    private let names: ServerNames
    private let makeLimiter: @Sendable (RateLimit) -> ClientRateLimiter

    init(_ configuration: HTTPAPIConfiguration, clock: some Clock<Duration>) {
        makeLimiter = { ClientRateLimiter($0, clock: clock) }
        isLoopback = ServerNames.isLoopback(configuration.host[...])
        origins = configuration.allowedOrigins
        names = ServerNames(host: configuration.host, origins: configuration.allowedOrigins)
        rules = Mutex(Rules(tokens: configuration.tokens, limiter: configuration.rateLimit.map(makeLimiter)))
    }

    /// Replaces the tokens; `nil` asks for none.
    public func replace(tokens: AccessTokens?) {
        rules.withLock { $0.tokens = tokens }
    }

    /// Replaces the limit of each client; `nil` is none.
    ///
    /// Everybody starts with the whole of a limit that is new; the same limit goes on as it was.
    public func replace(rateLimit: RateLimit?) {
        let limiter = rateLimit.map(makeLimiter)
        rules.withLock { rules in
            if rules.limiter?.limit != rateLimit { rules.limiter = limiter }
        }
    }

    /// Lets a request through to a route.
    /// - Throws: `AccessRefusal` where it may not.
    func admit(_ request: Request, to access: Operation.Access, _ context: APIContext) throws(AccessRefusal) {
        let rules = rules.withLock { $0 }
        if isLoopback, rules.tokens == nil { try checkHost(request) }
        if !request.isSafe { try checkOrigin(request) }
        guard let scope = access.scope else { return }
        guard let tokens = rules.tokens else {
            try take(from: rules.limiter, context)
            guard scope != .admin || isLoopback else { throw .administrationOff }
            return
        }
        let credentials = BearerCredentials(request.headers)
        guard let client = tokens.client(of: credentials) else {
            // By its address, so that guessing is limited; nobody who has a token is held back by it.
            try take(from: rules.limiter, context)
            throw .unauthenticated(sentToken: credentials != .none)
        }
        context.notes.note { $0.client = client.name }
        try take(from: rules.limiter, context)
        guard client.scopes.contains(scope) else { throw .insufficientScope(scope) }
    }

    /// Counts a request that goes to no route, for whoever sends it.
    /// - Throws: `AccessRefusal` where it is more than the client may send.
    func count(_ request: Request, _ context: APIContext) throws(AccessRefusal) {
        let rules = rules.withLock { $0 }
        let client = rules.tokens?.client(of: BearerCredentials(request.headers))
        if let client { context.notes.note { $0.client = client.name } }
        try take(from: rules.limiter, context)
    }

    /// Whether a request that was let through would be again, limits aside: its token may have been taken back since.
    func stillAdmits(_ request: Request, to access: Operation.Access) -> Bool {
        guard let scope = access.scope else { return true }
        guard let tokens = rules.withLock({ $0.tokens }) else { return scope != .admin || isLoopback }
        return tokens.client(of: BearerCredentials(request.headers))?.scopes.contains(scope) == true
    }

    /// Takes one request from what a client may send.
    private func take(from limiter: ClientRateLimiter?, _ context: APIContext) throws(AccessRefusal) {
        guard let limiter else { return }
        switch limiter.take(for: context.client) {
        case .admitted(let quota):
            context.notes.note { $0.fields = limiter.fields(quota) }
        case .rejected(let rejection):
            context.notes.note { $0.fields = limiter.fields(rejection.quota) }
            // One request never is more than the whole bucket, so there always is a time.
            throw .rateLimited(retryAfter: rejection.retryAfter ?? rejection.quota.fullAfter)
        }
    }

    private func checkHost(_ request: Request) throws(AccessRefusal) {
        // Where every page may read everything anyway, none has to disguise itself.
        guard origins != .any, let host = request.head.authority, !names.contains(host) else { return }
        throw .misdirected(host: host)
    }

    /// Refuses what a page of another origin sends to change something, as Go's `http.CrossOriginProtection` does.
    ///
    /// A browser always says where such a request comes from; what says nothing is no browser.
    private func checkOrigin(_ request: Request) throws(AccessRefusal) {
        let origin = request.headers[.origin]
        if let origin, origins.contains(origin) { return }
        if let site = request.headers[.secFetchSite] {
            guard site == "same-origin" || site == "none" else { throw .crossOrigin(origin ?? "another site") }
        } else if let origin {
            // The scheme isn't compared: a proxy in front may have taken TLS off.
            guard let authority = AllowedOrigins.authority(of: origin), authority == request.head.authority ?? "" else {
                throw .crossOrigin(origin)
            }
        }
    }
}

extension Request {
    /// Whether it only reads (RFC 9110, section 9.2.1).
    fileprivate var isSafe: Bool { method == .get || method == .head || method == .options }
}
