import TestSupport
import Testing

@Suite("Manual clock", .timeLimit(.minutes(3)))
struct ManualClockTests {
    @Test("A sleeper wakes when its time has come, and not before")
    func wakes() async throws {
        let clock = ManualClock()
        let sleeper = Task { try await clock.sleep(for: .seconds(2)) }
        try await clock.waitForSleepers(1)
        clock.advance(by: .seconds(1))
        #expect(clock.sleepers == 1)
        clock.advance(by: .seconds(1))
        #expect(clock.sleepers == 0)
        try await sleeper.value
    }

    @Test("A cancelled sleeper throws at once, also if it was cancelled before")
    func cancellation() async throws {
        let clock = ManualClock()
        let sleeper = Task { try await clock.sleep(for: .seconds(2)) }
        try await clock.waitForSleepers(1)
        sleeper.cancel()
        await #expect(throws: CancellationError.self) { try await sleeper.value }
        #expect(clock.sleepers == 0)

        let early = Task {
            while !Task.isCancelled { await Task.yield() }
            try await clock.sleep(for: .zero)
        }
        early.cancel()
        await #expect(throws: CancellationError.self) { try await early.value }
    }

    @Test("Waiting for sleepers ends when there are enough, or with cancellation")
    func waiting() async throws {
        let clock = ManualClock()
        let observer = Task { try await clock.waitForSleepers(3) }
        let sleepers = (0..<3).map { _ in Task { try await clock.sleep(for: .seconds(1)) } }
        try await observer.value
        clock.advance(by: .seconds(1))
        for sleeper in sleepers { try await sleeper.value }

        let endless = Task { try await clock.waitForSleepers(1) }
        endless.cancel()
        await #expect(throws: CancellationError.self) { try await endless.value }
    }
}
