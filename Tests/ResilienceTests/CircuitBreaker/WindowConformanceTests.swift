import Resilience
import TestSupport
import Testing

/// What opens a breaker.
///
/// The numbers are those of the conformance scenarios.
@Suite("Circuit breaker: the window")
struct WindowConformanceTests {
    @Test("5 · a failure exactly as old as the window is outside")
    func edgeIsOutside() throws {
        let test = Harness(try CircuitBreakerConfiguration(failureThreshold: 3, failureWindow: .seconds(10)))
        test.call(.failure())
        test.clock.advance(by: .seconds(10))
        test.fail(times: 2)
        #expect(test.state == .closed)
        #expect(test.snapshot.failureAges == [.zero, .zero])
        test.fail(times: 1)
        #expect(test.state == .open)
    }

    @Test("6 · the window slides: one tick before its edge a failure is still inside")
    func slides() throws {
        let test = Harness(try CircuitBreakerConfiguration(failureThreshold: 3, failureWindow: .seconds(10)))
        test.call(.failure())
        test.clock.advance(by: .seconds(10) - .nanoseconds(1))
        test.fail(times: 2)
        #expect(test.state == .open)
    }

    @Test("The default window ends exactly at 30 s")
    func defaultWindow() {
        let outside = Harness()
        outside.fail(times: 2)
        outside.advance(seconds: 30)
        outside.fail(times: 2)
        #expect(outside.state == .closed)

        let inside = Harness()
        inside.fail(times: 2)
        inside.clock.advance(by: .seconds(30) - .nanoseconds(1))
        inside.fail(times: 1)
        #expect(inside.state == .open)
    }

    @Test("8 · failures are forgotten one by one as they leave the window")
    func forgetsPairs() throws {
        let test = Harness(try CircuitBreakerConfiguration(failureThreshold: 2, failureWindow: .milliseconds(200)))
        test.call(.failure())
        test.call(.success)
        test.advance(seconds: 0.21)
        test.call(.failure())
        test.call(.success)
        #expect(test.state == .closed)
        test.advance(seconds: 0.05)
        test.call(.failure())
        #expect(test.state == .open)
    }

    @Test("9 · five failures that span exactly the window don't open")
    func spansTheWindow() throws {
        let test = Harness(try CircuitBreakerConfiguration(failureThreshold: 5, failureWindow: .seconds(15)))
        for number in 0..<5 {
            if number > 0 { test.advance(seconds: 3.75) }
            test.call(.failure())
        }
        #expect(test.snapshot.takenAt == .seconds(15))
        #expect(test.state == .closed)
        #expect(test.snapshot.failuresAt.count == 4)
    }

    @Test("A success doesn't forget failures")
    func successKeepsFailures() {
        let test = Harness()
        test.fail(times: 2)
        test.call(.success)
        test.fail(times: 1)
        #expect(test.state == .open)
    }

    @Test("A success forgets failures if the configuration says so")
    func successResets() throws {
        let test = Harness(try CircuitBreakerConfiguration(resetOnSuccess: true))
        test.fail(times: 2)
        test.call(.success)
        #expect(test.snapshot.failuresAt.isEmpty)
        test.fail(times: 2)
        #expect(test.state == .closed)
        test.fail(times: 1)
        #expect(test.state == .open)
    }

    @Test("An ignored call neither counts as a failure nor forgets one")
    func ignoredCounts() throws {
        let test = Harness(try CircuitBreakerConfiguration(resetOnSuccess: true))
        test.fail(times: 2)
        for _ in 0..<10 { test.call(.ignored) }
        #expect(test.state == .closed)
        test.fail(times: 1)
        #expect(test.state == .open)
    }

    @Test("20 · a success of a call admitted before the breaker opened counts in the totals only")
    func lateSuccess() throws {
        let test = Harness()
        let early = try test.begin()
        test.fail(times: 3)
        let before = test.snapshot
        early.succeed()
        #expect(test.state == .open)
        #expect(before.totals.succeeded == 0)
        #expect(test.snapshot.totals.succeeded == 1)
        #expect(test.transitions.count == 1)
    }

    @Test("21 · a failure of a call admitted before the breaker opened extends nothing")
    func lateFailure() throws {
        let test = Harness()
        let early = try test.begin()
        test.fail(times: 3)
        let before = test.snapshot
        test.advance(seconds: 4)
        early.fail(retryAfter: .seconds(60))
        let after = test.snapshot
        #expect(after.state == .open)
        #expect(after.probeAt == before.probeAt)
        #expect(after.openings == 1)
        #expect(after.totals.failed == 4)
        #expect(test.transitions.map(\.to) == [.open])
    }

    @Test("33 · a million failures at one instant take no more memory than the threshold")
    func millionFailures() throws {
        let threshold = 100
        let test = Harness(try CircuitBreakerConfiguration(failureThreshold: threshold))
        var most = 0
        for number in 0..<1_000_000 {
            test.call(.failure())
            if number < 2 * threshold || number % 100_000 == 0 { most = max(most, test.snapshot.failuresAt.count) }
        }
        #expect(most == threshold)
        #expect(test.snapshot.totals.failed == 100)
        #expect(test.snapshot.totals.rejected == 999_900)
    }
}
