import Resilience

/// The policies around one route of the events API.
struct RouteGuard: Sendable {
    let breaker: CircuitBreaker

    /// What counts the route's calls.
    let meter: CallMeter

    /// When the breaker was made, on the service's clock.
    let start: Duration

    /// What to do about an attempt that failed.
    static func decision(about error: any Error) -> Retry.Decision {
        guard let error = error as? UpstreamError, error.isTransient else { return .stop }
        if let retryAfter = error.retryAfter, retryAfter > CallPolicies.maximumDelay { return .stop }
        return .retry(after: error.retryAfter)
    }
}
