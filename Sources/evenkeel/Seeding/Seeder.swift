import Foundation
import Resilience
import Synchronization

/// Adds the events of a plan, as long as it takes.
///
/// An answer that says "later" is waited for: as long as it asked for, and at least a back-off that grows while nothing
/// succeeds, whichever event it was for.
final class Seeder: Sendable {
    /// What was done.
    struct Summary: Sendable, Equatable {
        var added = 0
        var present = 0
        var refused = 0
        var retries = 0
        var lastReason: String?

        var done: Int { added + present + refused }
    }

    private struct State {
        var summary = Summary()
        var failuresInARow = 0
        var lastSuccess: ContinuousClock.Instant
    }

    /// How many events are under way at once.
    static let concurrency = 4

    private let target: SeedTarget
    private let plan: SeedPlan
    private let backoff: Backoff
    private let patience: Duration
    private let state: Mutex<State>
    private let onProgress: @Sendable (Summary, _ waiting: Duration?) -> Void

    /// Creates a seeder.
    /// - Parameters:
    ///   - patience: How long nothing may succeed before it gives up.
    ///   - onProgress: Told after every change, with the time that is waited for next, if any.
    init(
        target: SeedTarget,
        plan: SeedPlan,
        patience: Duration,
        onProgress: @escaping @Sendable (Summary, Duration?) -> Void
    ) throws {
        self.target = target
        self.plan = plan
        self.patience = patience
        self.backoff = try Backoff(base: .milliseconds(500), cap: .seconds(30))
        self.state = Mutex(State(lastSuccess: .now))
        self.onProgress = onProgress
    }

    var summary: Summary {
        state.withLock { $0.summary }
    }

    /// Adds every event that isn't in `present`.
    ///
    /// - Throws: `Failure` when its patience is over, `CancellationError` when it is interrupted.
    func run(present: Set<String>) async throws {
        _ = try await boundedFanOut(over: 0..<plan.count, limit: Self.concurrency) { [self] index in
            let item = plan.item(at: index)
            if present.contains(item.id) {
                report { $0.summary.present += 1 }
            } else {
                try await add(item)
            }
        }
    }

    private func add(_ item: SeedPlan.Item) async throws {
        while true {
            try Task.checkCancellation()
            switch try await target.add(item) {
            case .added:
                report { state in
                    state.summary.added += 1
                    state.failuresInARow = 0
                    state.lastSuccess = .now
                }
                return
            case .refused(let reason):
                report { state in
                    state.summary.refused += 1
                    state.summary.lastReason = reason
                }
                return
            case .later(let reason, let retryAfter):
                try await wait(reason, retryAfter)
            }
        }
    }

    private func wait(_ reason: String, _ retryAfter: Duration?) async throws {
        let (failures, silence) = state.withLock { state in
            state.failuresInARow += 1
            state.summary.retries += 1
            state.summary.lastReason = reason
            return (state.failuresInARow, ContinuousClock.now - state.lastSuccess)
        }
        guard silence < patience else {
            throw Failure.unavailable(
                "nothing could be added for \(silence.components.seconds) s, last answer: \(reason)"
            )
        }
        let delay = max(retryAfter ?? .zero, backoff.delay(beforeRetry: failures))
        onProgress(summary, delay)
        try await Task.sleep(for: delay)
    }

    private func report(_ change: (inout State) -> Void) {
        let summary = state.withLock { state in
            change(&state)
            return state.summary
        }
        onProgress(summary, nil)
    }
}
