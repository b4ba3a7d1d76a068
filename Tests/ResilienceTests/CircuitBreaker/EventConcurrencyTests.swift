import Synchronization
import TestSupport
import Testing

@testable import Resilience

@Suite("Circuit breaker: events of many threads", .timeLimit(.minutes(3)))
struct EventConcurrencyTests {
    private static let threads = 8
    private static let steps = 500

    /// A failure that says which thread made it, and at which of its steps.
    private static func mark(_ thread: Int, _ step: Int) -> CircuitBreaker.Outcome {
        .failure(retryAfter: .nanoseconds(thread * steps + step))
    }

    @Test("Each thread's events keep their order, and none is lost or told twice", arguments: [false, true])
    func perThreadOrder(isReadMeanwhile: Bool) async throws {
        let test = Harness()
        test.breaker.disable()
        let events = test.breaker.events(limit: Self.threads * Self.steps)
        let reader = isReadMeanwhile ? Task { await events.read(Self.threads * Self.steps) } : nil
        await onThreads(Self.threads) { thread in
            for step in 0..<Self.steps {
                test.clock.advance(by: .nanoseconds(1))
                test.call(Self.mark(thread, step))
            }
        }
        let read = if let reader { await reader.value } else { await events.read(Self.threads * Self.steps) }
        #expect(read.allSatisfy { $0.dropped == 0 })
        #expect(zip(read, read.dropFirst()).allSatisfy { $0.at <= $1.at })
        for thread in 0..<Self.threads {
            let range = (thread * Self.steps)..<((thread + 1) * Self.steps)
            let mine = read.compactMap { event in
                if case .failure(.some(let mark)) = event.kind { Int(mark.saturatedNanoseconds) } else { nil }
            }
            #expect(mine.filter(range.contains) == Array(range), "thread \(thread)")
        }
    }

    @Test("With room for all, the events add up to the totals, and the transitions are those that are reported")
    func totals() async throws {
        let test = Harness(
            try CircuitBreakerConfiguration(failureThreshold: 5, resetTimeout: .milliseconds(1), halfOpenProbes: 3)
        )
        let subscribers = (0..<3).map { _ in test.breaker.events(limit: .max) }
        await onThreads(Self.threads) { thread in
            var random = SplitMix64(seed: UInt64(thread))
            for _ in 0..<Self.steps {
                if random.next() % 8 == 0 { test.clock.advance(by: .microseconds(500)) }
                test.call([.success, .success, .failure(), .ignored].randomElement(using: &random) ?? .ignored)
            }
        }
        let totals = test.snapshot.totals
        #expect(totals.opened > 0 && totals.rejected > 0)
        for events in subscribers {
            let tally = Tally(await events.read(events.buffer.count))
            #expect(tally.totals == totals)
            #expect(tally.transitions == test.transitions)
            #expect(tally.dropped == 0)
        }
    }

    @Test("What a slow subscriber gets and what it is told it missed add up to the totals")
    func dropped() async throws {
        let test = Harness()
        test.breaker.disable()
        let events = test.breaker.events(limit: 10)
        let isOver = Atomic(false)
        let reader = Task {
            var (read, dropped) = (0, 0)
            while true {
                let wasOver = isOver.load(ordering: .sequentiallyConsistent)
                while events.buffer.count > 0, let event = await events.read(1).first {
                    read += 1
                    dropped += Int(event.dropped)
                }
                if wasOver { return (read, dropped) }
                await Task.yield()
            }
        }
        await onThreads(Self.threads) { _ in
            for _ in 0..<Self.steps { test.call(.success) }
        }
        isOver.store(true, ordering: .sequentiallyConsistent)
        let (read, dropped) = await reader.value
        #expect(read + dropped == Self.threads * Self.steps)
        #expect(read >= 10)
    }

    @Test("Subscribers that come, read, are cancelled and go while others call disturb nobody")
    func churn() async throws {
        let test = Harness()
        test.breaker.disable()
        let witness = test.breaker.events(limit: .max)
        let readers = Task {
            await withTaskGroup { group in
                for number in 0..<200 {
                    group.addTask {
                        let events = test.breaker.events(limit: 5)
                        let reader = Task { await events.read(number % 20) }
                        if number % 3 == 0 { reader.cancel() }
                        if number % 3 == 1 { test.call(.ignored) }
                        await Task.yield()
                        reader.cancel()
                        _ = await reader.value
                    }
                }
            }
        }
        await onThreads(4) { _ in
            for _ in 0..<Self.steps { test.call(.success) }
        }
        await readers.value
        let tally = Tally(await witness.read(witness.buffer.count))
        #expect(tally.totals == test.snapshot.totals)
        #expect(test.breaker.core.withLock { $0.buffers.count } == 1)
    }
}

/// What events say in sum.
private struct Tally {
    var totals = CircuitBreaker.Totals()
    var transitions: [CircuitBreaker.Transition] = []
    var dropped: UInt64 = 0

    init(_ events: [CircuitBreaker.Event]) {
        for event in events {
            dropped += event.dropped
            switch event.kind {
            case .success: totals.succeeded += 1
            case .failure: totals.failed += 1
            case .ignored: totals.ignored += 1
            case .rejection: totals.rejected += 1
            case .transition(let transition):
                transitions.append(transition)
                if transition.to == .open { totals.opened += 1 }
            }
        }
    }
}
