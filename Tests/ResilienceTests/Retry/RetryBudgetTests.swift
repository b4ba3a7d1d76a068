import Resilience
import TestSupport
import Testing

/// The numbers are those of the conformance scenarios.
@Suite("Retry budget", .timeLimit(.minutes(3)))
struct RetryBudgetTests {
    struct Failure: Error, Equatable { var number = 0 }

    private let clock = ManualClock()

    private func retry(_ budget: RetryBudget, maximum: Int = 1, base: Duration = .zero) throws -> Retry {
        try Retry(
            maximumRetries: maximum,
            backoff: Backoff(base: base, cap: .seconds(3600)),
            budget: budget,
            clock: clock,
            random: .constant(1)
        )
    }

    /// Makes a call that fails, and returns how many attempts it made.
    private func fail(_ retry: Retry) async -> Int {
        var attempts = 0
        await #expect(throws: Failure.self) {
            try await retry.run(classify: { _ in .retry() }) {
                attempts += 1
                throw Failure(number: attempts)
            }
        }
        return attempts
    }

    @Test("What a breaker rejects is no request, and a retry that it rejects gives its place back")
    func rejections() async throws {
        let budget = try RetryBudget(clock: clock)
        let policy = try retry(budget, maximum: 1)
        let rejection = CircuitBreaker.Rejection(state: .open, retryAfter: nil)
        for _ in 1...100 {
            await #expect(throws: rejection) {
                try await policy.run(classify: { _ in .retry() }) { throw rejection }
            }
        }
        #expect((budget.snapshot().requests, budget.snapshot().allowed) == (0, 3))
        var attempts = 0
        await #expect(throws: Failure(number: 1)) {
            try await policy.run(classify: { _ in .retry() }) {
                attempts += 1
                if attempts == 1 { throw Failure(number: 1) }
                throw rejection
            }
        }
        let snapshot = budget.snapshot()
        #expect((snapshot.requests, snapshot.retries, snapshot.waiting) == (1, 0, 0))
    }

    @Test("Without traffic the minimum is allowed, then the last real error is thrown")
    func minimum() async throws {
        let budget = try RetryBudget(clock: clock)
        let policy = try retry(budget, maximum: 7)
        var attempts = 0
        await #expect(throws: Failure(number: 4)) {
            try await policy.run(classify: { _ in .retry() }) {
                attempts += 1
                throw Failure(number: attempts)
            }
        }
        let snapshot = budget.snapshot()
        #expect((snapshot.requests, snapshot.retries, snapshot.waiting, snapshot.allowed) == (1, 3, 0, 3))
        #expect(snapshot.refused == 1)
    }

    @Test("Exactly at the share: of 100 requests 20 are retried, the 21st is not; policies share it")
    func share() async throws {
        let budget = try RetryBudget(clock: clock)
        let policies = [try retry(budget), try retry(budget)]
        for _ in 0..<100 { try await policies[0].run(classify: { _ in .stop }) {} }
        var attempts = 0
        for number in 0..<24 { attempts += await fail(policies[number % 2]) }
        // The 24 that failed are requests as well: a fifth of 124 is 24.8.
        #expect(attempts == 48)
        #expect(await fail(policies[0]) == 2)
        #expect(await fail(policies[1]) == 1)
        #expect(budget.snapshot().retries == 25)
    }

    @Test("Without a minimum, the first retry comes with the fifth request")
    func noMinimum() async throws {
        let policy = try retry(try RetryBudget(minimum: 0, clock: clock))
        var attempts: [Int] = []
        for _ in 0..<10 { attempts.append(await fail(policy)) }
        #expect(attempts == [1, 1, 1, 1, 2, 1, 1, 1, 1, 2])
    }

    @Test("The window slides: what a step of it began with leaves after exactly the window")
    func window() async throws {
        let budget = try RetryBudget(minimum: 1, clock: clock)
        let policy = try retry(budget)
        #expect(await fail(policy) == 2)
        clock.advance(by: .seconds(10) - .nanoseconds(1))
        #expect(await fail(policy) == 1)
        clock.advance(by: .nanoseconds(1))
        #expect(await fail(policy) == 2)
    }

    @Test("A retry that waits has its place, longer than the window if it must")
    func waiting() async throws {
        let budget = try RetryBudget(minimum: 1, clock: clock)
        let waiting = try retry(budget, base: .seconds(60))
        let call = Task { await fail(waiting) }
        try await clock.waitForSleepers(1)
        #expect(budget.snapshot().waiting == 1)
        clock.advance(by: .seconds(30))
        #expect(await fail(try retry(budget)) == 1)
        clock.advance(by: .seconds(30))
        #expect(await call.value == 2)
        #expect(budget.snapshot().waiting == 0)
        #expect(budget.snapshot().retries == 1)
    }

    @Test("A retry that is cancelled while it waits gives its place back")
    func cancelled() async throws {
        let budget = try RetryBudget(minimum: 1, clock: clock)
        let policy = try retry(budget, base: .seconds(60))
        let call = Task { try await policy.run(classify: { _ in .retry() }) { throw Failure() } }
        try await clock.waitForSleepers(1)
        call.cancel()
        await #expect(throws: CancellationError.self) { try await call.value }
        let snapshot = budget.snapshot()
        #expect((snapshot.requests, snapshot.retries, snapshot.waiting) == (1, 0, 0))
        #expect(await fail(try retry(budget)) == 2)
    }

    @Test("A wait that the deadline forbids, and an error that can't be retried, take no place")
    func notTaken() async throws {
        let budget = try RetryBudget(minimum: 1, clock: clock)
        let policy = try retry(budget)
        let deadline = Deadline(after: .seconds(1), clock: clock)
        await #expect(throws: Failure()) {
            try await policy.run(deadline: deadline, classify: { _ in .retry(after: .seconds(2)) }) { throw Failure() }
        }
        await #expect(throws: Failure()) { try await policy.run(classify: { _ in .stop }) { throw Failure() } }
        let snapshot = budget.snapshot()
        #expect((snapshot.requests, snapshot.waiting, snapshot.refused) == (2, 0, 0))
    }

    @Test("30 · budget exhausted, the original succeeds late: its result is returned")
    func lateOriginal() async throws {
        let budget = try RetryBudget(minimum: 0, clock: clock)
        let policy = try retry(budget, maximum: 3)
        #expect(await fail(policy) == 1)
        let attempts = Counter()
        let call = Task {
            try await policy.run(classify: { _ in .retry() }) {
                attempts.add()
                try await clock.sleep(for: .seconds(20))
                return "late"
            }
        }
        try await clock.waitForSleepers(1)
        clock.advance(by: .seconds(20))
        #expect(try await call.value == "late")
        #expect(attempts.value == 1)
    }

    @Test("A task that is cancelled before its first attempt is no request")
    func cancelledAtOnce() async throws {
        let budget = try RetryBudget(clock: clock)
        let policy = try retry(budget)
        let call = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            try await policy.run(classify: { _ in .retry() }) {}
        }
        await #expect(throws: CancellationError.self) { try await call.value }
        #expect(budget.snapshot().requests == 0)
    }

    @Test("Settings out of range are refused by name")
    func validation() {
        for share in [-0.1, 1.1, .nan] {
            #expect(throws: InvalidConfiguration(field: "share", value: "\(share)", allowed: "0 to 1")) {
                try RetryBudget(share: share)
            }
        }
        #expect(throws: InvalidConfiguration(field: "minimum", value: "-1", allowed: "0 or more")) {
            try RetryBudget(minimum: -1)
        }
        #expect(throws: InvalidConfiguration.self) { try RetryBudget(window: .zero) }
    }
}
