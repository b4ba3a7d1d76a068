import Dispatch
import Foundation
import Synchronization
import TestSupport
import Testing

@testable import Resilience

@Suite("Timer queue", .timeLimit(.minutes(3)))
struct TimerQueueTests {
    private let clock = ManualClock()
    private let made = Made()

    /// The numbers of the calls that were made, in order.
    private final class Made: Sendable {
        private let numbers = Observed<[Int]>([])

        func add(_ number: Int) { numbers.change { $0.append(number) } }

        func wait(for count: Int) async throws -> [Int] {
            try await numbers.wait { $0.count >= count }
            return numbers.value
        }

        var value: [Int] { numbers.value }
    }

    private func instant(_ seconds: Int) -> ManualClock.Instant { ManualClock.Instant(offset: .seconds(seconds)) }

    @Test("makes calls in the order of their instants, with one sleeper for all that come later")
    func order() async throws {
        let queue = TimerQueue(clock: clock)
        for second in [1, 5, 3, 2, 4] {
            _ = queue.schedule(at: instant(second)) { made.add(second) }
        }
        for second in 1...5 {
            try await clock.waitForSleepers(1)
            #expect(clock.sleepers == 1)
            #expect(clock.nextWake == instant(second))
            clock.advance(by: .seconds(1))
            #expect(try await made.wait(for: second) == Array(1...second))
        }
        #expect((queue.pending, queue.kept, clock.sleepers) == (0, 0, 0))
    }

    @Test("wakes for a call that comes before all others, too")
    func earlier() async throws {
        let queue = TimerQueue(clock: clock)
        for second in [9, 6, 3] { _ = queue.schedule(at: instant(second)) { made.add(second) } }
        try await clock.waitForSleepers(3)
        clock.advance(by: .seconds(3))
        #expect(try await made.wait(for: 1) == [3])
        clock.advance(by: .seconds(6))
        #expect(Set(try await made.wait(for: 3)) == [3, 6, 9])
    }

    @Test("needs no more sleepers when early calls come and go before a late one, again and again")
    func sleepers() async throws {
        let queue = TimerQueue(clock: clock)
        for round in 1...100 {
            let late = queue.schedule(at: instant(3_600 + round)) {}
            let early = queue.schedule(at: instant(round)) {}
            try await clock.waitForSleepers(2)
            queue.cancel(early)
            queue.cancel(late)
            clock.advance(by: .seconds(1))
            while clock.sleepers > 1 { await Task.yield() }
        }
        #expect(clock.sleepers == 1)
    }

    @Test("makes its calls also if the clock wakes it too early")
    func earlyWake() async throws {
        let early = EarlyClock(clock)
        let queue = TimerQueue(clock: early)
        _ = queue.schedule(at: instant(5)) { made.add(5) }
        try await clock.waitForSleepers(1)
        clock.advance(by: .seconds(4))
        try await clock.waitForSleepers(1)
        clock.advance(by: .seconds(1))
        #expect(try await made.wait(for: 1) == [5])
        _ = queue.schedule(at: instant(6)) { made.add(6) }
        try await clock.waitForSleepers(1)
        clock.advance(by: .seconds(1))
        #expect(try await made.wait(for: 2) == [5, 6])
    }

    @Test("a call that takes long holds up no other", .enabled(if: ProcessInfo.processInfo.activeProcessorCount > 1))
    func slowCall() async throws {
        let queue = TimerQueue(clock: clock)
        let mayEnd = DispatchSemaphore(value: 0)
        _ = queue.schedule(at: instant(1)) { mayEnd.wait() }
        _ = queue.schedule(at: instant(2)) { made.add(2) }
        try await clock.waitForSleepers(1)
        clock.advance(by: .seconds(1))
        try await clock.waitForSleepers(1)
        clock.advance(by: .seconds(1))
        #expect(try await made.wait(for: 1) == [2])
        mayEnd.signal()
    }

    @Test("makes no call before its instant, and one whose instant is over at once")
    func times() async throws {
        let queue = TimerQueue(clock: clock)
        clock.advance(by: .seconds(10))
        _ = queue.schedule(at: instant(4)) { made.add(4) }
        #expect(try await made.wait(for: 1) == [4])
        _ = queue.schedule(at: instant(11)) { made.add(11) }
        try await clock.waitForSleepers(1)
        clock.advance(by: .seconds(1) - .nanoseconds(1))
        #expect(clock.sleepers == 1)
        clock.advance(by: .nanoseconds(1))
        #expect(try await made.wait(for: 2) == [4, 11])
    }

