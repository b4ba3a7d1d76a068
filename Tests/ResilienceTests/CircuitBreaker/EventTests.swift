import TestSupport
import Testing

@testable import Resilience

@Suite("Circuit breaker: events", .timeLimit(.minutes(3)))
struct EventTests {
    typealias Kind = CircuitBreaker.Event.Kind

    @Test("Everything that happens is told in order, each with its time")
    func kinds() async throws {
        let test = Harness(try CircuitBreakerConfiguration(failureThreshold: 1))
        let events = test.breaker.events()
        test.advance(seconds: 1)
        test.call(.success)
        test.advance(seconds: 1)
        test.call(.ignored)
        test.advance(seconds: 1)
        test.call(.failure(retryAfter: .seconds(20)))
        test.advance(seconds: 1)
        let rejection = try #require(test.call(.success))
        test.advance(seconds: 19)
        test.call(.success)
        let transitions = test.transitions
        try #require(transitions.count == 3)
        let expected: [(Int, Kind)] = [
            (1, .success), (2, .ignored),
            (3, .failure(retryAfter: .seconds(20))), (3, .transition(transitions[0])),
            (4, .rejection(rejection)),
            (23, .transition(transitions[1])), (23, .success), (23, .transition(transitions[2])),
        ]
        let read = await events.read(expected.count)
        #expect(read == expected.map { CircuitBreaker.Event(at: .seconds($0), kind: $1) })
        #expect(transitions.map(\.at) == [.seconds(3), .seconds(23), .seconds(23)])
        #expect(events.buffer.count == 0)
    }

    @Test("A rejection comes after the transition that causes it")
    func timedOutProbe() async throws {
        let test = Harness(try CircuitBreakerConfiguration(failureThreshold: 1))
        test.fail(times: 1)
        test.advance(seconds: 10)
        let probe = try test.begin()
        test.advance(seconds: 30)
        let events = test.breaker.events()
        let rejection = try #require(test.rejection())
        let opening = try #require(test.transitions.last)
        #expect(opening.reason == .probeTimedOut)
        #expect(await events.read(2).map(\.kind) == [.transition(opening), .rejection(rejection)])
        probe.ignore()
    }

    @Test("An operator's commands are told if they change the state")
    func commands() async {
        let test = Harness()
        let events = test.breaker.events()
        test.breaker.reset()
        test.breaker.automatic()
        test.breaker.forceOpen()
        test.breaker.forceOpen()
        test.breaker.disable()
        test.breaker.automatic()
        #expect(await events.read(3).map(\.kind) == test.transitions.map { .transition($0) })
        #expect(events.buffer.count == 0)
    }

    @Test("A dropped permit is told as ignored, and a result of an earlier state as what it is")
    func late() async throws {
        let test = Harness()
        let early = try test.begin()
        let dropped = try test.begin()
        test.breaker.forceOpen()
        let events = test.breaker.events()
        early.fail()
        _ = consume dropped
        #expect(await events.read(2).map(\.kind) == [.failure(retryAfter: nil), .ignored])
    }

    @Test("A late subscriber sees nothing of before, and everything from the subscription on")
    func lateSubscriber() async {
        let test = Harness()
        let early = test.breaker.events()
        test.call(.failure())
        let late = test.breaker.events()
        #expect(late.buffer.count == 0)
        test.call(.success)
        #expect(await late.read(1).map(\.kind) == [.success])
        #expect(await early.read(2).map(\.kind) == [.failure(retryAfter: nil), .success])
    }

    @Test("34 · a subscriber that never reads a million calls costs its limit, and the drop count is right")
    func neverReads() async throws {
        let test = Harness()
        let events = test.breaker.events(limit: 100)
        for number in 1...1_000_000 {
            test.call(number > 999_950 ? .ignored : .success)
            if number % 100_000 == 0 { #expect(events.buffer.count == 100) }
        }
        let read = await events.read(100)
        #expect(read.map(\.dropped) == [999_900] + Array(repeating: 0, count: 99))
        #expect(read.map(\.kind) == Array(repeating: .success, count: 50) + Array(repeating: .ignored, count: 50))
        #expect(events.buffer.count == 0)
        test.call(.success)
        #expect(await events.read(1).map(\.dropped) == [0])
    }

    @Test("Each of many subscribers has its own limit and place")
    func many() async {
        let test = Harness()
        let subscribers = (1...50).map { test.breaker.events(limit: $0) }
        for _ in 0..<50 { test.call(.success) }
        for (limit, events) in zip(1...50, subscribers) {
            #expect(events.buffer.count == limit)
            #expect(await events.read(1).map(\.dropped) == [UInt64(50 - limit)])
        }
    }

    @Test("A task that waits gets the event when it happens")
    func waits() async throws {
        let test = Harness()
        let events = test.breaker.events()
        let reader = Task { await events.read(2) }
        try await events.waitForReaders(1)
        test.advance(seconds: 7)
        test.call(.success)
        test.call(.ignored)
        #expect(
            await reader.value == [
                CircuitBreaker.Event(at: .seconds(7), kind: .success),
                CircuitBreaker.Event(at: .seconds(7), kind: .ignored),
            ]
        )
    }

    @Test("Of several tasks that read one subscription each event goes to one, the longest waiting first")
    func severalReaders() async throws {
        let test = Harness()
        let events = test.breaker.events()
        let first = Task { await events.read(1).map(\.kind) }
        try await events.waitForReaders(1)
        let second = Task { await events.read(1).map(\.kind) }
        try await events.waitForReaders(2)
        test.call(.success)
        test.call(.ignored)
        test.call(.failure())
        #expect(await first.value == [.success])
        #expect(await second.value == [.ignored])
        #expect(events.buffer.count == 1)
    }

    @Test("35 · a subscriber may read the snapshot and make calls inside its loop")
    func usesBreaker() async throws {
        let test = Harness(try CircuitBreakerConfiguration(failureThreshold: 1))
        let events = test.breaker.events()
        let reader = Task {
            var states: [CircuitBreaker.State] = []
            for await event in events {
                states.append(test.breaker.snapshot().state)
                if event.kind == .failure(retryAfter: nil) { test.breaker.disable() }
                if event.kind == .success { break }
                if states.count == 3 { test.call(.success) }
            }
            return states
        }
        try await events.waitForReaders(1)
        test.call(.failure())
        #expect(await reader.value == [.open, .disabled, .disabled, .disabled])
    }

    @Test("35 · no lock is held when a subscriber is resumed, not even if it runs at once on the calling thread")
    func resumedOutsideTheLock() async throws {
        let test = Harness()
        let events = test.breaker.events()
        let seen = Observed(0)
        let reader = Task(executorPreference: InlineExecutor()) {
            for await _ in events {
                let totals = test.breaker.snapshot().totals
                let count = Int(totals.succeeded + totals.ignored)
                seen.change { $0 = count }
                if count == 1 { test.call(.ignored) }
                if count == 2 { break }
            }
        }
        try await events.waitForReaders(1)
        test.call(.success)
        await reader.value
        #expect(seen.value == 2)
    }
}

/// Runs every job at once on the thread that hands it over.
private final class InlineExecutor: TaskExecutor {
    func enqueue(_ job: consuming ExecutorJob) {
        job.runSynchronously(on: asUnownedTaskExecutor())
    }
}
