/// A clock without its type: reads it as nanoseconds since this value was made, and waits on it.
///
/// The policies keep one of these, so that their own types don't carry the clock's type to every user.
struct ErasedClock: Sendable {
    /// The present time.
    let now: @Sendable () -> MonotonicInstant
    /// Returns when the instant has come; throws `CancellationError` at once if the task is cancelled.
    let sleep: @Sendable (MonotonicInstant) async throws -> Void
    /// Makes a call when the instant has come, in no particular task, and never before.
    let schedule: @Sendable (MonotonicInstant, @escaping @Sendable () -> Void) -> ScheduledCall

    init<C: Clock<Duration>>(_ clock: C) {
        if let continuous = clock as? ContinuousClock {
            // Spelled out, so that the compiler specialises the reading of the default clock.
            self.init(reading: continuous) { instant, call in
                let id = Self.timers.schedule(at: instant, call)
                return ScheduledCall { Self.timers.cancel(id) }
            }
        } else {
            self.init(reading: clock) { instant, call in
                let task = Task.detached {
                    do {
                        try await clock.sleep(until: instant, tolerance: nil)
                    } catch {
                        return
                    }
                    call()
                }
                return ScheduledCall { task.cancel() }
            }
        }
    }

    @inline(__always)
    private init<C: Clock<Duration>>(
        reading clock: C,
        schedule: @escaping @Sendable (C.Instant, @escaping @Sendable () -> Void) -> ScheduledCall
    ) {
        let origin = clock.now
        self.now = { MonotonicInstant(sinceOrigin: origin.duration(to: clock.now)) }
        self.sleep = { try await clock.sleep(until: origin.advanced(by: $0.sinceOrigin), tolerance: nil) }
        self.schedule = { schedule(origin.advanced(by: $0.sinceOrigin), $1) }
    }

    /// A clock that is only used to measure and to wait, so that it doesn't matter when this value was made.
    static func sharing(_ clock: some Clock<Duration>) -> ErasedClock {
        clock is ContinuousClock ? .continuous : ErasedClock(clock)
    }

    /// Sleeps for a time from now.
    func sleep(for nanoseconds: Int64) async throws {
        try await sleep(now().advanced(by: nanoseconds))
    }

    /// The default: the system's monotonic clock, which also runs while the machine sleeps.
    static let continuous = ErasedClock(ContinuousClock())

    /// All calls that are to be made on the system's clock.
    private static let timers = TimerQueue(clock: ContinuousClock())
}

/// A call that is to be made later.
struct ScheduledCall: Sendable {
    /// Takes the call back, unless it was made or is being made.
    let cancel: @Sendable () -> Void
}
