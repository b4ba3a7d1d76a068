/// Why a request is not let through to its route.
enum AccessRefusal: Error, Equatable {
    /// The service is asked for under a name that isn't its own.
    case misdirected(host: String)
    /// A page of an origin that isn't allowed wants to change something.
    case crossOrigin(String)
    /// There is no token, or none that is known.
    case unauthenticated(sentToken: Bool)
    /// The token doesn't have the scope.
    case insufficientScope(AccessScope)
    /// Without tokens, and reachable from elsewhere: changing how the service behaves is off.
    case administrationOff
    /// The client sent more than it may.
    case rateLimited(retryAfter: Duration)
}
