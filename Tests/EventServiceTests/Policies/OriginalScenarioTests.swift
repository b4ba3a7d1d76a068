import EventService
import EventServiceTestSupport
import Foundation
import Synchronization
import TestSupport
import Testing

@Suite("A busy events API")
struct OriginalScenarioTests {
    /// Five events are added, then the API answers 503 until it is told otherwise.
    private static func busyAfterFive() -> FakeEventsAPI {
        let added = Counter()
        return FakeEventsAPI { (call, context) throws(UpstreamError) in
            if call.route == .addEvent, added.increment() > 5 { throw .overloaded(status: 503, retryAfter: nil) }
            return try await FakeEventsAPI.success()(call, context)
        }
    }

    @Test("ten events in a row: five are added, then the service is busy, then down, and nothing is sent any more")
    func tenInARow() async throws {
        let harness = try ServiceHarness(Self.busyAfterFive())
        for _ in 1...5 { #expect(await harness.add().error == nil) }
        #expect(harness.api.record.count(.addEvent) == 5)

        let sixth = try #require(await harness.add().error)
        #expect(sixth.kind == .busy)
        #expect(sixth.message == "service busy")
        #expect(sixth.breakerState == .open)
        #expect(sixth.retryAfter == .seconds(10), "it is known when the breaker lets a call through again")
        #expect(sixth.route == .addEvent)
        #expect(harness.api.record.count(.addEvent) == 8, "with its two retries")

        harness.api.forgetCalls()
        harness.clock.advance(by: .milliseconds(300))
        for _ in 7...10 {
            let error = try #require(await harness.add().error)
            #expect(error.kind == .circuitOpen)
            #expect(error.message == "service down, try later")
            #expect(error.retryAfter == .milliseconds(9700))
            #expect(error.breakerState == .open)
        }
        #expect(harness.api.record.calls.isEmpty, "not even to ask for the user")
        #expect(try harness.breaker(.addEvent).totals.rejected == 4)
    }

    @Test("after the wait exactly one event is sent, which closes the breaker when it is added")
    func recovery() async throws {
        let harness = try ServiceHarness(Self.busyAfterFive())
        for _ in 1...6 { _ = await harness.add() }
        harness.api.setScript(FakeEventsAPI.success())
        harness.api.forgetCalls()

        harness.clock.advance(by: .seconds(10) - .nanoseconds(1))
        #expect(await harness.add().error?.kind == .circuitOpen)
        #expect(harness.api.record.calls.isEmpty)

        harness.clock.advance(by: .nanoseconds(1))
        #expect(await harness.add().error == nil)
        #expect(harness.api.record.calls.map(\.route) == [.getUserById, .addEvent])
        #expect(try harness.breaker(.addEvent).state == .closed)
    }

    @Test("200 clients at once at the end of the wait: one request, and one question for its user, go upstream")
    func stampede() async throws {
        let harness = try ServiceHarness(Self.busyAfterFive())
        for _ in 1...6 { _ = await harness.add() }
        let gate = Gate()
        harness.api.setScript { (call, context) throws(UpstreamError) in
            if call.route == .addEvent { try await gate.pass() }
            return try await FakeEventsAPI.success()(call, context)
        }
        harness.api.forgetCalls()
        harness.clock.advance(by: .seconds(10))

        let results = try await withThrowingTaskGroup(of: ServiceError?.self) { group in
            for _ in 0..<200 { group.addTask { await harness.add().error } }
            var results: [ServiceError?] = []
            while results.count < 199, let result = try await group.next() { results.append(result) }
            try await harness.api.wait { $0.count(.addEvent) > 0 }
            #expect(harness.api.record.calls.map(\.route) == [.getUserById, .addEvent])
            gate.open()
            for try await result in group { results.append(result) }
            return results
        }
        #expect(results.count { $0 == nil } == 1)
        #expect(results.count { $0?.kind == .circuitOpen && $0?.breakerState == .halfOpen } == 199)
        #expect(results.compactMap { $0?.retryAfter }.allSatisfy { $0 > .zero })
        #expect(harness.api.record.calls.count == 2)
        #expect(try harness.breaker(.addEvent).state == .closed)
        #expect(try harness.breaker(.addEvent).totals.rejected == 199)
    }

    @Test("a probe that fails makes the next wait longer: 10, 20, 40, 60, 60 s, and 10 again after a recovery")
    func waits() async throws {
        let harness = try ServiceHarness(.failing(.overloaded(status: 503, retryAfter: nil)))
        for (openings, wait) in [10, 20, 40, 60, 60, 60].enumerated() {
            if openings == 0 {
                for _ in 1...3 { #expect(await harness.events().error?.kind != nil) }
            } else {
                #expect(await harness.events().error?.kind == .busy, "the probe, which is not retried")
            }
            let breaker = try harness.breaker(.getEvents)
            #expect(breaker.state == .open)
            #expect(breaker.openings == openings + 1)
            #expect(breaker.wait == .seconds(wait))
            #expect(breaker.probeAt.map { $0.timeIntervalSince(breaker.since) } == Double(wait))
            #expect(breaker.waitSchedule == [.seconds(10), .seconds(20), .seconds(40), .seconds(60)])
            harness.api.forgetCalls()
            harness.clock.advance(by: .seconds(wait) - .nanoseconds(1))
            #expect(await harness.events().error?.kind == .circuitOpen)
            #expect(harness.api.record.calls.isEmpty)
            harness.clock.advance(by: .nanoseconds(1))
        }
        harness.api.setScript(FakeEventsAPI.success())
        #expect(await harness.events().error == nil)
        harness.api.setScript(FakeEventsAPI.failure(.refused))
        #expect(await harness.events().error?.retryAfter == .seconds(10))
    }

    private final class Counter: Sendable {
        private let count = Atomic<Int>(0)
        func increment() -> Int { count.add(1, ordering: .relaxed).newValue }
    }
}
