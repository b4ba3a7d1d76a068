import Synchronization
import TestSupport
import Testing

@testable import Resilience

@Suite("Circuit breaker: life of a subscription", .timeLimit(.minutes(3)))
struct EventLifetimeTests {
    @Test("Dropping the sequence unsubscribes, and nothing is kept of it")
    func dropped() {
        let test = Harness()
        var events: CircuitBreaker.Events? = test.breaker.events()
        weak let buffer = events?.buffer
        #expect(test.subscribers == 1)
        #expect(test.breaker.core.withLock { $0.isWatched })
        events = nil
        #expect(buffer == nil)
        test.call(.success)
        #expect(test.breaker.core.withLock { !$0.isWatched }, "the first event after it finds nobody")
    }

    @Test("An iterator keeps the subscription without the sequence")
    func iterator() async {
        let test = Harness()
        var iterator: CircuitBreaker.Events.Iterator? = test.breaker.events().makeAsyncIterator()
        #expect(test.subscribers == 1)
        test.call(.success)
        #expect(await iterator?.next()?.kind == .success)
        iterator = nil
        #expect(test.subscribers == 0)
    }

    @Test("Leaving the loop unsubscribes")
    func loop() async {
        let test = Harness()
        let task = Task {
            for await event in test.breaker.events() where event.kind == .success { break }
        }
        while test.subscribers == 0 { await Task.yield() }
        test.call(.success)
        await task.value
        #expect(test.subscribers == 0)
    }

    @Test("Subscriptions that come and go without an event leave nothing")
    func comeAndGo() {
        let test = Harness()
        for _ in 0..<100_000 { _ = test.breaker.events(limit: .max) }
        #expect(test.breaker.core.withLock { $0.kept } <= 1)
    }

    @Test("One that leaves takes nothing from the others")
    func others() async {
        let test = Harness()
        let first = test.breaker.events()
        var second: CircuitBreaker.Events? = test.breaker.events()
        let third = test.breaker.events()
        test.call(.success)
        #expect(second?.buffer.count == 1)
        second = nil
        test.call(.ignored)
        #expect(await first.read(2).map(\.kind) == [.success, .ignored])
        #expect(await third.read(2).map(\.kind) == [.success, .ignored])
    }

    @Test("Cancelling a task that waits ends its loop, and the next reader misses nothing")
    func cancelledWaiting() async throws {
        let test = Harness()
        let events = test.breaker.events()
        let reader = Task {
            for await _ in events {}
            return true
        }
        try await events.waitForReaders(1)
        reader.cancel()
        #expect(await reader.value)
        #expect(events.buffer.waiting == 0)
        test.call(.success)
        #expect(await events.read(1).map(\.kind) == [.success])
    }

    @Test("Cancelled while it works on an event, a task gets no other, though there are some")
    func cancelledReading() async throws {
        let test = Harness()
        let events = test.breaker.events()
        for _ in 0..<5 { test.call(.success) }
        let reader = Task {
            var count = 0
            for await _ in events {
                count += 1
                withUnsafeCurrentTask { $0?.cancel() }
            }
            return count
        }
        #expect(await reader.value == 1)
        #expect(events.buffer.count == 4)
    }

    @Test("Cancelling one of two readers leaves the other waiting")
    func cancelledOne() async throws {
        let test = Harness()
        let events = test.breaker.events()
        let first = Task { await events.read(1).count }
        try await events.waitForReaders(1)
        let second = Task { await events.read(1).count }
        try await events.waitForReaders(2)
        first.cancel()
        #expect(await first.value == 0)
        test.call(.success)
        #expect(await second.value == 1)
    }

    @Test("When the breaker is gone, the rest is read and the loop ends")
    func breakerGone() async {
        var breaker: CircuitBreaker? = CircuitBreaker(name: "test")
        let events = breaker?.events()
        breaker?.forceOpen()
        breaker?.disable()
        breaker = nil
        #expect(await events?.read(5).count == 2)
    }

    @Test("When the breaker is gone, those who wait are let go")
    func breakerGoneWhileWaiting() async throws {
        let breaker = Mutex<CircuitBreaker?>(CircuitBreaker(name: "test"))
        let events = try #require(breaker.withLock { $0?.events() })
        let readers = (0..<3).map { _ in Task { await events.read(1).count } }
        try await events.waitForReaders(3)
        breaker.withLock { $0 = nil }
        for reader in readers { #expect(await reader.value == 0) }
    }
}

extension Harness {
    /// Subscribers that are not gone.
    fileprivate var subscribers: Int { breaker.core.withLock { $0.buffers.count } }
}
