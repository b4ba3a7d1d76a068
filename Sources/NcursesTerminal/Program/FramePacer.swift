/// Decides when to paint: at once after a key, else at most thirty times a second.
struct FramePacer: Equatable {
    /// The least time between two paintings that no key asked for.
    static let interval = Duration.nanoseconds(33_333_333)

    private enum Need: Equatable {
        case none
        case soon
        case now
    }

    private var need = Need.none
    private var lastPaint: ContinuousClock.Instant?

    /// Something changed that can wait for its turn.
    mutating func noteChange() {
        if need == .none {
            need = .soon
        }
    }

    /// Something changed that the user waits for.
    mutating func noteInput() {
        need = .now
    }

    /// When to paint next; nil while nothing changed.
    func nextPaint(now: ContinuousClock.Instant) -> ContinuousClock.Instant? {
        switch need {
        case .none: nil
        case .now: now
        case .soon: max(now, lastPaint.map { $0 + Self.interval } ?? now)
        }
    }

    /// Whether to paint now.
    func isDue(now: ContinuousClock.Instant) -> Bool {
        nextPaint(now: now).map { $0 <= now } ?? false
    }

    /// The screen was painted.
    mutating func notePaint(now: ContinuousClock.Instant) {
        need = .none
        lastPaint = now
    }
}
