import EventService
import EventServiceTestSupport
import NIOCore
import Resilience
import Testing

@Suite("Policies that are replaced while the service runs", .timeLimit(.minutes(1)))
struct ReconfigureTests {
    @Test("hold for the breakers, the retries and the cache from then on")
    func replaced() async throws {
        let harness = try ServiceHarness(.working()) { $0.cache.lifetime = .zero }
        var policies = EventServiceConfiguration()
        policies.breaker = try CircuitBreakerConfiguration(failureThreshold: 1, jitter: 0)
        policies.readRetries.maximum = 0
        policies.cache.lifetime = .seconds(10)
        try harness.service.reconfigure(policies)
        _ = try await harness.service.users(for: CallContext(requestID: "1"))
        _ = try await harness.service.users(for: CallContext(requestID: "2"))
        #expect(harness.api.record.calls == [.users])

        harness.api.setScript { (_, _) throws(UpstreamError) in throw .reset }
        await #expect(throws: ServiceError.self) {
            try await harness.service.events(for: CallContext(requestID: "3"))
        }
        #expect(harness.api.record.count(.getEvents) == 1)
        let breaker = try #require(harness.service.snapshot().breakers.first { $0.route == .getEvents })
        #expect(breaker.state == .open)
    }

    @Test("don't wake a cache that was switched off, and what it kept is gone")
    func cacheOff() async throws {
        let harness = try ServiceHarness(.working()) { $0.cache.lifetime = .seconds(10) }
        _ = try await harness.service.users(for: CallContext(requestID: "1"))
        var policies = EventServiceConfiguration()
        policies.cache.lifetime = .zero
        try harness.service.reconfigure(policies)
        #expect(harness.service.cacheStatistics.entries == 0)
        _ = try await harness.service.users(for: CallContext(requestID: "2"))
        #expect(harness.api.record.count(.getUsers) == 2)
    }

    @Test("are all left as they were where one is out of range")
    func outOfRange() async throws {
        let harness = try ServiceHarness(.working())
        var policies = EventServiceConfiguration()
        policies.breaker = try CircuitBreakerConfiguration(failureThreshold: 9)
        policies.readRetries.maximum = -1
        #expect(throws: InvalidConfiguration.self) { try harness.service.reconfigure(policies) }
        #expect(harness.service.snapshot().breakers.allSatisfy { $0.failureThreshold == 3 })
    }
}
