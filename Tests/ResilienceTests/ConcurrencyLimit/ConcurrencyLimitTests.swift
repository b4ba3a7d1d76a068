import Resilience
import TestSupport
import Testing

@Suite("Concurrency limit: places", .timeLimit(.minutes(3)))
struct ConcurrencyLimitTests {
    private struct Failure: Error {}

    @Test("A fixed limit admits so many calls and rejects the next, which learns the limit")
    func fixed() throws {
        let limit = ConcurrencyLimit(configuration: try ConcurrencyLimitConfiguration(fixed: 2), clock: ManualClock())
        let first = try begin(limit)
        let second = try begin(limit)
        #expect(rejection(limit) == ConcurrencyLimit.Rejection(limit: 2))
        first.succeed()
        #expect(limit.snapshot().inFlight == 1)
        #expect(rejection(limit) == nil)
        second.succeed()
        #expect(limit.snapshot().inFlight == 0)
        #expect(limit.snapshot().totals.rejected == 1)
    }

    @Test("Every way to settle a permit gives its place back once, dropping it too")
    func settling() throws {
        let limit = ConcurrencyLimit(configuration: try ConcurrencyLimitConfiguration(fixed: 1), clock: ManualClock())
        try begin(limit).succeed()
        try begin(limit).overload()
        try begin(limit).ignore()
        try begin(limit).settle(.success)
        _ = try begin(limit)
        func unused() throws { let permit = try begin(limit); _ = consume permit }
        try unused()
        let snapshot = limit.snapshot()
        #expect(snapshot.inFlight == 0)
        #expect(snapshot.totals.succeeded == 2)
        #expect(snapshot.totals.overloaded == 1)
        #expect(snapshot.totals.ignored == 3)
        #expect(snapshot.totals.rejected == 0)
    }

    @Test("A fixed limit measures nothing, and overloads don't lower it")
    func fixedMeasuresNothing() throws {
        let clock = ManualClock()
        let configuration = try ConcurrencyLimitConfiguration(fixed: 3)
        let limit = ConcurrencyLimit(configuration: configuration, clock: clock)
        for number in 0..<500 {
            let permit = try begin(limit)
            clock.advance(by: .seconds(1))
            permit.settle(number % 2 == 0 ? .overload : .success)
        }
        let snapshot = limit.snapshot()
        #expect(snapshot.limit == 3 && snapshot.estimatedLimit == 3 && !snapshot.isProbing)
        #expect(snapshot.shortTermLatency == nil && snapshot.longTermLatency == nil)
        #expect(snapshot.configuration == configuration)
    }

    @Test("An adaptive limit takes the time from its clock, and shows what it measured")
    func measures() throws {
        let clock = ManualClock(at: .seconds(1_000))
        let limit = ConcurrencyLimit(configuration: try ConcurrencyLimitConfiguration(minimumSamples: 1), clock: clock)
        #expect(limit.snapshot().limit == 20 && limit.snapshot().isProbing)
        for latency in [50, 200] {
            let permit = try begin(limit)
            clock.advance(by: .milliseconds(latency))
            permit.succeed()
        }
        #expect(limit.snapshot().longTermLatency == .milliseconds(65), "a window without load counts a tenth")
        #expect(limit.snapshot().shortTermLatency == .milliseconds(200))
        #expect(!limit.snapshot().isProbing)
    }

    @Test("A call that is run gives its place back with its result, its error, or a rejection")
    func run() async throws {
        let limit = ConcurrencyLimit(configuration: try ConcurrencyLimitConfiguration(fixed: 1), clock: ManualClock())
        #expect(try await limit.run { 7 } == 7)
        await #expect(throws: Failure.self) { try await limit.run { throw Failure() } }
        await #expect(throws: TimeoutError.self) { try await limit.run { throw TimeoutError(limit: .seconds(1)) } }
        let inside = try await limit.run(classify: { _ in .overload }) {
            await #expect(throws: ConcurrencyLimit.Rejection(limit: 1)) { try await limit.run {} }
            return limit.snapshot().inFlight
        }
        #expect(inside == 1)
        let snapshot = limit.snapshot()
        #expect(snapshot.inFlight == 0)
        #expect(snapshot.totals.succeeded == 1)
        #expect(snapshot.totals.ignored == 1)
        #expect(snapshot.totals.overloaded == 2)
        #expect(snapshot.totals.rejected == 1)
    }

