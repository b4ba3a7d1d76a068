import Logging

import struct Foundation.Date

/// Forgets what has served its time, for as long as the service runs.
struct Housekeeping {
    let idempotency: Idempotency
    let history: History
    let time: WallClock
    /// How much of the history is kept now.
    let limits: @Sendable () -> EventServiceConfiguration.History
    let clock: any Clock<Duration>
    let logger: Logger

    /// How often it is done.
    static let interval = Duration.seconds(3600)

    /// Does it at once and every hour, until the task is cancelled.
    func run() async {
        // Others may be asked to repeat what a dead process was working on. What fails here is done before the first claim.
        try? await idempotency.releaseOwnClaims()
        repeat {
            // What has expired counts no more, even if it is still there an hour later.
            do throws(StoreError) {
                try await idempotency.forgetExpired()
            } catch {
                logger.warning("Expired answers can't be forgotten", metadata: ["reason": "\(error.message)"])
            }
            do throws(StoreError) {
                let limits = limits()
                let date = time.now.addingTimeInterval(-limits.retention.inSeconds)
                try await history.store.forget(before: date, beyond: limits.maximumEntries)
            } catch {
                logger.warning("The old history can't be forgotten", metadata: ["reason": "\(error.message)"])
            }
        } while (try? await clock.sleep(for: Self.interval)) != nil
    }
}
