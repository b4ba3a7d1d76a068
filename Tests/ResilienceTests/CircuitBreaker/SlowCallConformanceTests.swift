import Synchronization
import TestSupport
import Testing

@testable import Resilience

/// What opens a breaker by slowness.
///
/// The numbers are those of the conformance scenarios.
@Suite("Circuit breaker: slow calls")
struct SlowCallConformanceTests {
    private static func configuration(
        failureRate: Double? = nil,
        minimumCalls: Int = 5
    ) throws -> CircuitBreakerConfiguration {
        try CircuitBreakerConfiguration(
            failureThreshold: nil,
            failureRateThreshold: failureRate,
            slowCallRateThreshold: 0.5,
            slowCallDuration: .seconds(4),
            minimumCalls: minimumCalls
        )
    }

    /// One call that takes some time.
    private func call(
        _ test: Harness,
        lasting duration: Duration,
        _ outcome: CircuitBreaker.Outcome = .success
    ) throws {
        let permit = try test.begin()
        test.clock.advance(by: duration)
        permit.settle(outcome)
    }

    @Test("3 · calls that succeed too late open")
    func slowSuccesses() throws {
        let test = Harness(try Self.configuration())
        for seconds in [5, 5, 0.1, 0.1] { try call(test, lasting: .seconds(seconds)) }
        #expect(test.state == .closed)
        #expect(test.snapshot.slowCallRate == nil)
        try call(test, lasting: .seconds(5))
        #expect(test.state == .open)
        #expect(test.snapshot.slowCallRate == 0.6)
        #expect(test.snapshot.failureRate == nil)
        #expect(test.transitions.map(\.reason) == [.slowCallRate])
    }

    @Test("A fast call doesn't open by slowness, neither as a success nor as a failure")
    func fastCall() throws {
        for outcome in [CircuitBreaker.Outcome.success, .failure()] {
            let test = Harness(try Self.configuration())
            for _ in 0..<4 { try call(test, lasting: .seconds(5)) }
            try call(test, lasting: .seconds(1), outcome)
            #expect(test.state == .closed)
            #expect(test.snapshot.slowCallRate == 0.8)
            try call(test, lasting: .seconds(5))
            #expect(test.state == .open)
        }
    }

    @Test("A call is slow from one tick after the limit")
    func edge() throws {
        let test = Harness(try Self.configuration(minimumCalls: 1))
        try call(test, lasting: .seconds(4))
        #expect(test.state == .closed)
        #expect(test.snapshot.callsInWindow.slow == 0)
        try call(test, lasting: .seconds(4) + .nanoseconds(1))
        #expect(test.snapshot.callsInWindow.slow == 1)
        #expect(test.state == .open)
    }

    @Test("A slow success doesn't open by the failure rate")
    func slowSuccessAndFailures() throws {
        let test = Harness(try Self.configuration(failureRate: 0.5, minimumCalls: 4))
        test.fail(times: 3)
        try call(test, lasting: .seconds(5))
        #expect(test.state == .closed)
        #expect(test.snapshot.failureRate == 0.75)
        #expect(test.snapshot.slowCallRate == 0.25)
    }

    @Test("A slow failure counts for both rates, and its share as a failure comes first")
    func slowFailure() throws {
        let test = Harness(try Self.configuration(failureRate: 0.5, minimumCalls: 2))
        for _ in 0..<2 { try call(test, lasting: .seconds(5), .failure()) }
        #expect(test.transitions.map(\.reason) == [.failureRate])
        #expect(test.snapshot.callsInWindow.failed == 2)
        #expect(test.snapshot.callsInWindow.slow == 2)
        #expect(test.snapshot.failureRate == 1)
        #expect(test.snapshot.slowCallRate == 1)
    }

    @Test("A slow failure that opens by slowness may ask for a longer wait")
    func retryAfter() throws {
        let test = Harness(try Self.configuration(minimumCalls: 1))
        try call(test, lasting: .seconds(5), .failure(retryAfter: .seconds(30)))
        #expect(test.transitions.map(\.reason) == [.slowCallRate])
        #expect(test.snapshot.currentWait == .seconds(30))
    }

    @Test("An ignored call isn't slow, however long it took")
    func ignored() throws {
        let test = Harness(try Self.configuration(minimumCalls: 1))
        try call(test, lasting: .seconds(60), .ignored)
        #expect(test.state == .closed)
        #expect(test.snapshot.callsInWindow.calls == 0)
    }

    @Test("A probe closes the breaker however long it takes, up to its time-out")
    func probe() throws {
        let test = Harness(try Self.configuration(minimumCalls: 1))
        try call(test, lasting: .seconds(5))
        test.advance(seconds: 10)
        try call(test, lasting: .seconds(29))
        #expect(test.state == .closed)
        #expect(test.snapshot.callsInWindow.calls == 0)
    }

    @Test("A call counts at its end, not when it began")
    func countsAtItsEnd() throws {
        let test = Harness(try Self.configuration())
        try call(test, lasting: .seconds(100))
        #expect(test.snapshot.callsInWindow.slow == 1)
    }

    @Test(
        "The clock is read only for the rules that are on",
        arguments: [(nil, nil, 0, 0), (0.5, nil, 0, 1), (nil, 0.5, 1, 1)] as [(Double?, Double?, Int, Int)]
    )
    func readings(failureRate: Double?, slowRate: Double?, onAdmission: Int, onSuccess: Int) throws {
        var machine = CircuitBreakerMachine(
            configuration: try CircuitBreakerConfiguration(
                failureRateThreshold: failureRate,
                slowCallRateThreshold: slowRate
            )
        )
        var readings = 0
        func now() -> MonotonicInstant {
            readings += 1
            return MonotonicInstant(nanoseconds: 0)
        }
        let admission = machine.admit(at: now(), jitter: 0)
        #expect(readings == onAdmission)
        guard case .admitted(let pass) = admission.verdict else {
            Issue.record("rejected")
            return
        }
        readings = 0
        #expect(machine.settle(pass, as: .success, at: now(), jitter: 0) == nil)
        #expect(readings == onSuccess)
    }
}
