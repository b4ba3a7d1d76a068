import Resilience
import Synchronization
import TestSupport

/// A breaker on a manual clock, without jitter unless asked for, whose transitions are recorded.
struct Harness: Sendable {
    let clock = ManualClock()
    let breaker: CircuitBreaker
    private let log = TransitionLog()

    init(
        _ configuration: CircuitBreakerConfiguration = CircuitBreakerConfiguration(),
        jitter: RandomSource = .constant(0)
    ) {
        let log = log
        self.breaker = CircuitBreaker(name: "test", configuration: configuration, clock: clock, jitter: jitter) {
            log.append($0)
        }
    }

    var snapshot: CircuitBreaker.Snapshot { breaker.snapshot() }
    var state: CircuitBreaker.State { breaker.snapshot().state }
    var transitions: [CircuitBreaker.Transition] { log.transitions }

    /// One call that ends at once; `nil` if it was admitted.
    @discardableResult
    func call(_ outcome: CircuitBreaker.Outcome) -> CircuitBreaker.Rejection? {
        switch breaker.admit() {
        case .admitted(let permit):
            permit.settle(outcome)
            return nil
        case .rejected(let rejection):
            return rejection
        }
    }

    /// A call that goes on.
    func begin() throws -> CircuitBreaker.Permit {
        switch breaker.admit() {
        case .admitted(let permit): return permit
        case .rejected(let rejection): throw rejection
        }
    }

    /// The rejection of a call that must not get in.
    func rejection() -> CircuitBreaker.Rejection? { call(.ignored) }

    func fail(times: Int) {
        for _ in 0..<times { call(.failure()) }
    }

    func advance(seconds: Double) {
        clock.advance(by: .milliseconds(Int64((seconds * 1000).rounded())))
    }
}

/// Transitions in the order in which they were reported.
final class TransitionLog: Sendable {
    private let entries = Mutex<[CircuitBreaker.Transition]>([])

    var transitions: [CircuitBreaker.Transition] { entries.withLock { $0 } }

    func append(_ transition: CircuitBreaker.Transition) {
        entries.withLock { $0.append(transition) }
    }
}
