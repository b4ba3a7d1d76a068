import Resilience
import TestSupport

@testable import EventService

/// Delivers entries at a pace, through a breaker, to an events API that is simulated too, on a time of its own.
struct PaceSimulation {
    /// What an events API makes of a delivery that arrives now, while as many others are under way.
    typealias Server = (_ now: Duration, _ underWay: Int) -> DeliveryPace.Outcome

    private struct Delivery {
        let end: Duration
        let ticket: DeliveryPace.Ticket
        let outcome: DeliveryPace.Outcome
        /// Settles the breaker's permit.
        let settle: (CircuitBreaker.Outcome) -> Void
    }

    let latency: Duration
    private(set) var pace = DeliveryPace(maximum: 16)
    private(set) var delivered = 0
    private(set) var overloads = 0

    private let clock = ManualClock()
    private let breaker: CircuitBreaker
    private var underWay: [Delivery] = []
    private var generation: UInt64 = 0

    init(latency: Duration) throws {
        self.latency = latency
        breaker = CircuitBreaker(
            name: "simulated",
            configuration: try CircuitBreakerConfiguration(jitter: 0),
            clock: clock
        )
    }

    var now: Duration { clock.now.offset }

    /// How often the breaker opened.
    var openings: UInt64 { breaker.snapshot().totals.opened }

    /// Runs until as many in all are delivered, or the time is over.
    mutating func deliver(_ count: Int, within limit: Duration, to server: Server) {
        let end = now + limit
        while delivered < count, now < end {
            var pause: Duration?
            let breaker = breaker.snapshot()
            if breaker.generation != generation { pace.restart() }
            generation = breaker.generation
            switch DeliveryLeave(of: breaker, sparesBreaker: pace.wasTooFast) {
            case .wait(let wait): pause = wait
            case .deliver(let atMost):
                for _ in 0..<min(atMost, pace.room(at: now), count - delivered - underWay.count) { begin(server) }
                pause = pace.nextRoom(at: now).flatMap { $0 > now ? $0 - now : nil }
            }
            let untilEnd = underWay.first.map { $0.end - now }
            guard let next = [pause, untilEnd].compactMap({ $0 }).min() else { return }
            clock.advance(by: next)
            while let first = underWay.first, first.end <= now { settle(underWay.removeFirst()) }
        }
    }

    private mutating func begin(_ server: Server) {
        guard case .admitted(let permit) = breaker.admit() else { return }
        let outcome = server(now, underWay.count)
        let held = HeldPermit(permit)
        underWay.append(
            Delivery(end: now + latency, ticket: pace.begin(at: now), outcome: outcome) { held.settle($0) }
        )
    }

    private mutating func settle(_ delivery: Delivery) {
        pace.end(delivery.ticket, as: delivery.outcome, at: now)
        switch delivery.outcome {
        case .success:
            delivered += 1
            delivery.settle(.success)
        case .overloaded(let retryAfter):
            overloads += 1
            delivery.settle(.failure(retryAfter: retryAfter))
        case .failure: delivery.settle(.failure())
        case .untried: delivery.settle(.ignored)
        }
    }
}

/// A permit in a place that can be shared, since it can't be copied.
private final class HeldPermit {
    private var permit: CircuitBreaker.Permit?

    init(_ permit: consuming CircuitBreaker.Permit) {
        self.permit = consume permit
    }

    func settle(_ outcome: CircuitBreaker.Outcome) {
        permit.take()?.settle(outcome)
    }
}
