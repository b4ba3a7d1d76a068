import TestSupport
import Testing

@testable import Resilience

@Suite("Call window")
struct CallWindowTests {
    private func instant(_ nanoseconds: Int64) -> MonotonicInstant { MonotonicInstant(nanoseconds: nanoseconds) }

    @Test("A bucket is inside until its beginning is as old as the window")
    func edge() {
        var window = CallWindow(length: 30, buckets: 3)
        window.record(failed: true, slow: false, at: instant(9))
        window.slide(to: instant(29))
        #expect(window.counts.failed == 1)
        window.slide(to: instant(30))
        #expect(window.counts == CircuitBreaker.CallCounts())
    }

    @Test("What doesn't divide by the buckets is not used: no call counts for longer than the window")
    func remainder() {
        var window = CallWindow(length: 32, buckets: 3)
        window.record(failed: true, slow: false, at: instant(0))
        window.slide(to: instant(29))
        #expect(window.counts.calls == 1)
        window.slide(to: instant(30))
        #expect(window.counts.calls == 0)
    }

    @Test("A jump to the end of time empties the window at once, and calls there still count")
    func endOfTime() {
        var window = CallWindow(length: 10, buckets: 10)
        for time in Int64(0)..<10 { window.record(failed: false, slow: true, at: instant(time)) }
        #expect(window.counts.slow == 10)
        for _ in 0..<2 { window.record(failed: false, slow: true, at: instant(.max)) }
        #expect(window.counts.slow == 2)
        #expect(window.buckets.map(\.counts.slow) == Array(repeating: 0, count: 9) + [2])
        #expect(window.buckets.last?.startsAt == .nanoseconds(Int64.max))
    }

    @Test("A window as long as time itself keeps everything")
    func longWindow() {
        var window = CallWindow(length: .max, buckets: 2)
        let times: [Int64] = [0, .max / 2 - 1, .max - 2]
        for time in times { window.record(failed: true, slow: true, at: instant(time)) }
        #expect(window.counts.calls == 3)
    }

    @Test("A time before the last one counts in the newest bucket, also one below zero")
    func timeGoesBack() {
        var window = CallWindow(length: 30, buckets: 3)
        window.record(failed: false, slow: false, at: instant(-100))
        #expect(window.buckets.map(\.counts.calls) == [1])
        window.record(failed: false, slow: false, at: instant(25))
        window.record(failed: false, slow: false, at: instant(5))
        #expect(window.buckets.map(\.counts.calls) == [1, 0, 2])
    }

    @Test("Agrees with a plain list of all calls", arguments: UInt64(1)...8)
    func model(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        let buckets = Int.random(in: 2...9, using: &random)
        let bucket = Int64.random(in: 1...5, using: &random)
        let length = bucket * Int64(buckets)
        var window = CallWindow(length: length, buckets: buckets)
        var all: [(at: Int64, failed: Bool, slow: Bool)] = []
        var now: Int64 = 0
        for step in 0..<1_000 {
            now += Int64.random(in: 0...(step % 50 == 0 ? 3 * length : bucket), using: &random)
            if Int.random(in: 0..<100, using: &random) == 0 {
                window.removeAll()
                all = []
            }
            let call = (at: now, failed: Bool.random(using: &random), slow: Bool.random(using: &random))
            window.record(failed: call.failed, slow: call.slow, at: instant(now))
            all.append(call)
            all.removeAll { now - ($0.at - $0.at % bucket) >= length }
            var counts = CircuitBreaker.CallCounts()
            counts.calls = all.count
            counts.failed = all.count { $0.failed }
            counts.slow = all.count { $0.slow }
            #expect(window.counts == counts, "seed \(seed), step \(step)")
            #expect(window.buckets.count <= buckets)
            for bucket in window.buckets {
                let start = bucket.startsAt.saturatedNanoseconds
                let calls = all.count { $0.at >= start && $0.at - start < length / Int64(buckets) }
                #expect(bucket.counts.calls == calls, "seed \(seed), step \(step)")
            }
        }
    }
}
