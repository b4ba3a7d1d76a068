import Logging

/// Forgets what has served its time, for as long as the service runs.
struct Housekeeping {
    let idempotency: Idempotency
    let clock: any Clock<Duration>
    let logger: Logger

    /// How often it is done.
    static let interval = Duration.seconds(3600)

    /// Does it at once and every hour, until the task is cancelled.
    func run() async {
        repeat {
            do throws(StoreError) {
                try await idempotency.forgetExpired()
            } catch {
                // What has expired counts no more, even if it is still there an hour later.
                logger.warning("Expired answers can't be forgotten", metadata: ["reason": "\(error.message)"])
            }
        } while (try? await clock.sleep(for: Self.interval)) != nil
    }
}
