@testable import EventService

extension APIHarness {
    /// Streams of changes that somebody listens to.
    var listeners: Int { service.signal.listenerCount }

    /// Returns when nobody listens to changes any more.
    func waitForNoListeners() async throws {
        while listeners > 0 {
            try Task.checkCancellation()
            await Task.yield()
        }
    }

    /// Reads the events, which is to fail.
    func fail() async {
        _ = try? await service.events(for: CallContext(requestID: "failing"))
    }
}
