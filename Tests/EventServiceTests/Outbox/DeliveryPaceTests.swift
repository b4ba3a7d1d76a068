import Testing

@testable import EventService

@Suite("The pace at which kept events are delivered")
struct DeliveryPaceTests {
    /// Uses all there is room for until as many may be under way.
    private func rise(_ pace: inout DeliveryPace, to limit: Int, from start: Duration = .zero) -> Duration {
        var now = start
        while pace.limit < limit {
            let tickets = (0..<pace.limit).map { _ in pace.begin(at: now) }
            now += .milliseconds(100)
            for ticket in tickets { pace.end(ticket, as: .success, at: now) }
        }
        return now
    }

    @Test("begins with one at a time, and allows one more whenever as many have succeeded and half a second has passed")
    func rises() {
        var pace = DeliveryPace(maximum: 3)
        let first = pace.begin(at: .zero)
        #expect(pace.room(at: .zero) == 0)
        #expect(pace.nextRoom(at: .zero) == nil)
        pace.end(first, as: .success, at: .zero)
        for _ in 1...100 { pace.end(pace.begin(at: .zero), as: .success, at: .milliseconds(499)) }
        #expect(pace.limit == 1)
        pace.end(pace.begin(at: .zero), as: .success, at: .milliseconds(500))
        #expect(pace.limit == 2)
        let end = rise(&pace, to: 3, from: .milliseconds(500))
        #expect(end >= .seconds(1))
        let tickets = (0..<3).map { _ in pace.begin(at: end + .seconds(10)) }
        for ticket in tickets { pace.end(ticket, as: .success, at: end + .seconds(10)) }
        #expect(pace.limit == 3)
    }

    @Test("does not rise by deliveries that came one by one: what was never tried says nothing")
    func unused() {
        var pace = DeliveryPace(maximum: 16)
        var now = rise(&pace, to: 3)
        for _ in 1...100 {
            now += .seconds(1)
            pace.end(pace.begin(at: now), as: .success, at: now)
        }
        #expect(pace.limit == 3)
    }

    @Test("an overload pauses everything for as long as the events API asks, and a second if it doesn't")
    func pauses() {
        var pace = DeliveryPace(maximum: 16)
        pace.end(pace.begin(at: .zero), as: .overloaded(retryAfter: .seconds(7)), at: .zero)
        #expect(pace.room(at: .seconds(7) - .nanoseconds(1)) == 0)
        #expect(pace.nextRoom(at: .zero) == .seconds(7))
        #expect(pace.room(at: .seconds(7)) == 1)
        pace.end(pace.begin(at: .seconds(7)), as: .overloaded(retryAfter: nil), at: .seconds(7))
        #expect(pace.nextRoom(at: .seconds(7)) == .seconds(8))
    }

    @Test("an overload before anything went well says nothing about how much is allowed")
    func down() {
        var pace = DeliveryPace(maximum: 16)
        for second in 0..<100 {
            pace.end(pace.begin(at: .seconds(second)), as: .overloaded(retryAfter: nil), at: .seconds(second))
        }
        #expect(pace.rate == nil)
        let end = rise(&pace, to: 4, from: .seconds(100))
        pace.end(pace.begin(at: end), as: .overloaded(retryAfter: nil), at: end)
        let known = pace.rate?.perSecond
        #expect(known != nil)
        for second in 1..<100 {
            pace.end(pace.begin(at: end), as: .overloaded(retryAfter: nil), at: end + .seconds(second))
        }
        #expect(pace.rate?.perSecond == known)
    }

    @Test("an overload when hardly anything was to be delivered says nothing about how much is allowed")
    func trickle() {
        var pace = DeliveryPace(maximum: 16)
        for second in 0..<100 {
            pace.end(pace.begin(at: .seconds(second)), as: .success, at: .seconds(second))
        }
        pace.end(pace.begin(at: .seconds(100)), as: .overloaded(retryAfter: nil), at: .seconds(100))
        #expect(pace.rate == nil)
    }

    @Test("many overloads of one burst halve the limit once")
    func burst() {
        var pace = DeliveryPace(maximum: 8)
        let now = rise(&pace, to: 8)
        let burst = (0..<8).map { _ in pace.begin(at: now) }
        for ticket in burst { pace.end(ticket, as: .overloaded(retryAfter: nil), at: now) }
        #expect(pace.limit == 4)
        #expect(pace.underWay == 0)
    }

