/// A clock without its type: reads it as nanoseconds since this value was made, and sleeps on it.
///
/// The policies keep one of these, so that their own types don't carry the clock's type to every user.
struct ErasedClock: Sendable {
    /// The present time.
    let now: @Sendable () -> MonotonicInstant
    /// Returns when the instant has come; throws `CancellationError` at once if the task is cancelled.
    let sleep: @Sendable (MonotonicInstant) async throws -> Void

    init<C: Clock<Duration>>(_ clock: C) {
        if let continuous = clock as? ContinuousClock {
            // Spelled out, so that the compiler specialises the reading of the default clock.
            self.init(reading: continuous)
        } else {
            self.init(reading: clock)
        }
    }

    @inline(__always)
    private init<C: Clock<Duration>>(reading clock: C) {
        let origin = clock.now
        self.now = { MonotonicInstant(sinceOrigin: origin.duration(to: clock.now)) }
        self.sleep = { try await clock.sleep(until: origin.advanced(by: $0.sinceOrigin), tolerance: nil) }
    }

    /// Sleeps for a time from now.
    func sleep(for nanoseconds: Int64) async throws {
        try await sleep(now().advanced(by: nanoseconds))
    }

    /// The default: the system's monotonic clock, which also runs while the machine sleeps.
    static let continuous = ErasedClock(ContinuousClock())
}
