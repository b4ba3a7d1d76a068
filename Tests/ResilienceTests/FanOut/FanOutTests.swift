import Resilience
import TestSupport
import Testing

@Suite("Fan-out as a sequence", .timeLimit(.minutes(3)))
struct FanOutTests {
    struct Failure: Error, Equatable { let element: Int }

    let clock = ManualClock()

    // MARK: - Order and ends

    @Test("Results come as they are there, or in the order of the elements, as asked", arguments: FanOutOrder.allCases)
    func order(_ order: FanOutOrder) async throws {
        let clock = clock
        let taken = Observed<[Int]>([])
        let call = Task {
            try await withFanOut(over: 0..<5, limit: 5, order: order) { element in
                try await clock.sleep(for: .seconds(5 - element))
                return element
            } consume: { results in
                for try await result in results { taken.change { $0.append(result) } }
            }
        }
        try await clock.waitForSleepers(5)
        for count in 1...5 {
            clock.advance(by: .seconds(1))
            switch order {
            case .completion: try await taken.wait { $0.count == count }
            case .elements: try await clock.waitForSleepers(5 - count)
            }
        }
        try await call.value
        #expect(taken.value == (order == .completion ? [4, 3, 2, 1, 0] : [0, 1, 2, 3, 4]))
    }

    @Test("No elements, one at a time, a limit above their number", arguments: FanOutOrder.allCases, [1, 3, Int.max])
    func edges(_ order: FanOutOrder, limit: Int) async throws {
        for count in [0, 1, 2, 3, 4] {
            let results = try await withFanOut(over: 0..<count, limit: limit, order: order) {
                $0 * 10
            } consume: {
                try await array($0)
            }
            #expect(results.sorted() == (0..<count).map { $0 * 10 })
            if order == .elements || limit == 1 { #expect(results == results.sorted()) }
        }
    }

    @Test("After the last result there is none, however often one asks")
    func afterTheEnd() async throws {
        try await withFanOut(over: 0..<1, limit: 1) {
            $0
        } consume: { results in
            var iterator = results.makeAsyncIterator()
            let taken = [try await iterator.next(), try await iterator.next(), try await iterator.next()]
            #expect(taken == [0, nil, nil])
        }
    }

    @Test("A second iterator takes on where the first stopped")
    func twoIterators() async throws {
        try await withFanOut(over: 0..<4, limit: 2, order: .elements) {
            $0
        } consume: { results in
            for try await result in results where result == 1 { break }
            let rest = try await array(results)
            #expect(rest == [2, 3])
        }
    }

    @Test("After its scope the sequence is empty, though there were elements left")
    func escaped() async throws {
        let results = try await withFanOut(over: 0..<9, limit: 2) {
            $0
        } consume: { results in
            var iterator = results.makeAsyncIterator()
            _ = try await iterator.next()
            return results
        }
        #expect(try await array(results) == [])
    }

    @Test("Nothing begins before a result is asked for")
    func lazyStart() async throws {
        let started = Counter()
        try await withFanOut(over: 0..<9, limit: 2) { _ in
            started.add()
        } consume: { _ in
            await Task.yield()
        }
        #expect(started.value == 0)
    }

    @Test("The consumer stays on its actor, the operations see the caller's task-local values")
    @MainActor
    func context() async throws {
        var sum = 0
        try await withDeadline(Deadline(after: .seconds(9), clock: clock)) { @MainActor in
            try await withFanOut(over: 1...9, limit: 2) {
                Deadline.current == nil ? 0 : $0
            } consume: { results in
                for try await result in results {
                    MainActor.assertIsolated()
                    sum += result
                }
            }
        }
        #expect(sum == 45)
    }

    @Test("Elements and consumer stay on the caller's actor, also where nothing in them says so")
    func callersActor() async throws {
        let caller = Caller()
        try await caller.fansOut()
        #expect(await caller.taken == 12)
    }

    private actor Caller {
        private(set) var taken = 0

        func fansOut() async throws {
            let elements = (1...3).lazy.map { [self] number in
                taken += 1
                return number
            }
            _ = try await boundedFanOut(over: elements, limit: 2) { $0 }
            _ = await boundedFanOutResults(over: elements, limit: 2) { $0 }
            try await withFanOut(over: elements, limit: 2) {
                $0
            } consume: {
                try await Self.read($0)
            }
            try await withFanOutResults(over: elements, limit: 2) {
                $0
            } consume: {
                try await Self.read($0)
            }
        }

        private static func read<Element>(_ results: FanOut<Element>) async throws {
            #expect(#isolation is Caller)
            _ = try await array(results)
            #expect(#isolation is Caller)
        }
    }

    // MARK: - The limit

    @Test("Never more than the limit at once, and not fewer while elements are left", arguments: [1, 3, 50])
    func limit(limit: Int) async throws {
        for order in FanOutOrder.allCases {
            let clock = ManualClock()
            let (underWay, most) = (Counter(), Counter())
            let call = Task {
                try await withFanOut(over: 0..<4 * limit, limit: limit, order: order) { element in
                    most.raise(to: underWay.add())
                    try await clock.sleep(for: .seconds(1))
                    underWay.add(-1)
                    return element
                } consume: {
                    try await array($0)
                }
            }
            for _ in 0..<4 {
                try await clock.waitForSleepers(limit)
                clock.advance(by: .seconds(1))
            }
            #expect(try await call.value.sorted() == Array(0..<4 * limit))
            #expect(most.value == limit)
        }
    }

    @Test("In the order of completion a slow one doesn't hold up the others")
    func slides() async throws {
        let clock = clock
        let call = Task {
            try await withFanOut(over: 0..<6, limit: 2) { element in
                try await clock.sleep(for: .seconds(element == 0 ? 5 : 1))
                return element
            } consume: {
                try await array($0)
            }
        }
        for _ in 0..<5 {
            try await clock.waitForSleepers(2)
            clock.advance(by: .seconds(1))
        }
        #expect(Set(try await call.value.suffix(2)) == [0, 5])
        #expect(clock.now.offset == .seconds(5))
    }

    @Test("Of a million elements no more than the limit are taken ahead of the consumer", arguments: [1, 7])
    func lazy(limit: Int) async throws {
        for order in FanOutOrder.allCases {
            let (pulled, started) = (Counter(), Counter())
            let elements = (0..<1_000_000).lazy.map { element in
                pulled.add()
                return element
            }
            try await withFanOut(over: elements, limit: limit, order: order) { _ in
                started.add()
            } consume: { results in
                var taken = 0
                for try await _ in results {
                    taken += 1
                    #expect(pulled.value == taken + limit)
                    // The consumer is slow: everything that was started has ended, and nothing else begins.
                    while started.value < taken + limit { await Task.yield() }
                    await Task.yield()
                    #expect(started.value == taken + limit)
                    if taken == 100 { break }
                }
            }
            #expect(pulled.value == 100 + limit)
        }
    }

    @Test("In the order of the elements no more than the limit begin ahead of the first one that is outstanding")
    func outstandingFirst() async throws {
        let gate = Observed(false)
        let ended = Observed(0)
        let started = Counter()
        let call = Task {
            try await withFanOut(over: 0..<100, limit: 4, order: .elements) { element in
                started.add()
                if element == 0 { try await gate.wait { $0 } }
                ended.change { $0 += 1 }
                return element
            } consume: {
                try await array($0)
            }
        }
        try await ended.wait { $0 == 3 }
        for _ in 0..<100 { await Task.yield() }
        #expect(started.value == 4)
        gate.change { $0 = true }
        #expect(try await call.value == Array(0..<100))
    }

    @Test("20,000 elements with operations of random length: every result once, order and limit kept")
    func many() async throws {
        for order in FanOutOrder.allCases {
            let (underWay, most) = (Counter(), Counter())
            let results = try await withFanOut(over: 0..<20_000, limit: 8, order: order) { element in
                most.raise(to: underWay.add())
                var random = SplitMix64(seed: UInt64(element))
                for _ in 0..<random.next() % 3 { await Task.yield() }
                underWay.add(-1)
                return element
            } consume: {
                try await array($0)
            }
            #expect((order == .elements ? results : results.sorted()) == Array(0..<20_000))
            #expect((2...8).contains(most.value))
        }
    }
}

/// All results.
func array<Element>(_ results: FanOut<Element>) async throws -> [Element] {
    var array: [Element] = []
    for try await result in results { array.append(result) }
    return array
}
