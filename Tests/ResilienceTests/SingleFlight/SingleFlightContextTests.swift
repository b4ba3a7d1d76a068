import Synchronization
import TestSupport
import Testing

@testable import Resilience

/// What the work inherits of its callers, and what it doesn't.
@Suite("Single flight: deadlines, task-local values, priority", .timeLimit(.minutes(3)))
struct SingleFlightContextTests {
    @TaskLocal static var trace = "none"

    let flights = SingleFlight<String, Int>()
    let gates = Gates()
    let clock = ManualClock()

    @Test("The first caller's deadline ends its waiting, and neither the work nor the waiting of the others")
    func firstDeadline() async throws {
        let first = call(deadline: .seconds(1))
        try await clock.waitForSleepers(1)
        try await waiters(1)
        let second = call(deadline: .seconds(3))
        let third = call(deadline: nil)
        try await clock.waitForSleepers(2)
        try await waiters(3)
        clock.advance(by: .seconds(1))
        await #expect(throws: TimeoutError(limit: .seconds(1), kind: .deadline)) { try await first.value }
        #expect(flights.kept.waiters == 2)
        #expect(gates.cancelled.isEmpty)
        gates.open(1, with: .success(7))
        #expect(try await second.value == 7)
        #expect(try await third.value == 7)
    }

    @Test("The last deadline of those who wait ends the work")
    func lastDeadline() async throws {
        let callers = [2, 1].map { call(deadline: .seconds($0)) }
        try await clock.waitForSleepers(2)
        try await waiters(2)
        try await gates.waitForStart(1)
        clock.advance(by: .seconds(1))
        await #expect(throws: TimeoutError(limit: .seconds(1), kind: .deadline)) { try await callers[1].value }
        #expect(gates.cancelled.isEmpty)
        clock.advance(by: .seconds(1))
        await #expect(throws: TimeoutError(limit: .seconds(2), kind: .deadline)) { try await callers[0].value }
        try await gates.waitForCancellation(1)
        #expect(flights.kept == (keys: 0, runs: 0, waiters: 0))
        gates.open(1, with: .success(7))
    }

    @Test("The work sees no deadline of its callers, and may set its own")
    func workHasNoDeadline() async throws {
        let clock = clock
        let value = try await withDeadline(Deadline(after: .seconds(1), clock: clock)) {
            try await flights.run("k") {
                guard Deadline.current == nil else { return -1 }
                return try await withDeadline(Deadline(after: .seconds(3), clock: clock)) {
                    Deadline.current?.remaining == .seconds(3) ? 7 : -2
                }
            }
        }
        #expect(value == 7)
    }

    @Test("A retry in the work isn't kept from waiting by the first caller's deadline")
    func retryInWork() async throws {
        let clock = clock
        let retry = try Retry(maximumRetries: 1, backoff: Backoff(base: .seconds(5), cap: .seconds(5)), clock: clock)
        let attempts = Counter()
        let work: @Sendable () async throws -> Int = {
            try await retry.run(classify: { _ in .retry(after: .seconds(5)) }) {
                if attempts.add() == 1 { throw TimeoutError(limit: .seconds(1)) }
                return 7
            }
        }
        let deadline = Deadline(after: .seconds(1), clock: clock)
        let first = Task { try await withDeadline(deadline) { try await flights.run("k", operation: work) } }
        try await clock.waitForSleepers(2)
        let second = Task { try await flights.run("k", operation: work) }
        try await waiters(2)
        clock.advance(by: .seconds(5))
        await #expect(throws: TimeoutError(limit: .seconds(1), kind: .deadline)) { try await first.value }
        #expect(try await second.value == 7)
        #expect(attempts.value == 2)
    }

    @Test("Task-local values are those of the caller that started the work")
    func taskLocals() async throws {
        let seen = Mutex<[String]>([])
        let work: @Sendable () async throws -> Int = {
            seen.withLock { $0.append(Self.trace) }
            return try await gates.work()
        }
        let first = Self.$trace.withValue("first") { Task { try await flights.run("k", operation: work) } }
        try await gates.waitForStart(1)
        let second = Self.$trace.withValue("second") { Task { try await flights.run("k", operation: work) } }
        try await waiters(2)
        gates.open(1, with: .success(7))
        #expect(try await first.value == 7)
        #expect(try await second.value == 7)
        #expect(seen.withLock { $0 } == ["first"])
    }

    @Test("The work has the priority of the caller that started it, and is raised by a more urgent one")
    func priority() async throws {
        guard #available(macOS 26, iOS 26, tvOS 26, watchOS 26, visionOS 26, *) else { return }
        let seen = Mutex<[TaskPriority]>([])
        let work: @Sendable () async throws -> Int = {
            seen.withLock { $0.append(Task.currentPriority) }
            let value = try await gates.work()
            seen.withLock { $0.append(Task.currentPriority) }
            return value
        }
        let first = Task(priority: .background) { try await flights.run("k", operation: work) }
        try await gates.waitForStart(1)
        let second = Task(priority: .high) { try await flights.run("k", operation: work) }
        try await waiters(2)
        let third = Task(priority: .low) { try await flights.run("k", operation: work) }
        try await waiters(3)
        gates.open(1, with: .success(7))
        for caller in [first, second, third] { #expect(try await caller.value == 7) }
        #expect(seen.withLock { $0 } == [.background, .high])
    }

    @Test("The work runs on no actor, also if its callers do")
    @MainActor
    func isolation() async throws {
        let value = try await flights.run("k") { #isolation == nil ? 7 : 8 }
        #expect(value == 7)
    }

    // MARK: - Support

    private func call(deadline: Duration?) -> Task<Int, any Error> {
        Task {
            guard let deadline else { return try await flights.run("k") { try await gates.work() } }
            return try await withDeadline(Deadline(after: deadline, clock: clock)) {
                try await flights.run("k") { try await gates.work() }
            }
        }
    }

    private func waiters(_ count: Int) async throws {
        while flights.kept.waiters != count {
            try Task.checkCancellation()
            await Task.yield()
        }
    }
}