    @Test("A call whose task is cancelled gives its place back and is ignored, even if it ends with a time-out")
    func cancellation() async throws {
        let clock = ManualClock()
        let limit = ConcurrencyLimit(configuration: try ConcurrencyLimitConfiguration(fixed: 1), clock: clock)
        for isTimeout in [false, true] {
            let task = Task {
                try await limit.run {
                    do {
                        try await clock.sleep(for: .seconds(1))
                    } catch {
                        throw isTimeout ? TimeoutError(limit: .seconds(1)) : error
                    }
                }
            }
            try await clock.waitForSleepers(1)
            #expect(limit.snapshot().inFlight == 1)
            task.cancel()
            await #expect(throws: (any Error).self) { try await task.value }
        }
        #expect(limit.snapshot().inFlight == 0)
        #expect(limit.snapshot().totals.ignored == 2)
    }

    @Test("Ten threads at once: never more calls under way than the limit, and totals exact", arguments: [1, 3])
    func threads(places: Int) async throws {
        let limit = ConcurrencyLimit(configuration: try ConcurrencyLimitConfiguration(fixed: places))
        let underWay = Counter()
        let most = Counter()
        let admitted = Counter()
        await onThreads(10) { _ in
            for _ in 0..<5_000 {
                guard case .admitted(let permit) = limit.admit() else { continue }
                most.raise(to: underWay.add())
                admitted.add()
                underWay.add(-1)
                permit.succeed()
            }
        }
        #expect((1...places).contains(most.value))
        let snapshot = limit.snapshot()
        #expect(snapshot.inFlight == 0)
        #expect(snapshot.totals.succeeded == UInt64(admitted.value))
        #expect(snapshot.totals.succeeded + snapshot.totals.rejected == 50_000)
    }

    @Test("Ten threads on a limit that moves: never beyond its bounds, no place lost, totals exact")
    func threadsAdaptive() async throws {
        let configuration = try ConcurrencyLimitConfiguration(
            minimum: 2,
            maximum: 6,
            initial: 4,
            window: .microseconds(20),
            minimumSamples: 5,
            probeInterval: .milliseconds(1)
        )
        let clock = ManualClock()
        let limit = ConcurrencyLimit(configuration: configuration, clock: clock)
        let underWay = Counter()
        let most = Counter()
        let outOfBounds = Counter()
        await onThreads(10) { number in
            var random = SplitMix64(seed: UInt64(number))
            for _ in 0..<3_000 {
                guard case .admitted(let permit) = limit.admit() else { continue }
                most.raise(to: underWay.add())
                clock.advance(by: .microseconds(Int64(random.next() % 5)))
                if !(2...6).contains(limit.snapshot().limit) { outOfBounds.add() }
                underWay.add(-1)
                switch random.next() % 20 {
                case 0: permit.overload()
                case 1...2: permit.ignore()
                case 3: _ = consume permit
                default: permit.succeed()
                }
            }
        }
        #expect((1...6).contains(most.value))
        #expect(outOfBounds.value == 0)
        let snapshot = limit.snapshot()
        #expect(snapshot.inFlight == 0)
        let totals = snapshot.totals
        #expect(totals.succeeded + totals.overloaded + totals.ignored + totals.rejected == 30_000)
    }

    private func begin(_ limit: ConcurrencyLimit) throws -> ConcurrencyLimit.Permit {
        switch limit.admit() {
        case .admitted(let permit): return permit
        case .rejected(let rejection): throw rejection
        }
    }

    /// `nil` if a call would have got in.
    private func rejection(_ limit: ConcurrencyLimit) -> ConcurrencyLimit.Rejection? {
        switch limit.admit() {
        case .admitted: nil
        case .rejected(let rejection): rejection
        }
    }
}
