import struct Foundation.Date

/// Maps monotonic time to wall-clock times that don't move against each other when somebody sets the clock.
struct WallClock: Sendable {
    private let start: Date
    private let elapsed: @Sendable () -> Duration

    /// Creates a clock that reads `start` now and goes on as `clock` does.
    init<C: Clock>(start: Date, clock: C) where C.Duration == Duration {
        let origin = clock.now
        self.start = start
        self.elapsed = { origin.duration(to: clock.now) }
    }

    /// The time now.
    var now: Date { date(after: elapsed()) }

    /// The time since the clock was created.
    var uptime: Duration { elapsed() }

    /// The time that is `offset` after the clock was created.
    func date(after offset: Duration) -> Date {
        start.addingTimeInterval(offset.inSeconds)
    }
}
