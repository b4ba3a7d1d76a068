import Resilience
import TestSupport
import Testing

/// What opens a breaker by its share of all calls.
///
/// The numbers are those of the conformance scenarios.
@Suite("Circuit breaker: rates")
struct RateConformanceTests {
    @Test("1 · the rate is unknown before the minimum of calls, and the failure that fills it up opens")
    func minimum() throws {
        let test = Harness(try .failureRate(0.5, minimumCalls: 5))
        test.fail(times: 3)
        test.call(.success)
        #expect(test.state == .closed)
        #expect(test.snapshot.failureRate == nil)
        test.call(.failure())
        #expect(test.state == .open)
        #expect(test.snapshot.failureRate == 0.8)
        #expect(test.transitions.map(\.reason) == [.failureRate])
    }

    @Test("1 · three of five calls are 60 %")
    func sixtyPercent() throws {
        let test = Harness(try .failureRate(0.6, minimumCalls: 5))
        test.fail(times: 2)
        for _ in 0..<2 { test.call(.success) }
        test.call(.failure())
        #expect(test.state == .open)
        #expect(test.snapshot.failureRate == 0.6)
    }

    @Test("2 · opens with the failure by which the rate reaches its threshold")
    func reachesThreshold() throws {
        let test = Harness(try .failureRate(0.5, minimumCalls: 5))
        for outcome in [CircuitBreaker.Outcome.success, .success, .success, .failure(), .failure()] {
            test.call(outcome)
            test.advance(seconds: 1)
        }
        #expect(test.state == .closed)
        #expect(test.snapshot.failureRate == 0.4)
        test.call(.failure())
        #expect(test.state == .open)
        #expect(test.snapshot.failureRate == 0.5)
    }

    @Test("4 · a success doesn't open, also if it is the call that makes the rate known")
    func successDoesNotOpen() throws {
        let test = Harness(try .failureRate(0.5, minimumCalls: 4))
        test.fail(times: 3)
        test.call(.success)
        #expect(test.state == .closed)
        #expect(test.snapshot.failureRate == 0.75)
        test.call(.failure())
        #expect(test.state == .open)
    }

    @Test("7 · of a window of 30 s in buckets of 3 s, the oldest bucket leaves exactly")
    func bucketsLeave() throws {
        let test = Harness(try .failureRate(1, minimumCalls: 1000))
        for bucket in 1...10 {
            // At both ends of the bucket.
            for _ in 0..<bucket { test.call(.failure()) }
            test.clock.advance(by: .seconds(3) - .nanoseconds(1))
            test.call(.success)
            #expect(test.snapshot.buckets.count == bucket)
            if bucket < 10 { test.clock.advance(by: .nanoseconds(1)) }
        }
        var left = test.snapshot.callsInWindow
        #expect(left.calls == 65)
        #expect(left.failed == 55)
        #expect(test.snapshot.buckets.map(\.counts.failed) == Array(1...10))
        #expect(test.snapshot.buckets.map(\.startsAt) == (0..<10).map { .seconds(3 * $0) })
        for bucket in 1...10 {
            test.clock.advance(by: .nanoseconds(1))
            left = test.snapshot.callsInWindow
            #expect(left.failed == ((bucket + 1)..<11).reduce(0, +))
            #expect(left.calls == left.failed + 10 - bucket)
            #expect(test.snapshot.buckets.first?.startsAt == .seconds(3 * bucket))
            test.clock.advance(by: .seconds(3) - .nanoseconds(1))
            #expect(test.snapshot.callsInWindow == left, "one tick before the next leaves")
        }
    }

    @Test("8 · calls outside the window count neither for the rate nor for the minimum")
    func forgetsPairs() throws {
        let test = Harness(try .failureRate(0.5, minimumCalls: 3, window: .milliseconds(200)))
        test.call(.failure())
        test.call(.success)
        test.advance(seconds: 0.21)
        test.call(.failure())
        test.call(.success)
        #expect(test.state == .closed)
        #expect(test.snapshot.failureRate == nil)
        test.advance(seconds: 0.05)
        test.call(.failure())
        #expect(test.state == .open)
        #expect(test.snapshot.callsInWindow.calls == 3)
    }

    @Test("33 · a million failures at one instant take no more memory than the buckets")
    func millionFailures() throws {
        let test = Harness(try .failureRate(0.5, minimumCalls: 1_000_000))
        var most = 0
        for number in 1..<1_000_000 {
            test.call(.failure())
            if number % 100_000 == 0 { most = max(most, test.snapshot.buckets.count + test.snapshot.failuresAt.count) }
        }
        #expect(most == 1)
        #expect(test.state == .closed)
        #expect(test.snapshot.callsInWindow.failed == 999_999)
        test.call(.failure())
        #expect(test.state == .open)
    }

