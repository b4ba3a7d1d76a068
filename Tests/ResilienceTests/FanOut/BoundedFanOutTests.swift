import Dispatch
import Resilience
import Synchronization
import TestSupport
import Testing

@Suite("Bounded fan-out", .timeLimit(.minutes(3)))
struct BoundedFanOutTests {
    struct Failure: Error, Equatable { let element: Int }

    @Test("Results keep the order of the elements, whatever the order in which they end")
    func order() async throws {
        let clock = ManualClock()
        let call = Task {
            try await boundedFanOut(over: 0..<5, limit: 5) { element in
                try await clock.sleep(for: .seconds(5 - element))
                return element * 10
            }
        }
        try await clock.waitForSleepers(5)
        for _ in 0..<5 { clock.advance(by: .seconds(1)) }
        #expect(try await call.value == [0, 10, 20, 30, 40])
    }

    @Test("No elements give no results, and a limit above their number is no problem")
    func few() async throws {
        #expect(try await boundedFanOut(over: [Int](), limit: 3) { $0 } == [])
        #expect(try await boundedFanOut(over: [1, 2], limit: 50) { $0 } == [1, 2])
        #expect(await boundedFanOutResults(over: [Int](), limit: 3) { $0 }.isEmpty)
    }

    @Test("Never more than the limit at once, and not fewer while elements are left", arguments: [1, 3, 50])
    func limit(limit: Int) async throws {
        let clock = ManualClock()
        let underWay = Counter()
        let most = Counter()
        let elements = 4 * limit
        let call = Task {
            try await boundedFanOut(over: 0..<elements, limit: limit) { element in
                most.raise(to: underWay.add())
                try await clock.sleep(for: .seconds(1))
                underWay.add(-1)
                return element
            }
        }
        for _ in 0..<4 {
            try await clock.waitForSleepers(limit)
            clock.advance(by: .seconds(1))
        }
        #expect(try await call.value == Array(0..<elements))
        #expect(most.value == limit)
    }

    @Test("The next begins as soon as any ends: a slow one doesn't hold up the others")
    func slides() async throws {
        let clock = ManualClock()
        let call = Task {
            try await boundedFanOut(over: 0..<6, limit: 2) { element in
                try await clock.sleep(for: .seconds(element == 0 ? 5 : 1))
                return element
            }
        }
        for _ in 0..<5 {
            try await clock.waitForSleepers(2)
            clock.advance(by: .seconds(1))
        }
        #expect(try await call.value == Array(0..<6))
        #expect(clock.now.offset == .seconds(5))
    }

    @Test("Elements are taken from the sequence only as they are needed")
    func lazy() async throws {
        let clock = ManualClock()
        let taken = Counter()
        let elements = (0..<1_000).lazy.map { element in
            taken.add()
            return element
        }
        let call = Task {
            try await boundedFanOut(over: elements, limit: 4) { _ in try await clock.sleep(for: .seconds(1)) }
        }
        try await clock.waitForSleepers(4)
        #expect(taken.value == 4)
        call.cancel()
        await #expect(throws: CancellationError.self) { try await call.value }
        #expect(taken.value <= 5)
    }

    @Test("The first failure cancels what is under way, starts nothing else, and is thrown")
    func failFast() async throws {
        let clock = ManualClock()
        let started = Counter()
        let cancelled = Counter()
        let call = Task {
            try await boundedFanOut(over: 0..<100, limit: 3) { element in
                started.add()
                if element == 1 {
                    try await clock.sleep(for: .seconds(1))
                    throw Failure(element: element)
                }
                do { try await clock.sleep(for: .seconds(3600)) } catch {
                    cancelled.add()
                    throw error
                }
            }
        }
        try await clock.waitForSleepers(3)
        clock.advance(by: .seconds(1))
        await #expect(throws: Failure(element: 1)) { try await call.value }
        #expect(started.value == 3)
        #expect(cancelled.value == 2)
        #expect(clock.sleepers == 0)
    }

    @Test("A cancelled caller cancels all and starts nothing else, also if the operations don't care")
    func cancelledCaller() async throws {
        let clock = ManualClock()
        let started = Counter()
        let call = Task {
            try await boundedFanOut(over: 0..<100, limit: 3) { element in
                started.add()
                do { try await clock.sleep(for: .seconds(3600)) } catch { return element }
                return element
            }
        }
        try await clock.waitForSleepers(3)
        call.cancel()
        await #expect(throws: CancellationError.self) { try await call.value }
        #expect(started.value == 3)
    }

    @Test("Collecting, failures are results like others, and the rest goes on")
    func collects() async {
        let results = await boundedFanOutResults(over: 0..<20, limit: 3) { element in
            if element % 3 == 0 { throw Failure(element: element) }
            return element
        }
        #expect(results.count == 20)
        for (element, result) in results.enumerated() {
            switch result {
            case .success(let value): #expect(value == element && element % 3 != 0)
            case .failure(let error): #expect(error as? Failure == Failure(element: element))
            }
        }
    }

    @Test("Collecting, the limit holds and slides as well")
    func collectingLimit() async throws {
        let clock = ManualClock()
        let underWay = Counter()
        let most = Counter()
        let call = Task {
            await boundedFanOutResults(over: 0..<6, limit: 2) { element in
                most.raise(to: underWay.add())
                try await clock.sleep(for: .seconds(element == 0 ? 5 : 1))
                underWay.add(-1)
                return element
            }
        }
        for _ in 0..<5 {
            try await clock.waitForSleepers(2)
            clock.advance(by: .seconds(1))
        }
        let results = await call.value
        #expect(try results.map { try $0.get() } == Array(0..<6))
        #expect(most.value == 2)
    }

    @Test("Collecting, a cancelled caller gets a result for every element all the same")
    func cancelledCollecting() async throws {
        let clock = ManualClock()
        let started = Counter()
        let call = Task {
            await boundedFanOutResults(over: 0..<100, limit: 3) { element in
                if started.add() == 1 { return element }
                try await clock.sleep(for: .seconds(3600))
                return element
            }
        }
        try await clock.waitForSleepers(3)
        call.cancel()
        let results = await call.value
        #expect(results.count == 100)
        #expect(started.value == 4)
        var values = 0
        for result in results {
            switch result {
            case .success: values += 1
            case .failure(let error): #expect(error is CancellationError)
            }
        }
        #expect(values == 1)
    }

    @Test("In a cancelled task nothing is started, however large the limit")
    func cancelledBefore() async throws {
        let started = Counter()
        let call = Task {
            while !Task.isCancelled { await Task.yield() }
            return try await boundedFanOut(over: 0..<5, limit: 8) { _ in started.add() }
        }
        call.cancel()
        await #expect(throws: CancellationError.self) { try await call.value }
        #expect(started.value == 0)
    }

    @Test("A failure ends the starting, also before the limit is reached")
    @MainActor
    func failureBeforeLimit() async throws {
        struct Failure: Error {}
        let hasBegun = DispatchSemaphore(value: 0)
        // An endless sequence with an endless limit: only the failure can end it. It waits, on a thread of its own, for the
        // operation that fails: on a busy machine others would be started meanwhile until there is no memory left.
        let elements = sequence(first: 0) { element in
            if element == 0 { hasBegun.wait() }
            return element + 1
        }
        await #expect(throws: Failure.self) {
            try await boundedFanOut(over: elements, limit: .max) { element in
                if element == 0 {
                    hasBegun.signal()
                    throw Failure()
                }
            }
        }
    }
}
