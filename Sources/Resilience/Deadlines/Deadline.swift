/// The moment by which a request must be answered, with all its attempts and waits.
///
/// A value to pass on, and ``current`` for what is called without one. It measures with the clock it was made with.
public struct Deadline: Sendable {
    /// The deadline of the work that this code is part of, if it has one; set by ``withDeadline(_:operation:)``.
    @TaskLocal public static var current: Deadline?

    /// The time that was given.
    public let limit: Duration

    private let end: MonotonicInstant
    private let clock: ErasedClock

    /// The moment that is `limit` from now.
    ///
    /// - Parameters:
    ///   - limit: Zero or less is over at once; beyond 292 years it never ends.
    ///   - clock: What to measure with.
    public init(after limit: Duration, clock: some Clock<Duration> = ContinuousClock()) {
        self.limit = limit
        self.clock = .sharing(clock)
        self.end = self.clock.now().advanced(by: limit.saturatedNanoseconds)
    }

    /// The time that is left; zero when it is over.
    public var remaining: Duration { end.duration(since: clock.now()) }

    /// Whether no time is left.
    public var isOver: Bool { clock.now() >= end }

    /// This deadline or the other one, whichever leaves less time.
    func orEarlier(_ other: Deadline?) -> Deadline {
        guard let other, other.remaining < remaining else { return self }
        return other
    }

    /// Makes a call when the time is over.
    func schedule(_ call: @escaping @Sendable () -> Void) -> ScheduledCall {
        clock.schedule(end, call)
    }
}
