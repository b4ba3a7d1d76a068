import Resilience
import TestSupport
import Testing

@Suite("Circuit breaker: last failure", .timeLimit(.minutes(3)))
struct LastFailureTests {
    struct Failure: Error, Equatable { var number = 0 }

    @Test("There is none before the first failure, and successes, ignored and rejected calls leave it alone")
    func only() throws {
        let test = Harness(try CircuitBreakerConfiguration(failureThreshold: 1))
        try test.begin().settle(.success, error: Failure())
        try test.begin().settle(.ignored, error: Failure())
        #expect(test.breaker.lastFailure == nil)
        test.advance(seconds: 2)
        try test.begin().fail(Failure(number: 1))
        test.advance(seconds: 1)
        #expect(test.rejection() != nil)
        let failure = try #require(test.breaker.lastFailure)
        #expect(failure.at == .seconds(2))
        #expect(failure.error as? Failure == Failure(number: 1))
    }

    @Test("The last one counts, also without an error, in any state and after a reset")
    func last() throws {
        let test = Harness()
        try test.begin().fail(Failure(number: 1))
        let early = try test.begin()
        test.breaker.forceOpen()
        test.advance(seconds: 3)
        early.fail(Failure(number: 2), retryAfter: .seconds(1))
        test.breaker.reset()
        #expect(test.breaker.lastFailure?.at == .seconds(3))
        #expect(test.breaker.lastFailure?.error as? Failure == Failure(number: 2))
        test.advance(seconds: 1)
        test.call(.failure())
        #expect(test.breaker.lastFailure?.at == .seconds(4))
        #expect(test.breaker.lastFailure?.error == nil)
    }

    @Test("run hands over what was thrown, if it counts as a failure")
    func run() async throws {
        let test = Harness()
        await #expect(throws: Failure(number: 1)) { try await test.breaker.run { throw Failure(number: 1) } }
        await #expect(throws: CancellationError.self) { try await test.breaker.run { throw CancellationError() } }
        #expect(test.breaker.lastFailure?.error as? Failure == Failure(number: 1))
        test.advance(seconds: 1)
        _ = try await test.breaker.run(classify: { _ in .failure() }, { 503 })
        #expect(test.breaker.lastFailure?.at == .seconds(1))
        #expect(test.breaker.lastFailure?.error == nil)
    }

    @Test("An error that is replaced may use the breaker as it goes")
    func release() throws {
        final class Goodbye: Error {
            let breaker: CircuitBreaker
            let log: Counter
            init(_ breaker: CircuitBreaker, _ log: Counter) { (self.breaker, self.log) = (breaker, log) }
            deinit { log.add(Int(breaker.snapshot().totals.failed)) }
        }
        let test = Harness()
        let log = Counter()
        try test.begin().fail(Goodbye(test.breaker, log))
        #expect(log.value == 0)
        test.call(.failure())
        #expect(log.value > 0)
    }
}
