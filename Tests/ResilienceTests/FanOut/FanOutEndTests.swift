import Resilience
import TestSupport
import Testing

/// What ends a fan-out before its last result.
@Suite("Fan-out as a sequence: early ends", .timeLimit(.minutes(3)))
struct FanOutEndTests {
    struct Failure: Error, Equatable { let element: Int }

    let started = Counter()
    let cancelled = Observed(0)
    let clock = ManualClock()

    /// Sleeps for an hour, and takes note if it is cancelled.
    @Sendable private func hang() async throws {
        do {
            try await clock.sleep(for: .seconds(3600))
        } catch {
            cancelled.change { $0 += 1 }
            throw error
        }
    }

    @Test("A failure cancels the rest at once, while the consumer is busy, and is what it gets next")
    func failure() async throws {
        let gate = Observed(false)
        await #expect(throws: Failure(element: 1)) {
            try await withFanOut(over: 0..<100, limit: 3) { element in
                started.add()
                if element == 0 { return element }
                if element == 1 {
                    try await gate.wait { $0 }
                    throw Failure(element: element)
                }
                try await hang()
                return element
            } consume: { results in
                var iterator = results.makeAsyncIterator()
                _ = try await iterator.next()
                gate.change { $0 = true }
                try await cancelled.wait { $0 == 2 }
                do {
                    _ = try await iterator.next()
                    Issue.record("no failure")
                } catch {
                    let afterwards = try await iterator.next()
                    #expect(afterwards == nil)
                    throw error
                }
            }
        }
        #expect(started.value == 4)
        #expect(clock.sleepers == 0)
    }

    @Test("A failure comes before results that wait", arguments: FanOutOrder.allCases)
    func failureFirst(order: FanOutOrder) async throws {
        let ended = Observed(0)
        await #expect(throws: Failure(element: 4)) {
            try await withFanOut(over: 0..<100, limit: 4, order: order) { element in
                started.add()
                switch element {
                case 3:
                    try await hang()
                case 4:
                    try await ended.wait { $0 == 3 }
                    throw Failure(element: element)
                default:
                    ended.change { $0 += 1 }
                }
            } consume: { results in
                var iterator = results.makeAsyncIterator()
                try await iterator.next()
                try await cancelled.wait { $0 == 1 }
                try await iterator.next()
                Issue.record("took a result after the failure")
            }
        }
        #expect(started.value == 5)
    }

    @Test("A failure that the consumer waits for wakes it, though in the elements' order it isn't the next")
    func failureOutOfOrder() async throws {
        await #expect(throws: Failure(element: 2)) {
            try await withFanOut(over: 0..<100, limit: 3, order: .elements) { element in
                started.add()
                if element == 2 {
                    try await clock.waitForSleepers(2)
                    throw Failure(element: element)
                }
                try await hang()
            } consume: { results in
                for try await _ in results {}
            }
        }
        #expect(started.value == 3)
        #expect(cancelled.value == 2)
    }

    @Test("A consumer may catch the failure and return")
    func caught() async throws {
        let caught = try await withFanOut(over: 0..<9, limit: 2) {
            throw Failure(element: $0)
        } consume: { results in
            do {
                for try await _ in results {}
                return false
            } catch {
                return error is Failure
            }
        }
        #expect(caught)
    }

    @Test("Leaving the loop early cancels the rest, and the scope ends when all operations have ended")
    func leaves() async throws {
        let (gate, ended, left) = (Observed(false), Counter(), Observed(false))
        let call = Task {
            try await withFanOut(over: 0..<100, limit: 3) { element in
                started.add()
                if element == 0 { return element }
                // A task of its own: cancellation doesn't reach it.
                let stubborn = Task { try await gate.wait { $0 } }
                try await withTaskCancellationHandler {
                    try await stubborn.value
                } onCancel: {
                    cancelled.change { $0 += 1 }
                }
                ended.add()
                throw Failure(element: element)
            } consume: { results in
                for try await result in results {
                    left.change { $0 = true }
                    return result
                }
                return -1
            }
        }
        try await left.wait { $0 }
        try await cancelled.wait { $0 == 3 }
        #expect(ended.value == 0)
        gate.change { $0 = true }
        #expect(try await call.value == 0)
        #expect(ended.value == 3)
        #expect(started.value == 4)
    }

    @Test("An error of the consumer's cancels the rest and is thrown")
    func consumerThrows() async throws {
        await #expect(throws: Failure(element: -1)) {
            try await withFanOut(over: 0..<100, limit: 3) { element in
                if started.add() > 1 { try await hang() }
            } consume: { results in
                for try await _ in results { throw Failure(element: -1) }
            }
        }
        #expect(started.value == 4)
        #expect(clock.sleepers == 0)
    }

    @Test("A cancelled caller cancels all and starts nothing else", arguments: [true, false])
    func cancelledCaller(collecting: Bool) async throws {
        let operation: @Sendable (Int) async throws -> Int = { element in
            started.add()
            do { try await hang() } catch { return element }
            return element
        }
        let call = Task {
            if collecting {
                try await withFanOutResults(over: 0..<100, limit: 3, operation: operation) { _ = try await array($0) }
            } else {
                try await withFanOut(over: 0..<100, limit: 3, operation: operation) { _ = try await array($0) }
            }
        }
        try await clock.waitForSleepers(3)
        call.cancel()
        await #expect(throws: CancellationError.self) { try await call.value }
        #expect(started.value == 3)
        #expect(cancelled.value == 3)
    }

    @Test("A caller that is cancelled while it is busy gets nothing else", arguments: FanOutOrder.allCases)
    func cancelledConsumer(order: FanOutOrder) async throws {
        let call = Task {
            try await withFanOut(over: 0..<100, limit: 3, order: order) {
                started.add() + 0 * $0
            } consume: { results in
                var iterator = results.makeAsyncIterator()
                _ = try await iterator.next()
                withUnsafeCurrentTask { $0?.cancel() }
                _ = try await iterator.next()
                Issue.record("took a result in a cancelled task")
            }
        }
        await #expect(throws: CancellationError.self) { try await call.value }
        #expect(started.value == 4)
    }

    @Test("In a task that was cancelled before, nothing begins")
    func cancelledBefore() async throws {
        let call = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            return try await withFanOut(over: 0..<9, limit: 3) { _ in
                started.add()
            } consume: {
                try await array($0)
            }
        }
        await #expect(throws: CancellationError.self) { try await call.value }
        #expect(started.value == 0)
    }

    @Test("A cancellation after the last result changes nothing")
    func cancelledAfter() async throws {
        let call = Task {
            try await withFanOut(over: 0..<2, limit: 1) {
                $0
            } consume: { results in
                var iterator = results.makeAsyncIterator()
                let taken = [try await iterator.next(), try await iterator.next()]
                withUnsafeCurrentTask { $0?.cancel() }
                return taken + [try await iterator.next()]
            }
        }
        #expect(try await call.value == [0, 1, nil])
    }

    @Test("Collecting, every element comes with its result, and failures stop nothing", arguments: FanOutOrder.allCases)
    func collects(order: FanOutOrder) async throws {
        let all = try await withFanOutResults(over: 0..<50, limit: 3, order: order) { element in
            await Task.yield()
            if element % 3 == 0 { throw Failure(element: element) }
            return element * 10
        } consume: {
            try await array($0)
        }
        #expect((order == .elements ? all : all.sorted { $0.element < $1.element }).map(\.element) == Array(0..<50))
        for (element, result) in all {
            switch result {
            case .success(let value): #expect(value == element * 10 && element % 3 != 0)
            case .failure(let error): #expect(error as? Failure == Failure(element: element))
            }
        }
    }

    @Test("Results that nobody took are released with the scope")
    func releases() async throws {
        final class Output: Sendable {
            let alive: Counter

            init(_ alive: Counter) {
                self.alive = alive
                alive.add()
            }

            deinit { alive.add(-1) }
        }
        let alive = Counter()
        let escaped = try await withFanOut(over: 0..<100, limit: 4) { _ in
            Output(alive)
        } consume: { results in
            var iterator = results.makeAsyncIterator()
            _ = try await iterator.next()
            while alive.value < 4 { await Task.yield() }
            return results
        }
        // An operation's end releases what it made a moment after the scope has ended.
        while alive.value > 0 {
            try Task.checkCancellation()
            await Task.yield()
        }
        withExtendedLifetime(escaped) {}
    }
}
