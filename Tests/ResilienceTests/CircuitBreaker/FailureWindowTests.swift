import TestSupport
import Testing

@testable import Resilience

@Suite("Failure window")
struct FailureWindowTests {
    @Test("Holds the newest failures, up to its capacity, in their order")
    func capacity() {
        var window = FailureWindow(length: 100, capacity: 3)
        for time in Int64(1)...5 { window.record(at: MonotonicInstant(nanoseconds: time)) }
        #expect(window.count == 3)
        #expect(window.failures(at: MonotonicInstant(nanoseconds: 5)).map(\.nanoseconds) == [3, 4, 5])
    }

    @Test("Takes the memory of as many failures as are inside at once")
    func memory() {
        var window = FailureWindow(length: 2, capacity: 100_000)
        for time in Int64(1)...10_000 { window.record(at: MonotonicInstant(nanoseconds: 10 * time)) }
        let kept = Mirror(reflecting: window).children.first { $0.label == "ring" }?.value as? [MonotonicInstant]
        #expect(kept?.count == 1)
    }

    @Test("Is full with as many failures as it can hold, and never if it can hold none")
    func full() {
        var window = FailureWindow(length: 100, capacity: 2)
        var none = FailureWindow(length: 100, capacity: 0)
        #expect(!none.isFull)
        for time in Int64(1)...2 {
            #expect(!window.isFull)
            window.record(at: MonotonicInstant(nanoseconds: time))
            none.record(at: MonotonicInstant(nanoseconds: time))
        }
        #expect(window.isFull)
        #expect(!none.isFull)
        #expect(none.count == 0)
    }

    @Test("Two windows with the same failures are equal, whatever was in them before")
    func equality() {
        var once = FailureWindow(length: 10, capacity: 3)
        var often = once
        for time in Int64(0)..<50 { often.record(at: MonotonicInstant(nanoseconds: time)) }
        for time in Int64(47)..<50 { once.record(at: MonotonicInstant(nanoseconds: time)) }
        #expect(once == often)
        often.record(at: MonotonicInstant(nanoseconds: 50))
        #expect(once != often)
    }

    @Test("Agrees with a plain list of all failures", arguments: UInt64(1)...4)
    func model(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        let capacity = Int.random(in: 1...8, using: &random)
        var window = FailureWindow(length: 20, capacity: capacity)
        var all: [Int64] = []
        var now: Int64 = 0
        for _ in 0..<2_000 {
            now += Int64.random(in: 0...8, using: &random)
            if Int.random(in: 0..<100, using: &random) == 0 {
                window.removeAll()
                all = []
            }
            window.record(at: MonotonicInstant(nanoseconds: now))
            all.append(now)
            let inside = all.filter { now - $0 < 20 }.suffix(capacity)
            #expect(window.failures(at: MonotonicInstant(nanoseconds: now)).map(\.nanoseconds) == Array(inside))
        }
    }
}
