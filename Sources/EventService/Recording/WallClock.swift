import Synchronization

import struct Foundation.Date

/// Maps monotonic time to wall-clock times that don't move against each other, unless somebody sets the clock.
///
/// Then they follow, by as much: processes that share a store compare their times.
final class WallClock: Sendable {
    private let start: Mutex<Date>
    private let elapsed: @Sendable () -> Duration
    private let systemTime: (@Sendable () -> Date)?

    /// How far the system's time may be off before it counts as set.
    private static let tolerance = 1.0

    /// Creates a clock that reads `start` now and goes on as `clock` does.
    /// - Parameter systemTime: What is followed when it is set; `nil` follows nothing.
    init<C: Clock>(start: Date, clock: C, systemTime: (@Sendable () -> Date)? = nil) where C.Duration == Duration {
        let origin = clock.now
        self.start = Mutex(start)
        self.elapsed = { origin.duration(to: clock.now) }
        self.systemTime = systemTime
    }

    /// The time now.
    var now: Date {
        let offset = elapsed().inSeconds
        guard let systemTime = systemTime?() else { return start.withLock { $0.addingTimeInterval(offset) } }
        return start.withLock { start in
            let now = start.addingTimeInterval(offset)
            guard abs(systemTime.timeIntervalSince(now)) > Self.tolerance else { return now }
            start = systemTime.addingTimeInterval(-offset)
            return systemTime
        }
    }

    /// The time since the clock was created.
    var uptime: Duration { elapsed() }

    /// The time that is `offset` after the clock was created.
    func date(after offset: Duration) -> Date {
        start.withLock { $0.addingTimeInterval(offset.inSeconds) }
    }
}
