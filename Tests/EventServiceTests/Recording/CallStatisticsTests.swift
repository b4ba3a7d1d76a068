import EventServiceTestSupport
import Resilience
import TestSupport
import Testing

@testable import EventService

@Suite("Statistics of calls", .timeLimit(.minutes(3)))
struct CallStatisticsTests {
    private func statistics(_ harness: ServiceHarness, _ route: UpstreamRoute) throws -> CallStatistics {
        try #require(harness.service.statistics().calls[route])
    }

    @Test("a call that succeeds is one attempt, with its time")
    func success() async throws {
        let harness = try ServiceHarness(.working())
        harness.api.setScript { [clock = harness.clock] call, context throws(UpstreamError) in
            clock.advance(by: .milliseconds(30))
            return try await FakeEventsAPI.success()(call, context)
        }
        _ = await harness.events()
        let statistics = try statistics(harness, .getEvents)
        #expect(statistics.calls[.success] == 1)
        #expect(statistics.attempts[.success] == 1)
        #expect(statistics.attemptDurations.sum == .milliseconds(30))
        #expect(statistics.attemptDurations.count == 1)
        #expect(statistics.retries == 0)
        #expect(statistics.attemptsUnderWay == 0)
        #expect(try self.statistics(harness, .getUsers) == CallStatistics())
    }

    @Test(
        "every way to fail is told apart",
        arguments: [
            (UpstreamError.refused, CallOutcome.connectionRefused), (.unreachable("no route"), .unreachable),
            (.reset, .reset), (.truncated, .truncated), (.timedOut(after: .seconds(5)), .timedOut),
            (.notFound, .notFound), (.unaddressable, .notSent),
            (.overloaded(status: 503, retryAfter: nil), .overloaded),
            (.rejected(status: 403, message: nil), .clientError), (.unexpectedStatus(500), .unexpectedStatus),
            (.malformed("no JSON"), .malformed), (.tooLarge(limit: 1), .tooLarge),
            (.invalidHTTP("no HTTP"), .invalidHTTP), (.cancelled, .cancelled),
        ]
    )
    func failures(error: UpstreamError, outcome: CallOutcome) async throws {
        let harness = try ServiceHarness(.failing(error)) { $0.readRetries.maximum = 0 }
        _ = await harness.events()
        let statistics = try statistics(harness, .getEvents)
        for other in CallOutcome.allCases {
            #expect(statistics.calls[other] == (other == outcome ? 1 : 0), "\(other)")
            #expect(statistics.attempts[other] == (other == outcome ? 1 : 0), "\(other)")
        }
    }

    @Test("retries are attempts of the same call")
    func retries() async throws {
        let harness = try ServiceHarness(.failing(.reset)) {
            $0.readRetries.maximum = 2
            $0.breaker = try CircuitBreakerConfiguration(failureThreshold: 10, jitter: 0)
        }
        _ = await harness.events()
        let statistics = try statistics(harness, .getEvents)
        #expect(statistics.attempts[.reset] == 3)
        #expect(statistics.retries == 2)
        #expect(statistics.calls[.reset] == 1)
    }

    @Test("retries that find no room in the budget are counted")
    func denied() async throws {
        let harness = try ServiceHarness(.failing(.reset)) {
            $0.retryLimits.minimum = 1
            $0.breaker = try CircuitBreakerConfiguration(failureThreshold: 10, jitter: 0)
        }
        for _ in 0..<3 { _ = await harness.events() }
        #expect(harness.service.statistics().retriesDenied == 3)
        #expect(try statistics(harness, .getEvents).retries == 1)
    }

    @Test("a breaker's changes are counted, and calls that it holds back")
    func breaker() async throws {
        let harness = try ServiceHarness(.failing(.unexpectedStatus(500))) { $0.readRetries.maximum = 0 }
        for _ in 0..<5 { _ = await harness.events() }
        harness.clock.advance(by: .seconds(10))
        _ = await harness.events()
        harness.clock.advance(by: .seconds(20))
        harness.api.setScript(FakeEventsAPI.success())
        _ = await harness.events()
        let statistics = try statistics(harness, .getEvents)
        let changes = Dictionary(
            uniqueKeysWithValues: statistics.changes.map { ("\($0.key.from) \($0.key.to)", $0.value) }
        )
        #expect(changes == ["closed open": 1, "open halfOpen": 2, "halfOpen open": 1, "halfOpen closed": 1])
        #expect(statistics.calls[.circuitOpen] == 2)
        #expect(statistics.calls[.unexpectedStatus] == 4)
        #expect(statistics.calls[.success] == 1)
        #expect(statistics.attempts[.circuitOpen] == 0)
    }

    @Test("the changes that a breaker makes by itself are there before the first of them")
    func changesFromTheStart() throws {
        let harness = try ServiceHarness(.working())
        for calls in harness.service.statistics().calls.values {
            #expect(calls.changes.values.sorted() == [0, 0, 0, 0])
        }
        #expect(harness.service.statistics().calls.count == UpstreamRoute.allCases.count)
    }

    @Test("an event whose user is unknown is a call that was not sent")
    func notSent() async throws {
        let harness = try ServiceHarness(
            FakeEventsAPI { call, context throws(UpstreamError) in
                if case .user = call { throw .notFound }
                return try await FakeEventsAPI.success()(call, context)
            }
        )
        _ = await harness.add()
        #expect(try statistics(harness, .addEvent).calls[.notSent] == 1)
        #expect(try statistics(harness, .addEvent).attemptDurations.count == 0)
        #expect(try statistics(harness, .getUserById).calls[.notFound] == 1)
    }

    @Test("what is under way is known, of attempts and of a fan-out, and a caller who leaves is no failure")
    func underWay() async throws {
        let harness = try ServiceHarness(
            FakeEventsAPI { call, context throws(UpstreamError) in
                if case .event = call { return try await FakeEventsAPI.hanging(call, context) }
                return try await FakeEventsAPI.success(events: ["a", "b", "c"])(call, context)
            }
        )
        let reading = Task { try await harness.service.events(ofUser: "1", partial: false, for: harness.context) }
        try await harness.api.wait { $0.count(.getEventById) == 3 }
        #expect(try statistics(harness, .getEventById).attemptsUnderWay == 3)
        #expect(harness.service.statistics().fanOut == .init(elements: 0, elementsUnderWay: 3))
        reading.cancel()
        try await harness.api.wait { $0.underWay == 0 }
        // The work of a shared read ends a little after its last caller left.
        while harness.service.statistics().fanOut.elementsUnderWay > 0 { await Task.yield() }
        let statistics = try statistics(harness, .getEventById)
        #expect(statistics.attemptsUnderWay == 0)
        #expect(statistics.attempts[.cancelled] == 3)
        #expect(statistics.calls[.cancelled] == 3)
        #expect(harness.service.statistics().fanOut == .init(elements: 3, elementsUnderWay: 0))
    }

    @Test("the breakers that aren't closed are known, and no others")
    func unclosed() async throws {
        let harness = try ServiceHarness(.failing(.unexpectedStatus(500))) { $0.readRetries.maximum = 0 }
        #expect(harness.service.unclosedBreakers.isEmpty)
        for _ in 0..<3 { _ = await harness.events() }
        #expect(harness.service.unclosedBreakers == [.getEvents: .open])
        #expect(harness.service.probeNow(.getEvents))
        #expect(harness.service.unclosedBreakers == [.getEvents: .halfOpen])
        harness.api.setScript(FakeEventsAPI.success())
        _ = await harness.events()
        #expect(harness.service.unclosedBreakers.isEmpty)
    }
}