    @Test("a failure begins anew, and what was under way before says nothing about the new pace")
    func restarts() {
        var pace = DeliveryPace(maximum: 8)
        _ = rise(&pace, to: 4)
        let tickets = (0..<3).map { _ in pace.begin(at: .zero) }
        pace.end(tickets[0], as: .failure, at: .zero)
        #expect(pace.limit == 1)
        pace.end(tickets[1], as: .overloaded(retryAfter: nil), at: .zero)
        #expect(pace.rate == nil)
        pace.end(tickets[2], as: .untried, at: .zero)
        #expect(pace.underWay == 0)
    }
}

@Suite("A backlog against an events API of limited capacity")
struct DeliveryPaceSimulationTests {
    @Test("five in ten seconds, as the simulator allows: rarely too much, and hardly less than it takes")
    func fewInTenSeconds() throws {
        var accepted: [Duration] = []
        var simulation = try PaceSimulation(latency: .milliseconds(2))
        simulation.deliver(2000, within: .seconds(7200)) { now, _ in
            accepted.removeAll { now - $0 >= .seconds(10) }
            guard accepted.count < 5 else { return .overloaded(retryAfter: accepted[0] + .seconds(10) - now) }
            accepted.append(now)
            return .success
        }
        #expect(simulation.openings == 0)
        // 3,600 would be possible.
        #expect(simulation.delivered == 2000)
        #expect(simulation.now < .seconds(2000 / 0.5 * 1.5))
    }

    @Test(
        "a number a second, and the rest is told to come back",
        arguments: [20.0, 200, 2000],
        [Duration.milliseconds(1), .milliseconds(10), .milliseconds(100)]
    )
    func perSecond(capacity: Double, latency: Duration) throws {
        var tokens = capacity / 10
        var last = Duration.zero
        var simulation = try PaceSimulation(latency: latency)
        simulation.deliver(10_000, within: .seconds(3600)) { now, _ in
            tokens = min(capacity / 10, tokens + (now - last).inSeconds * capacity)
            last = now
            guard tokens >= 1 else { return .overloaded(retryAfter: .seconds(1)) }
            tokens -= 1
            return .success
        }
        #expect(simulation.openings == 0)
        #expect(simulation.delivered == 10_000)
        let most = min(capacity, 16 / latency.inSeconds)
        #expect(simulation.now.inSeconds < 10_000 / most * 3 + 60)
    }

    @Test("an outage that is told as too much doesn't slow down what comes after it", arguments: [0, 5000])
    func outage(deliveredBefore: Int) throws {
        var simulation = try PaceSimulation(latency: .milliseconds(10))
        simulation.deliver(deliveredBefore, within: .seconds(600)) { _, _ in .success }
        simulation.deliver(10_000, within: .seconds(600)) { _, _ in .overloaded(retryAfter: nil) }
        let (end, openings) = (simulation.now, simulation.openings)
        var (tokens, last) = (20.0, end)
        simulation.deliver(10_000, within: .seconds(3600)) { now, _ in
            tokens = min(20, tokens + (now - last).inSeconds * 200)
            last = now
            guard tokens >= 1 else { return .overloaded(retryAfter: .seconds(1)) }
            tokens -= 1
            return .success
        }
        #expect(simulation.delivered == 10_000)
        #expect(simulation.openings == openings)
        #expect((simulation.now - end).inSeconds < Double(10_000 - deliveredBefore) / 200 * 3 + 60)
    }

    @Test("a number at once, and the rest is told to come back", arguments: [1, 4, 12])
    func atOnce(capacity: Int) throws {
        var simulation = try PaceSimulation(latency: .milliseconds(10))
        simulation.deliver(10_000, within: .seconds(3600)) { _, underWay in
            underWay < capacity ? .success : .overloaded(retryAfter: nil)
        }
        #expect(simulation.openings == 0)
        #expect(simulation.delivered == 10_000)
        #expect(simulation.now.inSeconds < 10_000 * 0.01 / Double(capacity) * 3 + 60)
    }

    @Test("as much as comes: all that may be under way at once is")
    func unlimited() throws {
        var simulation = try PaceSimulation(latency: .milliseconds(10))
        simulation.deliver(10_000, within: .seconds(3600)) { _, _ in .success }
        #expect(simulation.pace.limit == 16)
        // The way up takes half a second a step.
        #expect(simulation.now < .seconds(10_000 * 0.01 / 16 + 8))
    }
}
