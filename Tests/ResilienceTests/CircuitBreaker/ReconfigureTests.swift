import Resilience
import Testing

@Suite("New settings while the breaker works", .timeLimit(.minutes(1)))
struct ReconfigureTests {
    @Test("hold from the next failure on, and the failures before it count")
    func lowerThreshold() throws {
        let test = Harness(try CircuitBreakerConfiguration(failureThreshold: 5))
        test.fail(times: 3)
        test.breaker.reconfigure(try CircuitBreakerConfiguration(failureThreshold: 3))
        #expect(test.state == .closed)
        #expect(test.transitions.isEmpty)
        test.fail(times: 1)
        #expect(test.state == .open)
    }

    @Test("keep the latest failures where the threshold rises, too")
    func higherThreshold() throws {
        let test = Harness(try CircuitBreakerConfiguration(failureThreshold: 3))
        test.fail(times: 2)
        test.breaker.reconfigure(try CircuitBreakerConfiguration(failureThreshold: 4))
        test.fail(times: 1)
        #expect(test.state == .closed)
        test.fail(times: 1)
        #expect(test.state == .open)
    }

    @Test("make a shorter window forget what is outside of it")
    func shorterWindow() throws {
        let test = Harness(try CircuitBreakerConfiguration(failureThreshold: 3, failureWindow: .seconds(30)))
        test.fail(times: 2)
        test.advance(seconds: 10)
        test.breaker.reconfigure(try CircuitBreakerConfiguration(failureThreshold: 3, failureWindow: .seconds(10)))
        #expect(test.snapshot.failuresAt.isEmpty)
        test.fail(times: 1)
        #expect(test.state == .closed)
    }

    @Test("leave the wait under way, and hold for the next one")
    func waits() throws {
        let test = Harness(try CircuitBreakerConfiguration(failureThreshold: 1, resetTimeout: .seconds(10)))
        test.fail(times: 1)
        test.breaker.reconfigure(
            try CircuitBreakerConfiguration(failureThreshold: 1, resetTimeout: .seconds(2), resetMultiplier: 3)
        )
        #expect(test.snapshot.waits.prefix(3) == [.seconds(2), .seconds(6), .seconds(18)])
        test.advance(seconds: 9)
        #expect(test.rejection()?.retryAfter == .seconds(1))
        test.advance(seconds: 1)
        test.fail(times: 1)
        // The second opening: the second step of the new waits.
        #expect(test.rejection()?.retryAfter == .seconds(6))
    }

    @Test("leave a probe under way its place and its say")
    func probes() throws {
        let test = Harness(try CircuitBreakerConfiguration(failureThreshold: 1))
        test.fail(times: 1)
        test.advance(seconds: 10)
        let probe = try test.begin()
        test.breaker.reconfigure(try CircuitBreakerConfiguration(failureThreshold: 2, halfOpenProbes: 2))
        let second = try test.begin()
        #expect(test.rejection()?.state == .halfOpen)
        second.ignore()
        probe.succeed()
        #expect(test.state == .closed)
    }

    @Test("switch the rule that a success forgets failures on and off, also for calls without the lock")
    func resetOnSuccess() throws {
        let test = Harness(try CircuitBreakerConfiguration(failureThreshold: 2, resetOnSuccess: false))
        test.breaker.reconfigure(try CircuitBreakerConfiguration(failureThreshold: 2, resetOnSuccess: true))
        test.fail(times: 1)
        test.call(.success)
        test.fail(times: 1)
        #expect(test.state == .closed)
        test.breaker.reconfigure(try CircuitBreakerConfiguration(failureThreshold: 2, resetOnSuccess: false))
        test.call(.success)
        test.fail(times: 1)
        #expect(test.state == .open)
    }

    @Test("don't take a call for slow that began before anybody measured")
    func slowRuleSwitchedOn() throws {
        let test = Harness()
        test.advance(seconds: 100)
        let earlier = try test.begin()
        let slow = try CircuitBreakerConfiguration(
            slowCallRateThreshold: 0.5,
            slowCallDuration: .seconds(1),
            minimumCalls: 1
        )
        test.breaker.reconfigure(slow)
        earlier.succeed()
        #expect(test.state == .closed)
        let later = try test.begin()
        test.advance(seconds: 2)
        later.succeed()
        #expect(test.state == .open)
        #expect(test.snapshot.totals.succeeded == 2)
    }

    @Test("keep the calls of the rates where the window stays the same, and only there")
    func rates() throws {
        func rates(_ threshold: Double, buckets: Int = 10) throws -> CircuitBreakerConfiguration {
            try CircuitBreakerConfiguration(
                failureThreshold: 100,
                failureRateThreshold: threshold,
                minimumCalls: 4,
                windowBuckets: buckets
            )
        }
        let test = Harness(try rates(0.9))
        for outcome in [CircuitBreaker.Outcome.success, .success, .failure()] { test.call(outcome) }
        test.breaker.reconfigure(try rates(0.5))
        #expect(test.snapshot.callsInWindow.calls == 3)
        test.breaker.reconfigure(try rates(0.5, buckets: 5))
        #expect(test.snapshot.callsInWindow.calls == 0)
        test.breaker.reconfigure(try CircuitBreakerConfiguration(failureThreshold: 100))
        test.fail(times: 10)
        #expect(test.state == .closed)
    }

    @Test("are what the breaker says that it has")
    func configuration() throws {
        let test = Harness()
        let other = try CircuitBreakerConfiguration(failureThreshold: 7)
        test.breaker.reconfigure(other)
        #expect(test.breaker.configuration == other)
        #expect(test.snapshot.configuration == other)
    }
}