    @Test("doesn't make a cancelled call, and wakes only for what is left")
    func cancellation() async throws {
        let queue = TimerQueue(clock: clock)
        let ids = (1...5).map { second in queue.schedule(at: instant(second)) { made.add(second) } }
        for id in ids[0...2] { queue.cancel(id) }
        #expect(queue.pending == 2)
        try await clock.waitForSleepers(1)
        clock.advance(by: .seconds(1))
        try await clock.waitForSleepers(1)
        #expect(clock.nextWake == instant(4))
        clock.advance(by: .seconds(4))
        #expect(Set(try await made.wait(for: 2)) == [4, 5])
        queue.cancel(ids[4])
        #expect(queue.pending == 0)
    }

    @Test("keeps next to nothing of cancelled calls, wherever they stand, and sleeps once", arguments: [false, true])
    func memory(behindAnother: Bool) async throws {
        let queue = TimerQueue(clock: clock)
        if behindAnother { _ = queue.schedule(at: instant(1)) {} }
        for _ in 0..<300_000 { queue.cancel(queue.schedule(at: instant(15)) {}) }
        #expect(queue.pending == (behindAnother ? 1 : 0))
        #expect(queue.kept <= 2 * queue.pending + 64)
        try await clock.waitForSleepers(1)
        #expect(clock.sleepers == 1)
    }

    @Test("releases what a call captured as soon as it is cancelled or made")
    func release() async throws {
        final class Captured: Sendable {}
        let queue = TimerQueue(clock: clock)
        var captured: Captured? = Captured()
        weak let cancelled = captured
        let id = queue.schedule(at: instant(1)) { [captured] in withExtendedLifetime(captured) {} }
        captured = nil
        #expect(cancelled != nil)
        queue.cancel(id)
        #expect(cancelled == nil)
    }

    @Test("agrees with a simple model under random calls", arguments: 0..<20)
    func model(seed: UInt64) async throws {
        var random = SplitMix64(seed: seed)
        let queue = TimerQueue(clock: clock)
        var waiting: [Int: (second: Int, id: TimerQueue<ManualClock>.ID)] = [:]
        var expected: Set<Int> = []
        var now = 0
        for number in 0..<400 {
            switch Int.random(in: 0..<10, using: &random) {
            case 0..<6:
                let second = now + Int.random(in: 1...40, using: &random)
                waiting[number] = (second, queue.schedule(at: instant(second)) { made.add(number) })
            case 6..<9:
                guard let victim = waiting.keys.sorted().randomElement(using: &random) else { continue }
                queue.cancel(waiting[victim]!.id)
                waiting[victim] = nil
            default:
                // The queue's tasks sleep before the time moves, else there would be nothing to wake.
                if !waiting.isEmpty { try await clock.waitForSleepers(1) }
                now += 5
                clock.advance(by: .seconds(5))
                let due = waiting.filter { $0.value.second <= now }.keys
                expected.formUnion(due)
                for number in due { waiting[number] = nil }
                #expect(Set(try await made.wait(for: expected.count)) == expected)
            }
        }
        #expect(queue.pending == waiting.count)
        #expect(made.value.count == expected.count, "each once")
    }

    @Test("many threads at once: every call is made once or cancelled, and none is left")
    func threads() async throws {
        let queue = TimerQueue(clock: clock)
        let made = Counter()
        let cancelled = Counter()
        await withTaskGroup { group in
            let time = Task {
                while !Task.isCancelled {
                    clock.advance(by: .milliseconds(1))
                    await Task.yield()
                }
            }
            for worker in 0..<8 {
                group.addTask {
                    var random = SplitMix64(seed: UInt64(worker))
                    for _ in 0..<1_000 {
                        if Bool.random(using: &random) {
                            let wait = Duration.milliseconds(Int.random(in: 0...20, using: &random))
                            await withCheckedContinuation { continuation in
                                _ = queue.schedule(at: clock.now.advanced(by: wait)) {
                                    made.add()
                                    continuation.resume()
                                }
                            }
                        } else {
                            queue.cancel(queue.schedule(at: instant(1_000_000)) { made.add() })
                            cancelled.add()
                        }
                    }
                }
            }
            await group.waitForAll()
            time.cancel()
        }
        #expect(made.value + cancelled.value == 8_000)
        #expect(queue.pending == 0)
    }
}

/// A manual clock that wakes its first sleeper a second too early.
private struct EarlyClock: Clock {
    private let clock: ManualClock
    private let isFirst = Observed(true)

    init(_ clock: ManualClock) {
        self.clock = clock
    }

    var now: ManualClock.Instant { clock.now }
    var minimumResolution: Duration { clock.minimumResolution }

    func sleep(until end: ManualClock.Instant, tolerance: Duration?) async throws {
        let isEarly = isFirst.change { isFirst in
            defer { isFirst = false }
            return isFirst
        }
        try await clock.sleep(until: isEarly ? end.advanced(by: .seconds(-1)) : end, tolerance: tolerance)
    }
}
