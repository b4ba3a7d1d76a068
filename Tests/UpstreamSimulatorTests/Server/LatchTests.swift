import Testing

@testable import UpstreamSimulator

@Suite(.timeLimit(.minutes(3))) struct LatchTests {
    @Test func `All that wait get the first result, and so do those that come later`() async throws {
        let latch = Latch<Int>()
        let waiters = (0..<5).map { _ in Task { try await latch.value() } }
        latch.open(.success(1))
        latch.open(.success(2))
        for waiter in waiters { #expect(try await waiter.value == 1) }
        #expect(try await latch.value() == 1)
        #expect(latch.current == 1)
    }

    @Test func `A cancelled wait ends and leaves the others waiting`() async throws {
        let latch = Latch<Int>()
        let cancelled = Task { try await latch.value() }
        let other = Task { try await latch.value() }
        cancelled.cancel()
        await #expect(throws: CancellationError.self) { try await cancelled.value }
        latch.open(.success(3))
        #expect(try await other.value == 3)
    }

    @Test func `A failure is thrown to all`() async {
        let latch = Latch<Int>()
        latch.open(.failure(SimulatorError.notRunning))
        await #expect(throws: SimulatorError.notRunning) { try await latch.value() }
        #expect(latch.current == nil)
    }
}
