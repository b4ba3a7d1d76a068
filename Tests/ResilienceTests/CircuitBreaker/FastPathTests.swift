import TestSupport
import Testing

@testable import Resilience

@Suite("Circuit breaker: answers without the lock")
struct FastPathTests {
    @Test(
        "An answer that was published is the one that is read",
        arguments: [
            FastPath.Answer.askMachine, .rejectForGood, .pass(generation: 0), .pass(generation: 1 << 62 - 1),
            .rejectUntil(.zero), .rejectUntil(MonotonicInstant(nanoseconds: 1 << 62 - 1)),
        ]
    )
    func published(answer: FastPath.Answer) {
        let path = FastPath()
        path.publish(.rejectForGood)
        path.publish(answer)
        #expect(path.answer == answer)
    }

    @Test(
        "What doesn't fit into the word is left to the machine",
        arguments: [
            FastPath.Answer.pass(generation: 1 << 62), .pass(generation: .max),
            .rejectUntil(MonotonicInstant(nanoseconds: 1 << 62)), .rejectUntil(MonotonicInstant(nanoseconds: .max)),
            .rejectUntil(MonotonicInstant(nanoseconds: -1)),
        ]
    )
    func tooLarge(answer: FastPath.Answer) {
        let path = FastPath()
        path.publish(answer)
        #expect(path.answer == .askMachine)
    }

    @Test("Counts are moved once")
    func counts() {
        let path = FastPath()
        var totals = CircuitBreaker.Totals()
        path.countSuccess()
        path.countRejection()
        path.countRejection()
        path.moveCounts(to: &totals)
        path.moveCounts(to: &totals)
        #expect((totals.succeeded, totals.rejected) == (1, 2))
    }

    @Test("A call gets the same from the fast path as from the machine, whatever happened before", arguments: 1...20)
    func agreement(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        let rates = Bool.random(using: &random)
        let configuration = try CircuitBreakerConfiguration(
            failureThreshold: 2,
            failureRateThreshold: rates ? 0.5 : nil,
            slowCallRateThreshold: rates && Bool.random(using: &random) ? 0.5 : nil,
            jitter: 0,
            successesToClose: 2,
            resetOnSuccess: Bool.random(using: &random)
        )
        let watched = Harness(configuration)
        let unwatched = Harness(configuration)
        // A subscriber sends every call to the machine.
        let events = watched.breaker.events()
        defer { withExtendedLifetime(events) {} }
        let outcomes: [CircuitBreaker.Outcome] = [.success, .success, .failure(), .ignored]
        for step in 0..<2_000 {
            let outcome = outcomes[Int.random(in: outcomes.indices, using: &random)]
            let (action, seconds) = (Int.random(in: 0..<40, using: &random), Double.random(in: 0...4, using: &random))
            let results = [watched, unwatched].map { harness in
                harness.advance(seconds: action < 10 ? seconds : 0)
                switch action {
                case 35: harness.breaker.forceOpen()
                case 36: harness.breaker.disable()
                case 37: harness.breaker.automatic()
                case 38: harness.breaker.reset()
                case 39: harness.breaker.probeNow()
                default: break
                }
                return harness.call(outcome)
            }
            try #require(results[0] == results[1], "seed \(seed), step \(step)")
            try #require(watched.snapshot == unwatched.snapshot, "seed \(seed), step \(step)")
        }
        #expect(watched.transitions == unwatched.transitions)
    }

    @Test("A breaker that is open rejects before it is asked for a call, counts that, and takes no probe's place")
    func rejectIfOpen() throws {
        let test = Harness(try CircuitBreakerConfiguration(failureThreshold: 1))
        #expect(test.breaker.rejectIfOpen() == nil)
        test.fail(times: 1)
        test.advance(seconds: 4)
        #expect(test.breaker.rejectIfOpen() == .init(state: .open, retryAfter: .seconds(6)))
        #expect(test.snapshot.totals.rejected == 1)
        test.advance(seconds: 6)
        // The wait is over: the next call is the probe, and asking was none.
        #expect(test.breaker.rejectIfOpen() == nil)
        #expect(test.transitions.count == 1)
        let probe = try test.begin()
        #expect(test.breaker.rejectIfOpen() == nil)
        probe.succeed()
        test.breaker.forceOpen()
        #expect(test.breaker.rejectIfOpen() == .init(state: .forcedOpen, retryAfter: nil))
        test.breaker.disable()
        #expect(test.breaker.rejectIfOpen() == nil)
        #expect(test.snapshot.totals.rejected == 2)
    }
}
