import Synchronization

/// A clock that stands still until a test moves it.
///
/// ```swift
/// let clock = ManualClock()
/// let work = Task { try await clock.sleep(for: .seconds(10)) }
/// try await clock.waitForSleepers(1)
/// clock.advance(by: .seconds(10))
/// try await work.value
/// ```
public final class ManualClock: Clock, Sendable {
    /// A point in the clock's own time.
    public struct Instant: InstantProtocol, Sendable {
        /// Time since the clock's beginning.
        public let offset: Duration

        /// The instant this long after the clock's beginning.
        public init(offset: Duration) {
            self.offset = offset
        }

        /// The instant this much later.
        public func advanced(by duration: Duration) -> Instant {
            Instant(offset: offset + duration)
        }

        /// The time from this instant to another.
        public func duration(to other: Instant) -> Duration {
            other.offset - offset
        }

        /// Whether the left instant comes first.
        public static func < (left: Instant, right: Instant) -> Bool {
            left.offset < right.offset
        }
    }

    private struct Sleeper {
        let id: UInt64
        let end: Instant
        let continuation: CheckedContinuation<Void, any Error>
    }

    private struct Observer {
        let id: UInt64
        let sleepers: Int
        let continuation: CheckedContinuation<Void, any Error>
    }

    private struct State {
        var now: Instant
        var nextID: UInt64 = 0
        var sleepers: [Sleeper] = []
        var observers: [Observer] = []

        mutating func makeID() -> UInt64 {
            defer { nextID += 1 }
            return nextID
        }

        mutating func takeSatisfiedObservers() -> [Observer] {
            let satisfied = observers.filter { $0.sleepers <= sleepers.count }
            observers.removeAll { $0.sleepers <= sleepers.count }
            return satisfied
        }
    }

    private let state: Mutex<State>

    /// A clock that begins at an offset, which is zero unless a test is about another one.
    public init(at offset: Duration = .zero) {
        self.state = Mutex(State(now: Instant(offset: offset)))
    }

    /// The present time, as the test set it.
    public var now: Instant { state.withLock { $0.now } }

    /// There is no smallest step.
    public var minimumResolution: Duration { .zero }

    /// Tasks that sleep on this clock at the moment.
    public var sleepers: Int { state.withLock { $0.sleepers.count } }

    /// When the sleeper that wakes first is to wake; `nil` if nobody sleeps.
    public var nextWake: Instant? { state.withLock { $0.sleepers.map(\.end).min() } }

    /// Moves the time on and wakes everybody whose time has come, the earliest first.
    public func advance(by duration: Duration) {
        let woken = state.withLock { state in
            state.now = state.now.advanced(by: duration)
            let woken = state.sleepers.filter { $0.end <= state.now }
            state.sleepers.removeAll { $0.end <= state.now }
            return woken
        }
        for sleeper in woken.sorted(by: { ($0.end, $0.id) < ($1.end, $1.id) }) { sleeper.continuation.resume() }
    }

    /// Returns as soon as at least this many tasks sleep on this clock.
    ///
    /// - Throws: `CancellationError` if the calling task is cancelled.
    public func waitForSleepers(_ count: Int) async throws {
        let id = state.withLock { $0.makeID() }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let result: Result<Void, any Error>? = state.withLock { state in
                    if Task.isCancelled { return .failure(CancellationError()) }
                    if state.sleepers.count >= count { return .success(()) }
                    state.observers.append(Observer(id: id, sleepers: count, continuation: continuation))
                    return nil
                }
                if let result { continuation.resume(with: result) }
            }
        } onCancel: {
            let observer = state.withLock { state in
                state.observers.firstIndex { $0.id == id }.map { state.observers.remove(at: $0) }
            }
            observer?.continuation.resume(throwing: CancellationError())
        }
    }

    /// Returns when the clock has been moved to `end` or beyond.
    ///
    /// - Throws: `CancellationError` if the task is cancelled, at once.
    public func sleep(until end: Instant, tolerance: Duration?) async throws {
        let id = state.withLock { $0.makeID() }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                // Cancellation sets the task's flag before it runs the handler, and the handler takes the same lock: so
                // either the flag is seen here or the handler finds the sleeper.
                let (result, observers) = state.withLock { state -> (Result<Void, any Error>?, [Observer]) in
                    if Task.isCancelled { return (.failure(CancellationError()), []) }
                    if end <= state.now { return (.success(()), []) }
                    state.sleepers.append(Sleeper(id: id, end: end, continuation: continuation))
                    return (nil, state.takeSatisfiedObservers())
                }
                if let result { continuation.resume(with: result) }
                for observer in observers { observer.continuation.resume() }
            }
        } onCancel: {
            let sleeper = state.withLock { state in
                state.sleepers.firstIndex { $0.id == id }.map { state.sleepers.remove(at: $0) }
            }
            sleeper?.continuation.resume(throwing: CancellationError())
        }
    }
}