    @Test("Ignored calls count neither for the rate nor for the minimum")
    func ignored() throws {
        let test = Harness(try .failureRate(0.5, minimumCalls: 5))
        test.fail(times: 2)
        for _ in 0..<10 { test.call(.ignored) }
        #expect(test.snapshot.callsInWindow.calls == 2)
        test.fail(times: 2)
        #expect(test.state == .closed)
        test.fail(times: 1)
        #expect(test.state == .open)
    }

    @Test("A success that forgets the failures doesn't change the rate")
    func resetOnSuccess() throws {
        let test = Harness(
            try CircuitBreakerConfiguration(failureRateThreshold: 0.75, minimumCalls: 4, resetOnSuccess: true)
        )
        test.fail(times: 2)
        test.call(.success)
        #expect(test.snapshot.failuresAt.isEmpty)
        #expect(test.snapshot.callsInWindow.failed == 2)
        test.fail(times: 1)
        #expect(test.state == .open)
        #expect(test.transitions.map(\.reason) == [.failureRate])
    }

    @Test("The count of failures comes before their share")
    func precedence() throws {
        let test = Harness(try CircuitBreakerConfiguration(failureRateThreshold: 0.5, minimumCalls: 3))
        test.fail(times: 3)
        #expect(test.transitions.map(\.reason) == [.failureThreshold])
        #expect(test.snapshot.callsInWindow.failed == 3)
    }

    @Test("A share that a binary fraction can't hold is reached exactly", arguments: [1, 7, 29, 55, 57, 99])
    func exactShare(percent: Int) throws {
        let test = Harness(try .failureRate(Double(percent) / 100, minimumCalls: 100))
        for _ in 0..<(100 - percent) { test.call(.success) }
        test.fail(times: percent - 1)
        #expect(test.state == .closed)
        test.fail(times: 1)
        #expect(test.state == .open)
    }

    @Test("A failure that opens by the rate may ask for a longer wait")
    func retryAfter() throws {
        let test = Harness(try .failureRate(0.5, minimumCalls: 2))
        test.fail(times: 1)
        test.call(.failure(retryAfter: .seconds(30)))
        #expect(test.snapshot.currentWait == .seconds(30))
    }

    @Test("Calls that no longer count: of an earlier state, of probes, while disabled, before a close or a reset")
    func forgotten() throws {
        let test = Harness(try .failureRate(0.5, minimumCalls: 2))
        let early = try test.begin()
        test.fail(times: 2)
        early.fail()
        #expect(test.snapshot.callsInWindow.calls == 2)
        test.advance(seconds: 10)
        #expect(test.snapshot.isProbeDue && test.snapshot.buckets.isEmpty)
        test.call(.failure())
        #expect(test.state == .open)
        #expect(test.snapshot.callsInWindow.calls == 0)
        test.advance(seconds: 20)
        test.call(.success)
        #expect(test.state == .closed)
        #expect(test.snapshot.callsInWindow.calls == 0)
        test.fail(times: 1)
        test.breaker.reset()
        #expect(test.snapshot.callsInWindow.calls == 0)
        test.breaker.disable()
        test.fail(times: 5)
        test.breaker.automatic()
        #expect(test.snapshot.callsInWindow.calls == 0)
        test.fail(times: 1)
        #expect(test.state == .closed)
    }

    @Test("Threads that settle at once count every call")
    func threads() async throws {
        let test = Harness(
            try CircuitBreakerConfiguration(
                failureThreshold: nil,
                failureRateThreshold: 1,
                slowCallRateThreshold: 1,
                minimumCalls: 1_000_000
            )
        )
        await onThreads(8) { number in
            for step in 0..<2_000 {
                switch test.breaker.admit() {
                case .rejected: break
                case .admitted(let permit): permit.settle(step % 4 == number % 4 ? .failure() : .success)
                }
            }
        }
        #expect(test.snapshot.callsInWindow.calls == 16_000)
        #expect(test.snapshot.callsInWindow.failed == 4_000)
        #expect(test.snapshot.callsInWindow.slow == 0)
    }
}

extension CircuitBreakerConfiguration {
    /// Only the failure rate opens.
    fileprivate static func failureRate(
        _ share: Double,
        minimumCalls: Int,
        window: Duration = .seconds(30)
    ) throws -> CircuitBreakerConfiguration {
        try CircuitBreakerConfiguration(
            failureThreshold: nil,
            failureWindow: window,
            failureRateThreshold: share,
            minimumCalls: minimumCalls
        )
    }
}
