import Resilience
import Synchronization
import TestSupport
import Testing

@Suite("Circuit breaker: many callers at once", .timeLimit(.minutes(3)))
struct ConcurrencyTests {
    @Test("17 · at the end of the wait one of many concurrent callers runs", arguments: [5, 200])
    func oneOfMany(callers: Int) async throws {
        let test = Harness()
        test.fail(times: 3)
        test.advance(seconds: 10)
        let ran = Counter()
        let rejected = Counter()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<callers {
                group.addTask {
                    do {
                        try await test.breaker.run {
                            ran.add()
                            try await test.clock.sleep(for: .seconds(1))
                        }
                    } catch is CircuitBreaker.Rejection {
                        rejected.add()
                    }
                }
            }
            // All others must have been turned away before the probe is let go.
            try await test.clock.waitForSleepers(1)
            while rejected.value + ran.value < callers {
                try Task.checkCancellation()
                await Task.yield()
            }
            #expect(test.state == .halfOpen)
            test.advance(seconds: 1)
            try await group.waitForAll()
        }
        #expect(ran.value == 1)
        #expect(rejected.value == callers - 1)
        #expect(test.state == .closed)
    }

    @Test("32 · ten threads with ten thousand random calls each: totals exact, probes never above the limit")
    func threads() async throws {
        let test = Harness(
            try CircuitBreakerConfiguration(failureThreshold: 5, resetTimeout: .milliseconds(1), halfOpenProbes: 3),
            jitter: .system
        )
        let counts = Counts()
        let probes = Counter()
        let mostProbes = Counter()
        await onThreads(10) { number in
            var random = SplitMix64(seed: UInt64(number))
            var mine = CircuitBreaker.Totals.Plain()
            for _ in 0..<10_000 {
                if random.next() % 8 == 0 { test.clock.advance(by: .microseconds(500)) }
                switch test.breaker.admit() {
                case .rejected:
                    mine.rejected += 1
                case .admitted(let permit):
                    if permit.isProbe {
                        probes.add()
                        mostProbes.raise(to: test.snapshot.probesUnderWay)
                    }
                    switch random.next() % 10 {
                    case 0..<5:
                        mine.succeeded += 1
                        permit.succeed()
                    case 5..<8:
                        mine.failed += 1
                        permit.fail()
                    case 8:
                        mine.ignored += 1
                        permit.ignore()
                    default:
                        mine.ignored += 1
                        _ = consume permit
                    }
                }
            }
            counts.add(mine)
        }
        let totals = test.snapshot.totals
        #expect(counts.sum == CircuitBreaker.Totals.Plain(totals))
        #expect(totals.succeeded + totals.failed + totals.ignored + totals.rejected == 100_000)
        #expect(totals.opened == UInt64(test.transitions.filter { $0.to == .open }.count))
        #expect(totals.opened > 0)
        #expect(probes.value > 0)
        #expect((1...3).contains(mostProbes.value))
    }

    @Test("Never more than one probe at once, counted by the probes themselves")
    func exactlyOneProbe() async throws {
        let test = Harness(
            try CircuitBreakerConfiguration(failureThreshold: 1, resetTimeout: .milliseconds(1), successesToClose: 2)
        )
        let underWay = Counter()
        let most = Counter()
        await onThreads(8) { number in
            var random = SplitMix64(seed: UInt64(100 + number))
            for _ in 0..<5_000 {
                test.clock.advance(by: .microseconds(300))
                guard case .admitted(let permit) = test.breaker.admit() else { continue }
                guard permit.isProbe else {
                    permit.settle(random.next() % 4 == 0 ? .failure() : .success)
                    continue
                }
                most.raise(to: underWay.add())
                underWay.add(-1)
                permit.settle(random.next() % 2 == 0 ? .failure() : .success)
            }
        }
        #expect(most.value == 1)
    }

    @Test("Transitions of racing threads are reported in their order, each once")
    func order() async throws {
        let test = Harness(try CircuitBreakerConfiguration(failureThreshold: 1))
        await onThreads(8) { number in
            for step in 0..<1_000 {
                switch (number + step) % 4 {
                case 0: test.breaker.forceOpen()
                case 1: test.breaker.automatic()
                case 2: test.call(.failure())
                default: test.breaker.reset()
                }
            }
        }
        let transitions = test.transitions
        #expect(transitions.map(\.generation) == Array(1...test.snapshot.generation))
        for (earlier, later) in zip(transitions, transitions.dropFirst()) where earlier.to != later.from {
            Issue.record("\(earlier) is followed by \(later)")
        }
    }

    @Test("A callback may use the breaker, and its own transitions are reported after it has returned")
    func reentrancy() {
        let log = Mutex<[String]>([])
        let holder = Mutex<CircuitBreaker?>(nil)
        let breaker = CircuitBreaker(name: "test") { transition in
            let breaker = holder.withLock { $0 }
            log.withLock { $0.append("begin \(transition.to) \(breaker?.snapshot().state == transition.to)") }
            if transition.to == .forcedOpen { breaker?.automatic() }
            log.withLock { $0.append("end \(transition.to)") }
        }
        holder.withLock { $0 = breaker }
        breaker.forceOpen()
        #expect(log.withLock { $0 } == ["begin forcedOpen true", "end forcedOpen", "begin closed true", "end closed"])
        holder.withLock { $0 = nil }
    }
}

extension CircuitBreaker.Totals {
    /// The totals that a test can count for itself.
    fileprivate struct Plain: Equatable {
        var succeeded: UInt64 = 0
        var failed: UInt64 = 0
        var ignored: UInt64 = 0
        var rejected: UInt64 = 0

        init() {}

        init(_ totals: CircuitBreaker.Totals) {
            succeeded = totals.succeeded
            failed = totals.failed
            ignored = totals.ignored
            rejected = totals.rejected
        }
    }
}

private final class Counts: Sendable {
    private let total = Mutex(CircuitBreaker.Totals.Plain())

    var sum: CircuitBreaker.Totals.Plain { total.withLock { $0 } }

    func add(_ counts: CircuitBreaker.Totals.Plain) {
        total.withLock {
            $0.succeeded += counts.succeeded
            $0.failed += counts.failed
            $0.ignored += counts.ignored
            $0.rejected += counts.rejected
        }
    }
}
