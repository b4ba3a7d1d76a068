import Resilience
import TestSupport
import Testing

@Suite("Circuit breaker: run", .timeLimit(.minutes(3)))
struct RunTests {
    struct Failure: Error, Equatable {}

    @Test("A value is returned and counts as a success, an error is thrown and counts as a failure")
    func results() async throws {
        let test = Harness()
        #expect(try await test.breaker.run { 7 } == 7)
        await #expect(throws: Failure()) { try await test.breaker.run { throw Failure() } }
        #expect(test.snapshot.totals.succeeded == 1)
        #expect(test.snapshot.totals.failed == 1)
    }

    @Test("An open breaker throws its rejection and doesn't make the call")
    func rejection() async {
        let test = Harness()
        test.fail(times: 3)
        var calls = 0
        await #expect(throws: CircuitBreaker.Rejection(state: .open, retryAfter: .seconds(10))) {
            try await test.breaker.run { calls += 1 }
        }
        #expect(calls == 0)
    }

    @Test("A timeout counts as a failure")
    func timeout() async {
        let test = Harness()
        await #expect(throws: TimeoutError.self) {
            try await test.breaker.run { throw TimeoutError(limit: .seconds(1)) }
        }
        #expect(test.snapshot.totals.failed == 1)
    }

    @Test("Any error in a cancelled task is ignored")
    func cancelled() async throws {
        let test = Harness()
        let task = Task {
            try await test.breaker.run {
                do { try await test.clock.sleep(for: .seconds(1)) } catch { throw Failure() }
            }
        }
        try await test.clock.waitForSleepers(1)
        task.cancel()
        await #expect(throws: Failure()) { try await task.value }
        #expect(test.snapshot.totals.ignored == 1)
        #expect(test.snapshot.totals.failed == 0)
    }

    @Test("The caller decides what counts, also about values")
    func classification() async throws {
        let test = Harness()
        for _ in 0..<2 { test.call(.failure()) }
        let status = try await test.breaker.run(
            classify: { result in
                switch result {
                case .success(503): .failure(retryAfter: .seconds(30))
                case .success: .success
                case .failure: .ignored
                }
            },
            { 503 }
        )
        #expect(status == 503)
        #expect(test.state == .open)
        #expect(test.snapshot.currentWait == .seconds(30))
    }

    @Test("The operation stays on the caller's actor and may return what isn't sendable")
    @MainActor
    func isolation() async throws {
        final class NotSendable { var value = 1 }
        let test = Harness()
        let object = NotSendable()
        let same = try await test.breaker.run {
            MainActor.assertIsolated()
            object.value += 1
            return object
        }
        #expect(same === object)
        #expect(object.value == 2)
    }

    @Test("What another policy refused inside was no call, and is ignored")
    func refusedInside() async throws {
        let test = Harness()
        let limit = ConcurrencyLimit(configuration: try ConcurrencyLimitConfiguration(fixed: 1))
        guard case .admitted(let place) = limit.admit() else { return }
        let inner = CircuitBreaker(name: "inner")
        inner.forceOpen()
        for _ in 1...5 {
            await #expect(throws: ConcurrencyLimit.Rejection.self) {
                try await test.breaker.run { try await limit.run {} }
            }
            await #expect(throws: CircuitBreaker.Rejection.self) {
                try await test.breaker.run { try await inner.run {} }
            }
        }
        place.ignore()
        #expect((test.state, test.snapshot.totals.ignored, test.snapshot.totals.failed) == (.closed, 10, 0))
    }
}
