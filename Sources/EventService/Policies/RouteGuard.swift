import Resilience

/// The policies around one route of the events API.
struct RouteGuard: Sendable {
    let breaker: CircuitBreaker
    let retry: Retry

    /// What counts the route's calls.
    let meter: CallMeter

    /// When the breaker was made, on the service's clock.
    let start: Duration

    /// The longest delay between two attempts.
    ///
    /// A `Retry-After` beyond it is passed on instead of being waited for: a client can do something better with that
    /// time than hold a connection.
    static let maximumDelay = Duration.seconds(5)

    /// The retries that a route is made with.
    /// - Parameter budget: What they are taken from, the same for all routes.
    static func retry(
        _ retries: EventServiceConfiguration.Retries,
        budget: RetryBudget,
        clock: any Clock<Duration>,
        random: RandomSource
    ) throws(InvalidConfiguration) -> Retry {
        try Retry(
            maximumRetries: retries.maximum,
            backoff: Backoff(base: retries.firstDelay, cap: max(maximumDelay, retries.firstDelay)),
            budget: budget,
            clock: clock,
            random: random
        )
    }

    /// What to do about an attempt that failed.
    static func decision(about error: any Error) -> Retry.Decision {
        guard let error = error as? UpstreamError, error.isTransient else { return .stop }
        if let retryAfter = error.retryAfter, retryAfter > maximumDelay { return .stop }
        return .retry(after: error.retryAfter)
    }
}
