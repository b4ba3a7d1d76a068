import Resilience
import TestSupport
import Testing

@Suite("Deadline", .timeLimit(.minutes(3)))
struct DeadlineTests {
    @Test("What remains shrinks to zero and not below")
    func remaining() {
        let clock = ManualClock(at: .seconds(1_000))
        let deadline = Deadline(after: .seconds(3), clock: clock)
        #expect(deadline.limit == .seconds(3))
        #expect(deadline.remaining == .seconds(3))
        clock.advance(by: .seconds(2))
        #expect(deadline.remaining == .seconds(1))
        #expect(!deadline.isOver)
        clock.advance(by: .seconds(1))
        #expect(deadline.isOver)
        clock.advance(by: .seconds(1))
        #expect(deadline.remaining == .zero)
    }

    @Test("Work inside sees the deadline, work outside doesn't")
    func current() async throws {
        let clock = ManualClock()
        #expect(Deadline.current == nil)
        let inside = try await withDeadline(Deadline(after: .seconds(3), clock: clock)) { Deadline.current?.remaining }
        #expect(inside == .seconds(3))
        #expect(Deadline.current == nil)
    }

    @Test("Work that takes longer is cancelled, and the error says that it was the deadline")
    func tooLong() async throws {
        let clock = ManualClock()
        let call = Task {
            try await withDeadline(Deadline(after: .seconds(15), clock: clock)) {
                try await clock.sleep(for: .seconds(3600))
            }
        }
        try await clock.waitForSleepers(2)
        clock.advance(by: .seconds(15))
        await #expect(throws: TimeoutError(limit: .seconds(15), kind: .deadline)) { try await call.value }
    }

    @Test("The earlier of two deadlines counts, whichever is set inside", arguments: [(10, 20), (20, 10)])
    func nested(outer: Int, inner: Int) async throws {
        let clock = ManualClock()
        let remaining = try await withDeadline(Deadline(after: .seconds(outer), clock: clock)) {
            try await withDeadline(Deadline(after: .seconds(inner), clock: clock)) { Deadline.current?.remaining }
        }
        #expect(remaining == .seconds(10))
    }

    @Test("After the deadline the work isn't started")
    func over() async {
        let clock = ManualClock()
        let deadline = Deadline(after: .seconds(1), clock: clock)
        clock.advance(by: .seconds(1))
        let started = Counter()
        await #expect(throws: TimeoutError(limit: .seconds(1), kind: .deadline)) {
            try await withDeadline(deadline) { started.add() }
        }
        #expect(started.value == 0)
    }

    @Test("A deadline on the system's clock counts down as well")
    func systemClock() {
        let deadline = Deadline(after: .seconds(3600))
        #expect(deadline.remaining <= .seconds(3600))
        #expect(deadline.remaining > .seconds(3500))
        #expect(Deadline(after: .zero).isOver)
    }
}
