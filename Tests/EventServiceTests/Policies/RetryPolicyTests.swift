import EventService
import EventServiceTestSupport
import NIOCore
import Resilience
import TestSupport
import Testing

@Suite("Retries", .timeLimit(.minutes(3)))
struct RetryPolicyTests {
    @Test("of reads come after delays that double, shortened at random")
    func readDelays() async throws {
        let harness = try patient(.failing(.refused), random: .constant(0.5))
        async let result = harness.events()
        try await expectCalls(at: [.zero, .milliseconds(250), .milliseconds(750), .milliseconds(1750)], harness)
        #expect(await result.error?.kind == .busy)
    }

    @Test("of adding come sooner, and are fewer")
    func addDelays() async throws {
        let harness = try patient(addingFails(.reset), random: .constant(0.5))
        async let result = harness.add()
        try await expectCalls(at: [.zero, .milliseconds(50), .milliseconds(150)], of: .addEvent, harness)
        #expect(await result.error?.kind == .busy)
    }

    @Test("wait no longer than 5 s")
    func cap() async throws {
        let harness = try patient(.failing(.refused), random: .constant(0.5)) {
            $0.readRetries = .init(maximum: 5, firstDelay: .seconds(4))
            $0.requestDeadline = .seconds(60)
        }
        async let result = harness.events()
        let delays: [Duration] = [
            .zero, .seconds(2), .milliseconds(4500), .seconds(7), .milliseconds(9500), .seconds(12),
        ]
        try await expectCalls(at: delays, harness)
        #expect(await result.error?.kind == .busy)
    }

    @Test("wait at least as long as the events API asked, up to 5 s", arguments: [1, 4, 5])
    func retryAfter(seconds: Int) async throws {
        let harness = try patient(.failing(.overloaded(status: 503, retryAfter: .seconds(seconds)))) {
            $0.readRetries.maximum = 2
            $0.attemptTimeout = .seconds(20)
        }
        async let result = harness.events()
        try await expectCalls(at: [.zero, .seconds(seconds), .seconds(2 * seconds)], harness)
        #expect(await result.error?.retryAfter == .seconds(seconds))
    }

    @Test("are not made where the events API asked for more than 5 s; what it asked is passed on")
    func longRetryAfter() async throws {
        let asked = Duration.seconds(5) + .milliseconds(1)
        let harness = try patient(.failing(.overloaded(status: 429, retryAfter: asked)))
        let error = try #require(await harness.events().error)
        #expect(error.kind == .busy)
        #expect(error.retryAfter == asked)
        #expect(harness.api.record.calls.count == 1)
        #expect(harness.clock.now.offset == .zero)
    }

    @Test("are not waited for beyond the deadline")
    func deadline() async throws {
        let harness = try patient(.failing(.overloaded(status: 503, retryAfter: .seconds(2)))) {
            $0.requestDeadline = .seconds(1)
        }
        #expect(await harness.events().error?.kind == .busy)
        #expect(harness.api.record.calls.count == 1)
    }

    @Test("end when the breaker opens, with the last real error and the time until it lets a call through")
    func breakerOpens() async throws {
        let harness = try ServiceHarness(.failing(.unexpectedStatus(500))) { $0.readRetries.maximum = 10 }
        let error = try #require(await harness.events().error)
        #expect(error.kind == .badUpstream)
        #expect(error.breakerState == .open)
        #expect(error.retryAfter == .seconds(10))
        #expect(harness.api.record.calls.count == 3)
    }

    @Test("bring the answer in the end, and carry the same body each time")
    func succeedsInTheEnd() async throws {
        let harness = try patient(addingFails(.truncated))
        harness.api.setScript { [api = harness.api] (call, context) throws(UpstreamError) in
            if api.record.count(.addEvent) == 3 || call.route != .addEvent {
                return try await FakeEventsAPI.success()(call, context)
            }
            throw .truncated
        }
        #expect(await harness.add().error == nil)
        let bodies = harness.api.record.calls.compactMap { call in
            if case .addEvent(let body) = call { String(buffer: body) } else { nil }
        }
        #expect(bodies.count == 3)
        #expect(Set(bodies).count == 1)
        #expect(bodies.first?.contains(#""id":""#) == true)
        #expect(harness.api.record.count(.getUserById) == 1, "the user was found once")
        #expect(harness.context.upstreamAttempts == 4)
    }

    @Test("are limited for all routes together: without room for a retry a call fails with the error that it has")
    func sharedLimit() async throws {
        let harness = try patient(.failing(.refused)) { $0.retryLimits.minimum = 3 }
        #expect(await harness.events().error?.kind == .busy)
        #expect(harness.api.record.calls.count == 4)
        harness.api.forgetCalls()
        #expect(await harness.add().error?.kind == .busy)
        #expect(harness.api.record.calls.map(\.route) == [.getUserById])
    }

    private func patient(
        _ api: FakeEventsAPI,
        random: RandomSource = .constant(0),
        _ configure: (inout EventServiceConfiguration) -> Void = { _ in }
    ) throws -> ServiceHarness {
        try ServiceHarness(api, random: random) { configuration in
            configuration.breaker = try CircuitBreakerConfiguration(failureThreshold: 100, jitter: 0)
            configuration.retryLimits.minimum = 100
            configure(&configuration)
        }
    }

    private func addingFails(_ error: UpstreamError) -> FakeEventsAPI {
        FakeEventsAPI { (call, context) throws(UpstreamError) in
            if call.route == .addEvent { throw error }
            return try await FakeEventsAPI.success()(call, context)
        }
    }

    /// Moves the clock from call to call and expects each of them then and no sooner.
    private func expectCalls(
        at times: [Duration],
        of route: UpstreamRoute = .getEvents,
        _ harness: ServiceHarness
    ) async throws {
        for (number, time) in times.enumerated() where number > 0 {
            try await harness.waitForWake(at: time)
            #expect(harness.api.record.count(route) == number)
            harness.clock.advance(by: time - harness.clock.now.offset)
        }
        try await harness.api.wait { $0.count(route) == times.count && $0.underWay == 0 }
    }
}
