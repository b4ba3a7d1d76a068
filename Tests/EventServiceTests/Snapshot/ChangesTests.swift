import EventService
import EventServiceTestSupport
import Foundation
import Logging
import NIOCore
import Resilience
import Synchronization
import TestSupport
import Testing

@Suite("Stream of changes", .timeLimit(.minutes(3)))
struct ChangesTests {
    /// Something that happens to a service whose breakers for reads are open, half-open or closed.
    struct Happening: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let action: @Sendable (ServiceHarness) async throws -> Void

        init(_ testDescription: String, _ action: @escaping @Sendable (ServiceHarness) async throws -> Void) {
            self.testDescription = testDescription
            self.action = action
        }
    }

    @Test(
        "has one element after a change",
        arguments: [
            Happening("a call that succeeds") { _ = try await $0.service.users(for: $0.context) },
            Happening("a call that fails") { harness in
                harness.api.setScript(FakeEventsAPI.failure(.tooLarge(limit: 1)))
                _ = await harness.add()
            },
            Happening("a call that the breaker holds back") { _ = await $0.events() },
            Happening("a call whose caller goes away") { harness in
                harness.api.setScript(FakeEventsAPI.hanging)
                let users = Task { try await harness.service.users(for: harness.context) }
                try await harness.api.wait { $0.underWay == 1 }
                // The caller doesn't wait for the end of what it left.
                var changes = harness.service.changes().makeAsyncIterator()
                await changes.next()
                users.cancel()
                _ = await users.result
                await changes.next()
            },
            Happening("a probe that begins") { harness in
                harness.api.setScript(FakeEventsAPI.hanging)
                harness.clock.advance(by: .seconds(10))
                Task { await harness.events() }
                try await harness.api.wait { $0.underWay == 1 }
            },
            Happening("an operator's probe") { #expect($0.service.probeNow(.getEvents)) },
            Happening("another phase") { $0.service.setPhase(.draining) },
            Happening("another address") { $0.service.setAPIURL("http://127.0.0.1:1") },
            Happening("another upstream") { $0.service.setUpstream(.init(url: "http://other")) },
        ]
    )
    func changes(happening: Happening) async throws {
        let harness = try await withOpenBreaker()
        let before = harness.service.snapshot()
        #expect(try await ticks(harness, happening) == 1)
        #expect(harness.service.snapshot() != before, "what happened must show")
    }

    @Test(
        "has no element while nothing changes",
        arguments: [
            Happening("nothing") { _ in },
            Happening("looking") { harness in for _ in 1...10 { _ = harness.service.snapshot() } },
            Happening("looking when a probe is due") { harness in
                harness.clock.advance(by: .seconds(60))
                _ = harness.service.snapshot()
            },
            Happening("a new identifier") { _ = $0.service.newEventID() },
            Happening("time that passes") { $0.clock.advance(by: .seconds(3600)) },
            Happening("a probe that is refused") { #expect(!$0.service.probeNow(.getUsers)) },
            Happening("an event that is not valid") { _ = await $0.add(ByteBuffer(string: "{}")) },
        ]
    )
    func noChanges(happening: Happening) async throws {
        let harness = try await withOpenBreaker()
        #expect(try await ticks(harness, happening) == 0)
    }

    @Test("tells of a second probe, and of a place that is free again, though no state changed")
    func places() async throws {
        let harness = try ServiceHarness(.failing(.unexpectedStatus(500))) {
            $0.breaker = try CircuitBreakerConfiguration(jitter: 0, halfOpenProbes: 2)
            $0.readRetries.maximum = 0
        }
        // Different users: identical reads would be one call.
        let read = { @Sendable id in
            _ = try? await harness.service.events(ofUser: id, partial: false, for: harness.context)
        }
        for _ in 1...3 { await read("0") }
        harness.api.setScript(FakeEventsAPI.hanging)
        harness.clock.advance(by: .seconds(10))
        let first = Task { await read("1") }
        try await harness.api.wait { $0.underWay == 1 }

        var changes = harness.service.changes().makeAsyncIterator()
        await changes.next()
        let second = Task { await read("2") }
        await changes.next()
        #expect(try harness.breaker(.getUserById).probesUnderWay == 2)
        second.cancel()
        _ = await second.value
        await changes.next()
        #expect(try harness.breaker(.getUserById).probesUnderWay == 1)
        first.cancel()
        _ = await first.value
    }

    @Test("tells of a place that is free again because the user was not known")
    func preflight() async throws {
        let harness = try ServiceHarness(.failing(.notFound))
        let (ignoredSeen, seen) = AsyncStream.makeStream(of: Void.self)
        let reader = Task {
            for await _ in harness.service.changes() where try harness.breaker(.addEvent).totals.ignored == 1 {
                seen.finish()
            }
        }
        #expect(await harness.add().error?.kind == .unknownUser)
        for await _ in ignoredSeen {}
        harness.service.finishChanges()
        try await reader.value
    }

    @Test("a reader that looks after every element has in the end seen everything, however quick it is")
    func missesNothing() async throws {
        for round in 1...20 {
            let reader = Reader()
            let harness = try ServiceHarness(
                .failing(.tooLarge(limit: 1)),
                // What is logged comes between parts of one change; the reader is given the time to look there.
                logger: Logger(label: "test") { _ in PausingLogHandler { reader.catchUp() } }
            )
            let reading = Task {
                for await _ in harness.service.changes() { reader.saw(harness.service.snapshot()) }
            }
            reader.catchUp()
            _ = await harness.events()
            harness.service.finishChanges()
            await reading.value
            let seen = reader.last?.breakers.map(\.totals.failed)
            #expect(seen == harness.service.snapshot().breakers.map(\.totals.failed), "round \(round)")
        }
    }

    private final class Reader: Sendable {
        private let state = Mutex<(count: Int, last: ServiceSnapshot?)>((0, nil))

        var last: ServiceSnapshot? { state.withLock { $0.last } }

        func saw(_ snapshot: ServiceSnapshot) {
            state.withLock { $0 = ($0.count + 1, snapshot) }
        }

        /// Gives the reader a moment to look once more.
        ///
        /// It may have nothing to look at; then the moment passes, and the test sees less but is never wrong.
        func catchUp() {
            let before = state.withLock { $0.count }
            let end = ContinuousClock.now + .milliseconds(1)
            while state.withLock({ $0.count }) == before, ContinuousClock.now < end { sched_yield() }
        }
    }

    /// The elements of the stream that an action causes, the one at the beginning not counted.
    private func ticks(_ harness: ServiceHarness, _ happening: Happening) async throws -> Int {
        let changes = harness.service.changes()
        var iterator = changes.makeAsyncIterator()
        await iterator.next()
        try await happening.action(harness)
        harness.service.finishChanges()
        var count = 0
        while await iterator.next() != nil { count += 1 }
        return count
    }

    private func withOpenBreaker() async throws -> ServiceHarness {
        let harness = try ServiceHarness(.failing(.refused)) { $0.readRetries.maximum = 0 }
        for _ in 1...3 { _ = await harness.events() }
        harness.api.setScript(FakeEventsAPI.success())
        harness.api.forgetCalls()
        #expect(try harness.breaker(.getEvents).state == .open)
        return harness
    }
}

/// Does something whenever something is logged.
private struct PausingLogHandler: LogHandler {
    let pause: @Sendable () -> Void
    var metadata: Logger.Metadata = [:]
    var logLevel = Logger.Level.trace

    init(pause: @escaping @Sendable () -> Void) {
        self.pause = pause
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        pause()
    }
}
