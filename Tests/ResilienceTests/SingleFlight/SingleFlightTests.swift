import Synchronization
import TestSupport
import Testing

@testable import Resilience

@Suite("Single flight", .timeLimit(.minutes(3)))
struct SingleFlightTests {
    struct Failure: Error, Equatable {}

    let flights = SingleFlight<String, Int>()
    let gates = Gates()

    @Test("Callers of one key at the same time share one run and its value")
    func shares() async throws {
        let callers = (0..<5).map { _ in call("k") }
        try await waiters(5)
        gates.open(1, with: .success(7))
        for caller in callers { #expect(try await caller.value == 7) }
        #expect(gates.started == 1)
        expectNothingKept()
    }

    @Test("They share its error as well, and it is not remembered")
    func sharesErrors() async throws {
        let callers = (0..<3).map { _ in call("k") }
        try await waiters(3)
        gates.open(1, with: .failure(Failure()))
        for caller in callers { await #expect(throws: Failure()) { try await caller.value } }
        expectNothingKept()
        #expect(try await flights.run("k") { 8 } == 8)
    }

    @Test("When the work has ended, the next caller starts anew")
    func startsAnew() async throws {
        for number in 1...3 { #expect(try await flights.run("k") { number } == number) }
        expectNothingKept()
    }

    @Test("No key waits for another")
    func keys() async throws {
        let slow = call("slow")
        try await waiters(1)
        #expect(try await flights.run("quick") { 2 } == 2)
        #expect(flights.kept.waiters == 1)
        gates.open(1, with: .success(1))
        #expect(try await slow.value == 1)
    }

    @Test("A caller that is cancelled leaves at once, the others get the value", arguments: 0..<3)
    func oneLeaves(leaver: Int) async throws {
        var callers: [Task<Int, any Error>] = []
        for count in 1...3 {
            callers.append(call("k"))
            try await waiters(count)
        }
        callers[leaver].cancel()
        await #expect(throws: CancellationError.self) { try await callers[leaver].value }
        #expect(flights.kept.waiters == 2)
        #expect(gates.cancelled.isEmpty)
        gates.open(1, with: .success(7))
        for (number, caller) in callers.enumerated() where number != leaver { #expect(try await caller.value == 7) }
        #expect(gates.started == 1)
        expectNothingKept()
    }

    @Test("The work is cancelled when the last caller leaves, and not before")
    func lastLeaves() async throws {
        let callers = (0..<3).map { _ in call("k") }
        try await waiters(3)
        try await gates.waitForStart(1)
        for caller in callers.dropLast() {
            caller.cancel()
            await #expect(throws: CancellationError.self) { try await caller.value }
        }
        #expect(gates.cancelled.isEmpty)
        callers[2].cancel()
        await #expect(throws: CancellationError.self) { try await callers[2].value }
        expectNothingKept()
        try await gates.waitForCancellation(1)
        gates.open(1, with: .success(7))
    }

    @Test("A caller that comes after the last one left starts anew, though the cancelled work goes on")
    func stubbornWork() async throws {
        let first = call("k")
        try await gates.waitForStart(1)
        first.cancel()
        await #expect(throws: CancellationError.self) { try await first.value }
        let second = call("k")
        try await gates.waitForStart(2)
        // The end of the cancelled work is none for its successor.
        gates.open(1, with: .success(1))
        try await gates.waitForEnd(1)
        #expect(flights.kept == (keys: 1, runs: 1, waiters: 1))
        let third = call("k")
        try await waiters(2)
        gates.open(2, with: .success(2))
        #expect(try await second.value == 2)
        #expect(try await third.value == 2)
        #expect(gates.cancelled == [1])
        #expect(gates.started == 2)
    }

    @Test("A caller that was cancelled before starts nothing, and joins nothing")
    func cancelledBefore() async throws {
        let other = call("k")
        try await waiters(1)
        for key in ["k", "other"] {
            let cancelled = Task {
                withUnsafeCurrentTask { $0?.cancel() }
                return try await flights.run(key) { try await gates.work() }
            }
            await #expect(throws: CancellationError.self) { try await cancelled.value }
        }
        gates.open(1, with: .success(7))
        #expect(try await other.value == 7)
        #expect(gates.started == 1)
    }

    @Test("Work whose callers have all left before its task existed is cancelled as soon as it does")
    func leftBeforeStart() async throws {
        // No test can hit the moment between the two halves of a call: so this is the second half without the first.
        flights.start({ try await gates.work() }, as: 99, priority: .medium)
        try await gates.waitForCancellation(1)
        gates.open(1, with: .success(7))
        expectNothingKept()
    }

    @Test("A CancellationError that the work throws by itself is an error like others")
    func workThrowsCancellation() async throws {
        let callers = (0..<2).map { _ in call("k") }
        try await waiters(2)
        gates.open(1, with: .failure(CancellationError()))
        for caller in callers { await #expect(throws: CancellationError.self) { try await caller.value } }
        #expect(gates.cancelled.isEmpty)
    }

    // MARK: - Invalidation

    @Test("Those who wait keep their work, later callers start anew", arguments: [true, false], [[1, 2], [2, 1]])
    func invalidates(all: Bool, order: [Int]) async throws {
        let early = (0..<2).map { _ in call("k") }
        try await waiters(2)
        try await gates.waitForStart(1)
        if all { flights.invalidateAll() } else { flights.invalidate("k") }
        let late = (0..<2).map { _ in call("k") }
        try await waiters(4)
        try await gates.waitForStart(2)
        #expect(flights.kept == (keys: 1, runs: 2, waiters: 4))
        for run in order {
            gates.open(run, with: .success(run))
            for caller in run == 1 ? early : late { #expect(try await caller.value == run) }
        }
        #expect(gates.cancelled.isEmpty)
        expectNothingKept()
    }

    @Test("Invalidating one key leaves the others as they are, and one without work is no problem")
    func invalidatesOne() async throws {
        let first = call("k")
        try await waiters(1)
        flights.invalidate("other")
        let second = call("k")
        try await waiters(2)
        gates.open(1, with: .success(7))
        #expect(try await first.value == 7)
        #expect(try await second.value == 7)
        flights.invalidate("k")
        flights.invalidateAll()
        expectNothingKept()
    }

    @Test("Invalidated work is cancelled when the last one of those who wait for it leaves; its successor isn't")
    func lastLeavesInvalidated() async throws {
        let early = call("k")
        try await gates.waitForStart(1)
        flights.invalidate("k")
        let late = call("k")
        try await gates.waitForStart(2)
        early.cancel()
        await #expect(throws: CancellationError.self) { try await early.value }
        try await gates.waitForCancellation(1)
        let latest = call("k")
        try await waiters(2)
        gates.open(1, with: .success(1))
        gates.open(2, with: .success(2))
        #expect(try await late.value == 2)
        #expect(try await latest.value == 2)
        #expect(gates.cancelled == [1])
        expectNothingKept()
    }

    // MARK: - Memory

    @Test("Nothing is kept of key, operation and value when the work has ended", arguments: [true, false])
    func releases(succeeds: Bool) async throws {
        let flights = SingleFlight<Reference, Reference>()
        weak var key: Reference?
        weak var value: Reference?
        do {
            let (newKey, newValue) = (Reference(), Reference())
            (key, value) = (newKey, newValue)
            let result = Task {
                try await flights.run(newKey) {
                    guard succeeds else { throw Failure() }
                    return newValue
                }
            }
            _ = await result.result
        }
        // The end of a task releases what it captured a moment after its value is there.
        while key != nil || value != nil {
            try Task.checkCancellation()
            await Task.yield()
        }
    }

    @Test("Nothing is kept of a caller that left, neither the object itself when nobody uses it any more")
    func releasesAbandoned() async throws {
        var flights: SingleFlight<Reference, Int>? = SingleFlight()
        weak let owner = flights
        weak var key: Reference?
        do {
            let newKey = Reference()
            key = newKey
            let caller = Task { [flights] in try await flights?.run(newKey) { try await gates.work() } }
            try await gates.waitForStart(1)
            caller.cancel()
            await #expect(throws: CancellationError.self) { try await caller.value }
        }
        while key != nil {
            try Task.checkCancellation()
            await Task.yield()
        }
        flights = nil
        gates.open(1, with: .success(1))
        while owner != nil {
            try Task.checkCancellation()
            await Task.yield()
        }
    }

    // MARK: - Support

    private func call(_ key: String) -> Task<Int, any Error> {
        Task { try await flights.run(key) { try await gates.work() } }
    }

    /// Returns when so many callers wait.
    private func waiters(_ count: Int) async throws {
        while flights.kept.waiters != count {
            try Task.checkCancellation()
            await Task.yield()
        }
    }

    private func expectNothingKept(at location: SourceLocation = #_sourceLocation) {
        #expect(flights.kept == (keys: 0, runs: 0, waiters: 0), sourceLocation: location)
    }
}

private final class Reference: Hashable, Sendable {
    static func == (left: Reference, right: Reference) -> Bool { left === right }

    func hash(into hasher: inout Hasher) { hasher.combine(ObjectIdentifier(self)) }
}
