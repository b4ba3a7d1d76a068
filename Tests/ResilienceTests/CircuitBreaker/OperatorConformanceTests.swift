import Resilience
import TestSupport
import Testing

/// What an operator can do.
///
/// The numbers are those of the conformance scenarios.
@Suite("Circuit breaker: operator")
struct OperatorConformanceTests {
    @Test("25 · forced open, neither time nor results change anything, and rejections are counted")
    func forcedOpen() throws {
        let test = Harness()
        let early = try test.begin()
        test.breaker.forceOpen()
        test.advance(seconds: 3600)
        early.succeed()
        #expect(test.state == .forcedOpen)
        for _ in 0..<3 {
            #expect(test.rejection() == CircuitBreaker.Rejection(state: .forcedOpen, retryAfter: nil))
        }
        #expect(test.snapshot.totals.rejected == 3)
        #expect(test.snapshot.totals.opened == 0)
        #expect(test.transitions.map(\.reason) == [.forcedOpen])
    }

    @Test("26 · disabled, all calls pass, nothing opens, and results are counted")
    func disabled() {
        let test = Harness()
        test.breaker.disable()
        for _ in 0..<100 { #expect(test.call(.failure()) == nil) }
        #expect(test.state == .disabled)
        #expect(test.snapshot.totals.failed == 100)
        #expect(test.snapshot.failuresAt.isEmpty)
        #expect(test.transitions.map(\.reason) == [.disabled])
    }

    @Test("27 · a probe now is refused unless the breaker is open, and says why")
    func probeNow() throws {
        let test = Harness()
        #expect(test.breaker.probeNow() == .refused(.closed))
        test.fail(times: 3)
        #expect(test.breaker.probeNow() == .halfOpen)
        #expect(test.breaker.probeNow() == .refused(.halfOpen))
        #expect(test.call(.failure()) == nil)
        #expect(test.snapshot.currentWait == .seconds(20))
        test.breaker.forceOpen()
        #expect(test.breaker.probeNow() == .refused(.forcedOpen))
        test.breaker.disable()
        #expect(test.breaker.probeNow() == .refused(.disabled))
        #expect(
            test.transitions.map(\.reason)
                == [.failureThreshold, .operatorProbe, .probeFailed, .forcedOpen, .disabled]
        )
    }

    @Test("Automatic ends both manual modes and has no effect otherwise")
    func automatic() {
        let test = Harness()
        test.breaker.automatic()
        #expect(test.transitions.isEmpty)
        test.breaker.forceOpen()
        test.breaker.automatic()
        #expect(test.state == .closed)
        test.breaker.disable()
        test.breaker.automatic()
        #expect(test.state == .closed)
        test.fail(times: 3)
        test.breaker.automatic()
        #expect(test.state == .open)
        #expect(
            test.transitions.map(\.reason) == [.forcedOpen, .automatic, .disabled, .automatic, .failureThreshold]
        )
    }

    @Test("A reset of a closed breaker forgets the failures and is no transition")
    func resetClosed() {
        let test = Harness()
        test.fail(times: 2)
        test.breaker.reset()
        #expect(test.transitions.isEmpty)
        #expect(test.snapshot.failuresAt.isEmpty)
        test.fail(times: 2)
        #expect(test.state == .closed)
    }

    @Test("A reset of an open breaker starts the waits anew and keeps the totals")
    func resetOpen() {
        let test = Harness()
        test.fail(times: 3)
        test.advance(seconds: 10)
        test.call(.failure())
        test.breaker.reset()
        #expect(test.state == .closed)
        #expect(test.snapshot.totals.failed == 4)
        test.fail(times: 3)
        #expect(test.snapshot.currentWait == .seconds(10))
        #expect(test.snapshot.totals.opened == 3)
    }

    @Test("The same command twice is one transition, and a command in a due breaker works as in an open one")
    func repeated() {
        let test = Harness()
        test.breaker.forceOpen()
        test.breaker.forceOpen()
        test.breaker.disable()
        test.breaker.disable()
        #expect(test.transitions.map(\.to) == [.forcedOpen, .disabled])

        let due = Harness()
        due.fail(times: 3)
        due.advance(seconds: 11)
        #expect(due.breaker.probeNow() == .halfOpen)
        #expect(!due.snapshot.isProbeDue)
    }
}
