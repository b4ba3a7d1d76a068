import TestSupport
import Testing

@testable import Resilience

@Suite("Retry budget: the ledger", .timeLimit(.minutes(3)))
struct RetryLedgerTests {
    private func at(_ nanoseconds: Int64) -> MonotonicInstant { MonotonicInstant(nanoseconds: nanoseconds) }

    @Test(
        "The share is exact, also where floating point is not",
        arguments: [(0.29, 100, 29), (0.2, 14, 2), (0.2, 15, 3)]
    )
    func exactShare(share: Double, requests: Int, allowed: Int) {
        var ledger = RetryLedger(share: share, minimum: 0, window: 10)
        for _ in 0..<requests { ledger.countRequest(at: at(0)) }
        #expect(ledger.snapshot(at: at(0)).allowed == allowed)
        let taken = (0...allowed).map { _ in ledger.takePlace(at: at(0)) }
        #expect(taken == Array(repeating: true, count: allowed) + [false])
    }

    @Test("The longest window and the last instant are no problem, nor is a window of one nanosecond")
    func extremes() {
        var long = RetryLedger(share: 1, minimum: 0, window: .max)
        long.countRequest(at: at(0))
        #expect(long.snapshot(at: at(.max)).requests == 1)
        var short = RetryLedger(share: 1, minimum: 0, window: 1)
        short.countRequest(at: at(0))
        #expect(short.snapshot(at: at(9)).requests == 1)
        #expect(short.snapshot(at: at(10)).requests == 0)
        short.countRequest(at: at(.max))
        #expect(short.snapshot(at: at(.max)).requests == 1)
    }

    @Test("Agrees with a naive account under a random schedule", arguments: UInt64(1)...20)
    func model(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        let minimum = Int.random(in: 0...4, using: &random)
        let percent = Int.random(in: 0...100, using: &random)
        let step = Int64.random(in: 1...50, using: &random)
        var ledger = RetryLedger(share: Double(percent) / 100, minimum: minimum, window: 10 * step)
        var requests: [Int64] = []
        var retries: [Int64] = []
        var waiting = 0
        var now: Int64 = 0
        for number in 0..<5_000 {
            if Int.random(in: 0..<3, using: &random) == 0 { now += Int64.random(in: 0...(2 * step), using: &random) }
            if Int.random(in: 0..<500, using: &random) == 0 { now += 25 * step }
            let inside = { (time: Int64) in now / step - time / step < 10 }
            requests = requests.filter(inside)
            retries = retries.filter(inside)
            let allowed = max(minimum, requests.count * percent / 100)
            switch Int.random(in: 0..<6, using: &random) {
            case 0..<3:
                ledger.countRequest(at: at(now))
                requests.append(now)
            case 3:
                let isFree = retries.count + waiting < allowed
                let isTaken = ledger.takePlace(at: at(now))
                #expect(isTaken == isFree, "seed \(seed), step \(number)")
                if isFree { waiting += 1 }
            case 4 where waiting > 0:
                ledger.usePlace(at: at(now))
                waiting -= 1
                retries.append(now)
            case 5 where waiting > 0 && Bool.random(using: &random):
                ledger.giveBackPlace()
                waiting -= 1
            default:
                break
            }
            let snapshot = ledger.snapshot(at: at(now))
            guard snapshot.requests == requests.count, snapshot.retries == retries.count, snapshot.waiting == waiting
            else {
                Issue.record("seed \(seed), step \(number): \(snapshot)")
                return
            }
        }
    }

    @Test("Many threads at once: exactly as many places as allowed, and every count right")
    func threads() async throws {
        let budget = try RetryBudget(share: 0.2, minimum: 0, clock: ManualClock())
        await onThreads(8) { _ in
            for _ in 0..<2_000 { budget.countRequest() }
        }
        let taken = Counter()
        let used = Counter()
        await onThreads(8) { thread in
            for step in 0..<1_000 where budget.takePlace() {
                taken.add()
                if (thread + step) % 2 == 0 {
                    budget.usePlace()
                    used.add()
                }
            }
        }
        #expect(taken.value == 3_200)
        var snapshot = budget.snapshot()
        #expect((snapshot.requests, snapshot.retries) == (16_000, used.value))
        #expect(snapshot.waiting == 3_200 - used.value)
        #expect(snapshot.refused == 8_000 - 3_200)
        for _ in 0..<snapshot.waiting { budget.giveBackPlace() }
        snapshot = budget.snapshot()
        #expect((snapshot.retries, snapshot.waiting) == (used.value, 0))
    }
}
