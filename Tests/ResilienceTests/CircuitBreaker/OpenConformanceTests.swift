import Resilience
import TestSupport
import Testing

/// The wait of an open breaker.
///
/// The numbers are those of the conformance scenarios.
@Suite("Circuit breaker: open")
struct OpenConformanceTests {
    @Test("10 · the call at the end of the wait is admitted, and finds the window empty")
    func endOfWait() throws {
        let test = Harness(try CircuitBreakerConfiguration(resetTimeout: .seconds(5)))
        test.fail(times: 3)
        test.advance(seconds: 3)
        #expect(test.rejection() == CircuitBreaker.Rejection(state: .open, retryAfter: .seconds(2)))
        test.clock.advance(by: .seconds(2) - .nanoseconds(1))
        #expect(test.rejection() == CircuitBreaker.Rejection(state: .open, retryAfter: .nanoseconds(1)))
        test.clock.advance(by: .nanoseconds(1))
        let probe = try test.begin()
        let isProbe = probe.isProbe
        #expect(isProbe)
        #expect(test.state == .halfOpen)
        #expect(!test.snapshot.isProbeDue)
        #expect(test.snapshot.failuresAt.isEmpty)
        probe.ignore()
    }

    @Test("11 · waits double up to the cap, and begin anew after a close")
    func waits() {
        let test = Harness()
        test.fail(times: 3)
        for wait in [10, 20, 40, 60, 60, 60] {
            #expect(test.snapshot.currentWait == .seconds(wait))
            test.clock.advance(by: .seconds(wait) - .nanoseconds(1))
            #expect(test.rejection()?.state == .open)
            test.clock.advance(by: .nanoseconds(1))
            #expect(test.call(.failure()) == nil)
        }
        test.advance(seconds: 60)
        test.call(.success)
        #expect(test.state == .closed)
        #expect(test.snapshot.openings == 0)
        test.fail(times: 3)
        #expect(test.snapshot.currentWait == .seconds(10))
        #expect(
            test.transitions.compactMap(\.wait)
                == [10, 20, 40, 60, 60, 60, 60, 10].map { Duration.seconds($0) }
        )
    }

    @Test("Probes come 10, 20, 40, 60, 60 s after one another while every probe fails")
    func probeTimes() {
        let test = Harness()
        test.fail(times: 3)
        var probes: [Duration] = []
        var last = Duration.zero
        for _ in 0..<200 where probes.count < 5 {
            test.advance(seconds: 1)
            let now = test.snapshot.takenAt
            if test.call(.failure()) == nil {
                probes.append(now - last)
                last = now
            }
        }
        #expect(probes == [10, 20, 40, 60, 60].map { Duration.seconds($0) })
    }

    @Test("12 · a rejection says how much of the wait is left")
    func retryAfter() throws {
        let test = Harness(try CircuitBreakerConfiguration(resetTimeout: .seconds(1)))
        test.fail(times: 3)
        #expect(test.rejection()?.retryAfter == .seconds(1))
        test.advance(seconds: 0.5)
        #expect(test.rejection()?.retryAfter == .milliseconds(500))
    }

    @Test("36 · a clock that steps back, which the default one never does, lets no call through early")
    func clockStepsBack() {
        let test = Harness()
        test.advance(seconds: 1_000)
        test.fail(times: 3)
        test.advance(seconds: -500)
        #expect(test.rejection()?.retryAfter == .seconds(510))
        #expect(test.snapshot.timeInState == .zero)
        test.advance(seconds: 509.999)
        #expect(test.rejection() != nil)
        test.advance(seconds: 0.001)
        #expect(test.call(.success) == nil)
        #expect(test.state == .closed)
    }

    @Test("13 · near the end of the clock's range a wait saturates")
    func saturates() throws {
        let longest = Duration.seconds(Int64.max)
        let test = Harness(
            try CircuitBreakerConfiguration(
                failureWindow: longest,
                resetTimeout: longest,
                maximumResetTimeout: longest,
                probeTimeout: longest
            )
        )
        test.clock.advance(by: .nanoseconds(Int64.max - 5))
        test.fail(times: 3)
        #expect(test.state == .open)
        #expect(test.snapshot.timeUntilProbe == .nanoseconds(5))
        #expect(test.rejection()?.retryAfter == .nanoseconds(5))
        test.clock.advance(by: .seconds(1_000))
        #expect(test.call(.failure()) == nil)
        #expect(test.snapshot.openings == 2)
    }

    @Test("Jitter shortens a wait by up to its share, and never lengthens it")
    func jitter() throws {
        let half = Harness(try CircuitBreakerConfiguration(jitter: 0.1), jitter: .constant(0.5))
        half.fail(times: 3)
        #expect(half.snapshot.currentWait == .milliseconds(9500))

        let seeded = Harness(
            try CircuitBreakerConfiguration(failureThreshold: 1, resetMultiplier: 1),
            jitter: RandomSource(SplitMix64(seed: 7))
        )
        var waits: Set<Duration> = []
        for _ in 0..<100 {
            seeded.call(.failure())
            guard let wait = seeded.snapshot.currentWait else { break }
            waits.insert(wait)
            seeded.clock.advance(by: wait)
        }
        #expect(waits.count == 100)
        #expect(waits.allSatisfy { $0 > .seconds(9) && $0 <= .seconds(10) })
    }

    @Test("A longer Retry-After extends the wait, up to the cap, and a shorter one doesn't matter")
    func upstreamAsksForMore() {
        for (asked, wait) in [(5, 10), (25, 25), (3600, 60)] {
            let test = Harness()
            test.fail(times: 2)
            test.call(.failure(retryAfter: .seconds(asked)))
            #expect(test.snapshot.currentWait == .seconds(wait))
            #expect(test.transitions.last?.wait == .seconds(wait))
        }
    }

    @Test("Jitter doesn't shorten what the upstream asked for")
    func retryAfterWithoutJitter() {
        let test = Harness(jitter: .constant(1))
        test.fail(times: 2)
        test.call(.failure(retryAfter: .seconds(10)))
        #expect(test.snapshot.currentWait == .seconds(10))
    }

    @Test("Looking at a breaker whose wait is over reads half-open and due, and changes nothing")
    func due() {
        let test = Harness()
        test.fail(times: 3)
        test.advance(seconds: 12)
        let first = test.snapshot
        #expect(first.state == .halfOpen)
        #expect(first.isProbeDue)
        #expect(first.timeUntilProbe == .zero)
        #expect(first.timeInState == .seconds(2))
        #expect(first.probesUnderWay == 0)
        #expect(first == test.snapshot)
        #expect(test.transitions.count == 1)
        #expect(test.call(.success) == nil)
        #expect(test.transitions.map(\.reason) == [.failureThreshold, .waitElapsed, .probeSucceeded])
    }

    // 36 · the wall clock steps back: nothing to test, since no code here reads one. Times come from a `Clock`, whose
    // instants never go backwards, and the breaker reads it under its lock.
}
