import Resilience

/// The policies around calls that can be replaced while the service runs: a call keeps the retries that it began with, and
/// each attempt has the time-out of its beginning.
struct CallPolicies: Sendable {
    /// The longest delay between two attempts.
    ///
    /// A `Retry-After` beyond it is passed on instead of being waited for: a client can do something better with that
    /// time than hold a connection.
    static let maximumDelay = Duration.seconds(5)

    /// How long one attempt may take.
    let attemptTimeout: Duration

    private let reads: Retry
    private let adding: Retry

    /// What stays when policies are replaced.
    struct Parts: Sendable {
        let budget: RetryBudget
        let clock: any Clock<Duration>
        let random: RandomSource
    }

    /// - Throws: `InvalidConfiguration` for retries that are out of range.
    init(_ configuration: EventServiceConfiguration, _ parts: Parts) throws(InvalidConfiguration) {
        attemptTimeout = configuration.attemptTimeout
        reads = try Self.retry(configuration.readRetries, parts)
        adding = try Self.retry(configuration.addRetries, parts)
    }

    /// The retries of a route.
    func retry(of route: UpstreamRoute) -> Retry {
        route.isRead ? reads : adding
    }

    private static func retry(
        _ retries: EventServiceConfiguration.Retries,
        _ parts: Parts
    ) throws(InvalidConfiguration) -> Retry {
        try Retry(
            maximumRetries: retries.maximum,
            backoff: Backoff(base: retries.firstDelay, cap: max(maximumDelay, retries.firstDelay)),
            budget: parts.budget,
            clock: parts.clock,
            random: parts.random
        )
    }
}
