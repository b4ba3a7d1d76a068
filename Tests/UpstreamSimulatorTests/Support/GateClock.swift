import Synchronization

@testable import UpstreamSimulator

/// A clock on which no time passes, and whose sleepers are released by hand.
final class GateClock: Clock, Sendable {
    typealias Instant = TestClock.Instant

    private let sleepers = Mutex<[Latch<Void>]>([])

    var now: Instant { Instant(offset: .zero) }
    var minimumResolution: Duration { .nanoseconds(1) }

    /// How many sleeps have begun.
    var waiting: Int { sleepers.withLock { $0.count } }

    func releaseFirst() {
        sleepers.withLock { $0.first }?.open(.success(()))
    }

    func releaseLast() {
        sleepers.withLock { $0.last }?.open(.success(()))
    }

    func sleep(until deadline: Instant, tolerance: Duration?) async throws {
        let latch = Latch<Void>()
        sleepers.withLock { $0.append(latch) }
        try await latch.value()
    }
}
