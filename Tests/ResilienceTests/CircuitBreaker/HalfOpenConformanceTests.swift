import Resilience
import TestSupport
import Testing

/// Probes.
///
/// The numbers are those of the conformance scenarios.
@Suite("Circuit breaker: half-open")
struct HalfOpenConformanceTests {
    /// A breaker at the moment when it lets the first probe through.
    private func due(
        probes: Int = 1,
        successesToClose: Int = 1,
        probeTimeout: Duration = .seconds(30)
    ) throws -> Harness {
        let test = Harness(
            try CircuitBreakerConfiguration(
                halfOpenProbes: probes,
                successesToClose: successesToClose,
                probeTimeout: probeTimeout
            )
        )
        test.fail(times: 3)
        test.advance(seconds: 10)
        return test
    }

    @Test("14 · as many probes as configured get in, and an ignored one gives its place back")
    func places() throws {
        let test = try due(probes: 4)
        let first = try test.begin()
        let second = try test.begin()
        let third = try test.begin()
        let fourth = try test.begin()
        #expect(test.rejection()?.state == .halfOpen)
        #expect(test.rejection()?.state == .halfOpen)
        #expect(test.snapshot.probesUnderWay == 4)
        first.ignore()
        let again = try test.begin()
        #expect(test.rejection()?.state == .halfOpen)
        #expect(test.snapshot.probesUnderWay == 4)
        again.ignore()
        second.ignore()
        third.ignore()
        fourth.ignore()
        #expect(test.snapshot.probesUnderWay == 0)
    }

    @Test("15 · while the probe is under way others are rejected, and the probe decides")
    func firstDecides() throws {
        let test = try due()
        let probe = try test.begin()
        test.advance(seconds: 5)
        #expect(test.rejection() == CircuitBreaker.Rejection(state: .halfOpen, retryAfter: .seconds(25)))
        probe.succeed()
        #expect(test.state == .closed)
    }

    @Test("16 · a probe that hangs for the probe timeout counts as failed with the next call")
    func hungProbe() throws {
        let test = try due(probeTimeout: .seconds(5))
        let probe = try test.begin()
        test.clock.advance(by: .seconds(5) - .nanoseconds(1))
        #expect(test.rejection()?.state == .halfOpen)
        test.clock.advance(by: .nanoseconds(1))
        #expect(test.rejection() == CircuitBreaker.Rejection(state: .open, retryAfter: .seconds(20)))
        #expect(test.transitions.last?.reason == .probeTimedOut)
        #expect(test.snapshot.openings == 2)
        probe.succeed()
        #expect(test.state == .open)
        #expect(test.snapshot.totals.succeeded == 1)
        #expect(test.snapshot.totals.failed == 3)
    }

    @Test("16 · a probe that ends only after the probe timeout counts as failed, also if it succeeds")
    func lateProbe() throws {
        let test = try due(probeTimeout: .seconds(5))
        let probe = try test.begin()
        test.advance(seconds: 5)
        probe.succeed()
        #expect(test.state == .open)
        #expect(test.transitions.last?.reason == .probeTimedOut)
    }

    @Test("18 · ignored probes decide nothing and give their places back")
    func ignoredProbes() throws {
        let test = try due()
        for _ in 0..<4 { #expect(test.call(.ignored) == nil) }
        #expect(test.state == .halfOpen)
        #expect(test.snapshot.probeSuccesses == 0)
        #expect(test.snapshot.probesUnderWay == 0)
        #expect(test.transitions.last?.reason == .waitElapsed)
        #expect(test.call(.success) == nil)
        #expect(test.state == .closed)
    }

    @Test("19 · a probe whose task is cancelled leaves the breaker able to close")
    func cancelledProbe() async throws {
        let test = try due()
        let breaker = test.breaker
        let clock = test.clock
        let probe = Task { try await breaker.run { try await clock.sleep(for: .seconds(3600)) } }
        try await clock.waitForSleepers(1)
        probe.cancel()
        await #expect(throws: CancellationError.self) { try await probe.value }
        #expect(test.state == .halfOpen)
        #expect(test.snapshot.probesUnderWay == 0)
        #expect(test.snapshot.totals.ignored == 1)
        #expect(test.call(.success) == nil)
        #expect(test.state == .closed)
    }

    @Test("22 · a probe's failure has no effect after an operator's reset")
    func resetDuringProbe() throws {
        let test = try due()
        let probe = try test.begin()
        test.breaker.reset()
        probe.fail()
        #expect(test.state == .closed)
        #expect(test.snapshot.failuresAt.isEmpty)
        #expect(test.snapshot.totals.failed == 4)
    }

    @Test(
        "23 · a probe of an earlier half-open state takes and frees no place in the next",
        arguments: [CircuitBreaker.Outcome.success, .failure(), .ignored]
    )
    func staleProbe(outcome: CircuitBreaker.Outcome) throws {
        let test = try due(probes: 2)
        let stale = try test.begin()
        test.call(.failure())
        #expect(test.state == .open)
        test.advance(seconds: 20)
        let fresh = try test.begin()
        #expect(test.snapshot.probesUnderWay == 1)
        stale.settle(outcome)
        #expect(test.state == .halfOpen)
        #expect(test.snapshot.probesUnderWay == 1)
        let second = try test.begin()
        #expect(test.rejection()?.state == .halfOpen)
        second.ignore()
        fresh.succeed()
        #expect(test.state == .closed)
    }

    @Test("24 · a failure among the successes that would close opens again")
    func failureAmongSuccesses() throws {
        let test = try due(successesToClose: 3)
        test.call(.success)
        test.call(.success)
        #expect(test.snapshot.probeSuccesses == 2)
        test.call(.failure())
        #expect(test.state == .open)
        #expect(test.snapshot.currentWait == .seconds(20))
        test.advance(seconds: 20)
        for _ in 0..<2 { test.call(.success) }
        #expect(test.state == .halfOpen)
        test.call(.success)
        #expect(test.state == .closed)
    }

    @Test("37 · a permit that is dropped counts as ignored, once, and gives its place back")
    func droppedPermit() throws {
        let test = try due()
        do { _ = try test.begin() }
        #expect(test.snapshot.totals.ignored == 1)
        #expect(test.snapshot.probesUnderWay == 0)
        #expect(test.state == .halfOpen)
        #expect(test.call(.success) == nil)
        #expect(test.snapshot.totals.ignored == 1)
    }

    // 38 · a permit settled twice: `Permit` can't be copied and settling consumes it, so this doesn't compile.
}
