import Resilience
import TestSupport
import Testing

/// The numbers are those of the conformance scenarios.
@Suite("Retry", .timeLimit(.minutes(3)))
struct RetryTests {
    struct Failure: Error, Equatable { var number = 0 }

    private func retry(
        _ maximum: Int,
        base: Duration = .zero,
        clock: ManualClock = ManualClock(),
        random: RandomSource = .constant(1)
    ) throws -> Retry {
        try Retry(
            maximumRetries: maximum,
            backoff: Backoff(base: base, cap: .seconds(3600)),
            clock: clock,
            random: random
        )
    }

    @Test("The first success ends it")
    func succeeds() async throws {
        var attempts: [Int] = []
        let value = try await retry(5).run(classify: { _ in .retry() }, onAttempt: { attempts.append($0) }) {
            if attempts.count < 3 { throw Failure() }
            return attempts.count
        }
        #expect(value == 3)
        #expect(attempts == [1, 2, 3])
    }

    @Test("After the last retry the last error is thrown", arguments: [0, 1, 4])
    func givesUp(maximum: Int) async throws {
        var attempts = 0
        await #expect(throws: Failure(number: maximum + 1)) {
            try await retry(maximum).run(classify: { _ in .retry() }) {
                attempts += 1
                throw Failure(number: attempts)
            }
        }
        #expect(attempts == maximum + 1)
    }

    @Test("What the caller says can't be retried isn't")
    func stops() async throws {
        var attempts = 0
        await #expect(throws: Failure()) {
            try await retry(5).run(classify: { _ in .stop }) {
                attempts += 1
                throw Failure()
            }
        }
        #expect(attempts == 1)
    }

    @Test("28 · stops when the breaker opens, and ends with the last real error")
    func breakerOpens() async throws {
        let test = Harness()
        var executions = 0
        await #expect(throws: Failure(number: 3)) {
            try await retry(7).run(classify: { _ in .retry() }) {
                try await test.breaker.run {
                    executions += 1
                    throw Failure(number: executions)
                }
            }
        }
        #expect(executions == 3)
        #expect(test.state == .open)
        #expect(test.snapshot.totals.rejected == 1)
    }

    @Test("A rejection of the first attempt is thrown as it is, without a retry")
    func rejectedAtOnce() async throws {
        let test = Harness()
        test.fail(times: 3)
        await #expect(throws: CircuitBreaker.Rejection(state: .open, retryAfter: .seconds(10))) {
            try await retry(7).run(classify: { _ in .retry() }) { try await test.breaker.run {} }
        }
        #expect(test.snapshot.totals.rejected == 1)
    }

    @Test("29 · with Retry-After: 2 the retry doesn't come before 2 s")
    func retryAfter() async throws {
        let clock = ManualClock()
        let policy = try retry(1, base: .milliseconds(100), clock: clock)
        let attempts = Counter()
        let call = Task {
            try await policy.run(classify: { _ in .retry(after: .seconds(2)) }) {
                if attempts.add() == 1 { throw Failure() }
            }
        }
        try await clock.waitForSleepers(1)
        #expect(clock.nextWake?.offset == .seconds(2))
        clock.advance(by: .seconds(2) - .nanoseconds(1))
        #expect(clock.sleepers == 1)
        #expect(attempts.value == 1)
        clock.advance(by: .nanoseconds(1))
        try await call.value
        #expect(attempts.value == 2)
    }

    @Test("A Retry-After shorter than the back-off doesn't shorten it, and the waits grow")
    func waits() async throws {
        let clock = ManualClock()
        let policy = try retry(4, base: .seconds(1), clock: clock, random: .constant(0.5))
        let call = Task {
            try await policy.run(classify: { _ in .retry(after: .milliseconds(1)) }) { throw Failure() }
        }
        for wait in [500, 1000, 2000, 4000] {
            try await clock.waitForSleepers(1)
            #expect(clock.nextWake == clock.now.advanced(by: .milliseconds(wait)))
            clock.advance(by: .milliseconds(wait))
        }
        await #expect(throws: Failure()) { try await call.value }
    }

    @Test("31 · a wait that would end after the deadline isn't started: the error comes at once")
    func deadline() async throws {
        let clock = ManualClock()
        let policy = try retry(3, clock: clock)
        let deadline = Deadline(after: .seconds(1), clock: clock)
        var attempts = 0
        await #expect(throws: Failure()) {
            try await policy.run(deadline: deadline, classify: { _ in .retry(after: .seconds(2)) }) {
                attempts += 1
                throw Failure()
            }
        }
        #expect(attempts == 1)
        #expect(clock.sleepers == 0)
        #expect(clock.now.offset == .zero)
    }

    @Test("31 · the deadline around it is respected without being passed")
    func currentDeadline() async throws {
        let clock = ManualClock()
        let policy = try retry(3, clock: clock)
        let attempts = Counter()
        await #expect(throws: Failure()) {
            try await withDeadline(Deadline(after: .seconds(1), clock: clock)) {
                try await policy.run(classify: { _ in .retry(after: .seconds(2)) }) {
                    attempts.add()
                    throw Failure()
                }
            }
        }
        #expect(attempts.value == 1)
    }

    @Test("A wait that ends with the deadline is made")
    func waitUpToDeadline() async throws {
        let clock = ManualClock()
        let policy = try retry(1, clock: clock)
        let deadline = Deadline(after: .seconds(2), clock: clock)
        let call = Task {
            try await policy.run(deadline: deadline, classify: { _ in .retry(after: .seconds(2)) }) { throw Failure() }
        }
        try await clock.waitForSleepers(1)
        clock.advance(by: .seconds(2))
        await #expect(throws: Failure()) { try await call.value }
    }

    @Test("Cancelled while it waits, it throws CancellationError and makes no further attempt")
    func cancelledWaiting() async throws {
        let clock = ManualClock()
        let policy = try retry(3, base: .seconds(10), clock: clock)
        let attempts = Counter()
        let call = Task {
            try await policy.run(classify: { _ in .retry() }) {
                attempts.add()
                throw Failure()
            }
        }
        try await clock.waitForSleepers(1)
        call.cancel()
        await #expect(throws: CancellationError.self) { try await call.value }
        #expect(attempts.value == 1)
    }

    @Test("Cancelled during an attempt, it throws CancellationError whatever the attempt throws")
    func cancelledCalling() async throws {
        let clock = ManualClock()
        let policy = try retry(3, clock: clock)
        let call = Task {
            try await policy.run(classify: { _ in .retry() }) {
                do { try await clock.sleep(for: .seconds(1)) } catch { throw Failure() }
            }
        }
        try await clock.waitForSleepers(1)
        call.cancel()
        await #expect(throws: CancellationError.self) { try await call.value }
    }

    @Test("A negative number of retries is refused")
    func validation() {
        #expect(throws: InvalidConfiguration(field: "maximumRetries", value: "-1", allowed: "0 or more")) {
            try retry(-1)
        }
    }

    @Test("A rejected attempt in a cancelled task ends with the cancellation")
    func rejectedWhenCancelled() async throws {
        let policy = try retry(3)
        let call = Task {
            try await policy.run(classify: { _ in .retry() }) {
                while !Task.isCancelled { await Task.yield() }
                throw CircuitBreaker.Rejection(state: .open, retryAfter: nil)
            }
        }
        call.cancel()
        await #expect(throws: CancellationError.self) { try await call.value }
    }
}
