import EventService
import Resilience

/// How long to wait before a service elsewhere is asked for again.
struct ReconnectSchedule: Sendable {
    /// Half a second, then twice as long each time.
    static let (base, cap) = (Duration.milliseconds(500), Duration.seconds(10))

    /// Where a person has to do something first.
    static let unauthorized = Duration.seconds(30)

    /// However long a service asks for.
    static let longest = Duration.seconds(60)

    private let backoff: Backoff
    private let random: RandomSource

    init(random: RandomSource) {
        self.random = random
        do {
            backoff = try Backoff(base: Self.base, cap: Self.cap)
        } catch {
            preconditionFailure("the constants above: \(error)")
        }
    }

    /// The wait after a failure, shortened by a random part of up to a half, so that those who lost the same service don't come
    /// back together; never shorter than what the service asked for.
    /// - Parameter attempts: How many failed since a connection lasted for longer than `cap`, this one included.
    func wait(after failure: RemoteFailure, attempts: Int) -> Duration {
        let wait = backoff.longestDelay(beforeRetry: attempts) * (1 - random.fraction() / 2)
        return switch failure {
        case .unauthorized, .ended("revoked"): Self.unauthorized
        case .status(_, _, let retryAfter?): max(wait, min(retryAfter, Self.longest))
        default: wait
        }
    }
}
