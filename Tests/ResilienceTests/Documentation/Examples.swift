import Resilience
import TestSupport
import Testing

/// The documentation's short examples, each in a function of its own; ``DocumentationTests`` compares them.
@Suite("The documentation's examples")
struct Examples {
    private struct Order: Sendable, Equatable {}
    fileprivate struct Event: Sendable, Equatable { var id: Int }
    private struct User { var eventIDs: [Int] }
    private typealias UserID = Int
    private typealias ClientID = String
    private enum Answer: Equatable { case ok(remaining: Int), tooManyRequests(retryAfter: Duration?) }
    private struct Profile: Sendable, Equatable {}
    private typealias Response = Observed<[Event]>

    /// What the examples call.
    private struct Client: Sendable {
        func fetchOrders() async throws -> [Order] { [Order()] }
        func fetchEvent(_ id: Int) async throws -> Event { Event(id: id) }
        func fetchProfile(_ id: UserID) async throws -> Profile { Profile() }
    }

    private let client = Client()
    private let user = User(eventIDs: [3, 1, 2])
    private let log = Log()

    private struct Log: Sendable {
        func warning(_ message: String) { Issue.record("\(message)") }
    }

    @Test("A circuit breaker around a call")
    func breaker() async throws {
        let breaker = CircuitBreaker(name: "orders")
        let orders = try await breaker.run {
            try await client.fetchOrders()
        }
        #expect(orders == [Order()])
        #expect(breaker.snapshot().totals.succeeded == 1)
    }

    @Test("A circuit breaker by hand")
    func permit() {
        let breaker = CircuitBreaker(name: "orders")
        #expect(call(breaker) == nil)
        #expect(breaker.snapshot().totals.succeeded == 1)
    }

    private func call(_ breaker: CircuitBreaker) -> Duration? {
        switch breaker.admit() {
        case .admitted(let permit):
            // call, then settle the permit
            permit.succeed()
        case .rejected(let rejection):
            // don't call, and say when to come back
            return rejection.retryAfter
        }
        return nil
    }

    @Test("A breaker's events")
    func events() async throws {
        let breaker = CircuitBreaker(name: "orders")
        let transitions = Observed(0)
        watch(breaker) { _ in transitions.change { $0 += 1 } }
        breaker.forceOpen()
        try await transitions.wait { $0 == 1 }
    }

    private func watch(_ breaker: CircuitBreaker, page: @escaping @Sendable (CircuitBreaker.Transition) -> Void) {
        let log = log
        let events = breaker.events()
        Task {
            for await event in events {
                if event.dropped > 0 { log.warning("\(event.dropped) events were missed") }
                if case .transition(let transition) = event.kind { page(transition) }
            }
        }
    }

    @Test("A time-out")
    func timeout() async throws {
        let client = client
        let orders = try await withTimeout(.seconds(5)) {
            try await client.fetchOrders()
        }
        #expect(orders == [Order()])
    }

    @Test("Retries around a breaker")
    func retry() async throws {
        let breaker = CircuitBreaker(name: "orders")
        let retry = try Retry(maximumRetries: 3, backoff: Backoff(base: .milliseconds(500), cap: .seconds(5)))
        let orders = try await retry.run(classify: { $0 is TimeoutError ? .retry() : .stop }) {
            try await breaker.run { try await client.fetchOrders() }
        }
        #expect(orders == [Order()])
    }

    @Test("A budget for two policies")
    func budget() async throws {
        let backoff = try Backoff(base: .milliseconds(500), cap: .seconds(5))
        let budget = try RetryBudget()
        let reads = try Retry(maximumRetries: 3, backoff: backoff, budget: budget)
        let writes = try Retry(maximumRetries: 1, backoff: backoff, budget: budget)
        for policy in [reads, writes] {
            #expect(try await policy.run(classify: { _ in .retry() }) { try await client.fetchOrders() } == [Order()])
        }
        #expect(budget.snapshot().requests == 2)
    }

    @Test("A rate limiter")
    func rateLimiter() throws {
        #expect(try answer("somebody") == .ok(remaining: 19))
    }

    private func answer(_ client: ClientID) throws -> Answer {
        let limit = try RateLimit(tokens: 100, per: .seconds(60), burst: 20)
        let limiter = try RateLimiter<ClientID>(limit, maximumKeys: 10_000)
        switch limiter.take(for: client) {
        case .admitted(let quota):
            return .ok(remaining: quota.remaining)
        case .rejected(let rejection):
            return .tooManyRequests(retryAfter: rejection.retryAfter)
        }
    }

    @Test("A concurrency limit around a call")
    func concurrencyLimit() async throws {
        let limit = ConcurrencyLimit()
        let orders = try await limit.run {
            try await client.fetchOrders()
        }
        #expect(orders == [Order()])
    }

    @Test("A concurrency limit by hand")
    func place() throws {
        let limit = ConcurrencyLimit()
        switch limit.admit() {
        case .admitted(let permit):
            // call, then settle the permit
            permit.succeed()
        case .rejected(let rejection):
            throw rejection
        }
        #expect(limit.snapshot().totals.succeeded == 1)
    }

    @Test("A bounded fan-out")
    func fanOut() async throws {
        let client = client
        let events = try await boundedFanOut(over: user.eventIDs, limit: 50) { id in
            try await client.fetchEvent(id)
        }
        #expect(events.map(\.id) == user.eventIDs)
    }

    @Test("A fan-out whose results are used as they come")
    func fanOutSequence() async throws {
        let (client, eventIDs, response) = (client, user.eventIDs, Response([]))
        try await withFanOut(over: eventIDs, limit: 50) { id in
            try await client.fetchEvent(id)
        } consume: { events in
            for try await event in events { try await response.write(event) }
        }
        #expect(Set(response.value.map(\.id)) == Set(eventIDs))
    }

    @Test("One flight for all who want the same")
    func singleFlight() async throws {
        let (client, userID) = (client, 1)
        let flights = SingleFlight<UserID, Profile>()
        let profile = try await flights.run(userID) {
            try await client.fetchProfile(userID)
        }
        #expect(profile == Profile())
    }
}

extension Observed<[Examples.Event]> {
    fileprivate func write(_ event: Examples.Event) async throws {
        change { $0.append(event) }
    }
}
