import Resilience
import TestSupport
import Testing

@Suite("Circuit breaker: snapshot")
struct SnapshotTests {
    @Test("A new breaker is closed and has seen nothing")
    func new() {
        let snapshot = Harness().snapshot
        #expect(snapshot.state == .closed)
        #expect(!snapshot.isProbeDue)
        #expect(snapshot.takenAt == .zero)
        #expect(snapshot.probeAt == nil)
        #expect(snapshot.timeUntilProbe == nil)
        #expect(snapshot.currentWait == nil)
        #expect(snapshot.totals == CircuitBreaker.Totals())
        #expect(snapshot.generation == 0)
        #expect(snapshot.configuration == CircuitBreakerConfiguration())
    }

    @Test("Ages of failures are those inside the window, oldest first")
    func ages() throws {
        let test = Harness(try CircuitBreakerConfiguration(failureThreshold: 4))
        test.call(.failure())
        test.advance(seconds: 20)
        test.call(.failure())
        test.advance(seconds: 4)
        test.call(.failure())
        #expect(test.snapshot.failureAges == [.seconds(24), .seconds(4), .zero])
        test.advance(seconds: 6)
        #expect(test.snapshot.failureAges == [.seconds(10), .seconds(6)])
        #expect(test.snapshot.failuresAt == [.seconds(20), .seconds(24)])
    }

    @Test("While the breaker is open, the failures that opened it are shown as long as they are inside the window")
    func whileOpen() throws {
        let test = Harness(try CircuitBreakerConfiguration(resetTimeout: .seconds(60)))
        test.fail(times: 2)
        test.advance(seconds: 5)
        test.call(.failure())
        test.advance(seconds: 25)
        let snapshot = test.snapshot
        #expect(snapshot.state == .open)
        #expect(snapshot.failureAges == [.seconds(25)])
        #expect(snapshot.enteredStateAt == .seconds(5))
        #expect(snapshot.timeInState == .seconds(25))
        #expect(snapshot.probeAt == .seconds(65))
        #expect(snapshot.timeUntilProbe == .seconds(35))
    }

    @Test(
        "The schedule of waits ends at the cap, or where it stops growing",
        arguments: [
            (10.0, 60.0, 2.0, [10.0, 20, 40, 60]),
            (10, 60, 1, [10]),
            (60, 60, 2, [60]),
            (10, 25, 3, [10, 25]),
        ]
    )
    func schedule(base: Double, cap: Double, multiplier: Double, expected: [Double]) throws {
        let test = Harness(
            try CircuitBreakerConfiguration(
                resetTimeout: .seconds(base),
                maximumResetTimeout: .seconds(cap),
                resetMultiplier: multiplier
            )
        )
        #expect(test.snapshot.waits == expected.map { .seconds($0) })
    }

    @Test("A schedule that hardly grows is cut at 64 waits")
    func longSchedule() throws {
        let test = Harness(try CircuitBreakerConfiguration(resetMultiplier: 1.000_1))
        #expect(test.snapshot.waits.count == 64)
    }

    @Test("A transition carries the states, the reason, the time, the wait and the generation")
    func transition() throws {
        let test = Harness()
        test.advance(seconds: 3)
        test.fail(times: 3)
        let transition = try #require(test.transitions.first)
        #expect(transition.from == .closed)
        #expect(transition.to == .open)
        #expect(transition.reason == .failureThreshold)
        #expect(transition.at == .seconds(3))
        #expect(transition.wait == .seconds(10))
        #expect(transition.generation == 1)
        #expect(test.snapshot.generation == 1)
    }
}
