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
        switch breaker.admit() {
        case .admitted(let permit):
            // call, then settle the permit
            permit.succeed()
        case .rejected(let rejection):
            // don't call
            Issue.record(rejection)
        }
        #expect(breaker.snapshot().totals.succeeded == 1)
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
