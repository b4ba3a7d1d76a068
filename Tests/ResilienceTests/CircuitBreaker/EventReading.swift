@testable import Resilience

extension CircuitBreaker.Events {
    /// The next events; fewer if there are none any more.
    func read(_ count: Int) async -> [CircuitBreaker.Event] {
        var events: [CircuitBreaker.Event] = []
        while events.count < count, let event = await buffer.next() { events.append(event) }
        return events
    }

    /// Returns as soon as this many tasks wait for an event.
    func waitForReaders(_ count: Int) async throws {
        while buffer.waiting < count {
            try Task.checkCancellation()
            await Task.yield()
        }
    }
}
