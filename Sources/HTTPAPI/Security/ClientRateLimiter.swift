import EventService
import HTTPTypes
import Resilience

/// Limits how many requests each client may send, and says so in the answers.
///
/// The fields are those of draft-ietf-httpapi-ratelimit-headers, version 8 and later.
final class ClientRateLimiter: Sendable {
    /// Clients that are remembered: a few megabytes at most.
    private static let maximumClients = 65_536

    private let limiter: RateLimiter<ClientKey>
    private let policy: String

    init(_ limit: RateLimit, clock: some Clock<Duration>) {
        do {
            limiter = try RateLimiter(limit, maximumKeys: Self.maximumClients, clock: clock)
        } catch {
            preconditionFailure("the number of keys is a constant that is allowed: \(error)")
        }
        policy = "\"default\";q=\(limit.burst);w=\(limit.timeToFill.wholeSeconds)"
    }

    var limit: RateLimit { limiter.limit }

    /// Takes one request from what a client may send.
    func take(for client: ClientKey) -> RateLimit.Answer {
        limiter.take(for: client)
    }

    /// The header fields that tell a client what it has left.
    func fields(_ quota: RateLimit.Quota) -> HTTPFields {
        [
            .rateLimitPolicy: policy,
            .rateLimit: "\"default\";r=\(quota.remaining);t=\(quota.fullAfter.wholeSeconds)",
        ]
    }
}
