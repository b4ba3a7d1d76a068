import Resilience
import TestSupport
import Testing

@Suite("Timeout", .timeLimit(.minutes(3)))
struct TimeoutTests {
    struct Failure: Error, Equatable {}

    @Test("Work that ends in time gives its value or its error, and the timer is gone")
    func inTime() async throws {
        let clock = ManualClock()
        #expect(try await withTimeout(.seconds(1), clock: clock) { 7 } == 7)
        await #expect(throws: Failure()) { try await withTimeout(.seconds(1), clock: clock) { throw Failure() } }
        #expect(clock.sleepers == 0)
    }

    @Test("Work that takes longer is cancelled, and the error carries the limit")
    func tooLong() async throws {
        let clock = ManualClock()
        let wasCancelled = Counter()
        let call = Task {
            try await withTimeout(.seconds(5), clock: clock) {
                do { try await clock.sleep(for: .seconds(3600)) } catch {
                    wasCancelled.add()
                    throw error
                }
            }
        }
        try await clock.waitForSleepers(2)
        clock.advance(by: .seconds(5) - .nanoseconds(1))
        #expect(clock.sleepers == 2)
        clock.advance(by: .nanoseconds(1))
        await #expect(throws: TimeoutError(limit: .seconds(5), kind: .attempt)) { try await call.value }
        #expect(wasCancelled.value == 1)
        #expect(clock.sleepers == 0)
    }

    @Test("It doesn't return before the work has ended")
    func waitsForTheWork() async throws {
        let clock = ManualClock()
        let stubborn = ManualClock()
        let ended = Counter()
        let call = Task {
            try await withTimeout(.seconds(1), clock: clock) {
                // A task of its own: cancellation doesn't reach it.
                try await Task { try await stubborn.sleep(for: .seconds(1)) }.value
                ended.add()
                throw Failure()
            }
        }
        try await clock.waitForSleepers(1)
        try await stubborn.waitForSleepers(1)
        clock.advance(by: .seconds(1))
        while clock.sleepers > 0 {
            try Task.checkCancellation()
            await Task.yield()
        }
        #expect(ended.value == 0)
        stubborn.advance(by: .seconds(1))
        await #expect(throws: TimeoutError(limit: .seconds(1))) { try await call.value }
        #expect(ended.value == 1)
    }

    @Test("A value that comes after the time is not thrown away")
    func lateValue() async throws {
        let clock = ManualClock()
        let call = Task {
            try await withTimeout(.seconds(1), clock: clock) {
                do { try await clock.sleep(for: .seconds(3600)) } catch is CancellationError { return "done" }
                return "not cancelled"
            }
        }
        try await clock.waitForSleepers(2)
        clock.advance(by: .seconds(1))
        #expect(try await call.value == "done")
    }

    @Test("A caller that is cancelled cancels the work, and gets its error and no timeout")
    func cancelledCaller() async throws {
        let clock = ManualClock()
        let call = Task {
            try await withTimeout(.seconds(1), clock: clock) { try await clock.sleep(for: .seconds(3600)) }
        }
        try await clock.waitForSleepers(2)
        call.cancel()
        await #expect(throws: CancellationError.self) { try await call.value }
        #expect(clock.sleepers == 0)
    }

    @Test("Without any time the work isn't started", arguments: [Duration.zero, .seconds(-1)])
    func noTime(limit: Duration) async {
        let started = Counter()
        await #expect(throws: TimeoutError(limit: limit)) {
            try await withTimeout(limit, clock: ManualClock()) { started.add() }
        }
        #expect(started.value == 0)
    }

    @Test("Work that ends at the very moment gives its value or the timeout, and nothing is left behind")
    func sameMoment() async throws {
        for _ in 0..<500 {
            let clock = ManualClock()
            let call = Task {
                try await withTimeout(.seconds(1), clock: clock) {
                    try await clock.sleep(for: .seconds(1))
                    return 7
                }
            }
            try await clock.waitForSleepers(2)
            clock.advance(by: .seconds(1))
            #expect(try await call.value == 7)
            #expect(clock.sleepers == 0)
        }
    }

    @Test("The time runs out while the caller is cancelled: one end, no hang")
    func cancelledAtTheSameMoment() async throws {
        for round in 0..<500 {
            let clock = ManualClock()
            let call = Task {
                try await withTimeout(.seconds(1), clock: clock) { try await clock.sleep(for: .seconds(3600)) }
            }
            try await clock.waitForSleepers(2)
            let canceller = Task { call.cancel() }
            if round % 2 == 0 { await Task.yield() }
            clock.advance(by: .seconds(1))
            await canceller.value
            do {
                try await call.value
                Issue.record("ended without an error")
            } catch {
                #expect(error is TimeoutError || error is CancellationError)
            }
            #expect(clock.sleepers == 0)
        }
    }

    @Test("A limit beyond what a clock can count is no limit")
    func endless() async throws {
        #expect(try await withTimeout(.seconds(Int64.max / 4)) { 7 } == 7)
        #expect(try await withDeadline(Deadline(after: .seconds(Int64.max))) { 7 } == 7)
    }
}
