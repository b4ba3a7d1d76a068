import EventService
import EventServiceTestSupport
import Foundation
import Logging
import NIOCore
import Resilience
import TestSupport

/// A service over a fake events API, on a clock that stands still.
struct ServiceHarness {
    static let start = Date(timeIntervalSince1970: 1_700_000_000)

    let clock = ManualClock()
    let api: FakeEventsAPI
    let service: EventService
    let context = CallContext(requestID: "test-request")

    /// Jitter is 0 unless a test is about it, so waits of breakers are whole and retries come at once; and the cache is off
    /// unless a test is about it, so every read that doesn't join another reaches the events API.
    init(
        _ api: FakeEventsAPI,
        random: RandomSource = .constant(0),
        logger: Logger = Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() }),
        stores: FakeStores? = nil,
        _ configure: (inout EventServiceConfiguration) throws -> Void = { _ in }
    ) throws {
        var configuration = EventServiceConfiguration()
        configuration.breaker = try CircuitBreakerConfiguration(jitter: 0)
        configuration.cache.lifetime = .zero
        try configure(&configuration)
        self.api = api
        self.service = try EventService(
            api: api,
            upstream: ServiceSnapshot.Upstream(url: "http://events.test"),
            configuration: configuration,
            clock: clock,
            now: Self.start,
            random: random,
            stores: stores?.stores(),
            logger: logger
        )
    }

    /// A service whose answers are fresh for a second, and stale for five minutes more.
    static func caching(
        _ api: FakeEventsAPI,
        _ configure: (inout EventServiceConfiguration) throws -> Void = { _ in }
    ) throws -> ServiceHarness {
        try ServiceHarness(api) { configuration in
            configuration.cache.lifetime = .seconds(1)
            try configure(&configuration)
        }
    }

    static func body(name: String = "Talk", userID: String = "1") -> ByteBuffer {
        ByteBuffer(string: #"{"name":"\#(name)","userId":"\#(userID)"}"#)
    }

    /// Adds an event and says how that ended.
    func add(_ body: ByteBuffer = body()) async -> Result<ByteBuffer, ServiceError> {
        do throws(ServiceError) {
            guard case .added(let added) = try await service.addEvent(body, for: context) else {
                throw ServiceError(.notKept, message: "kept for later, which this harness has nothing for")
            }
            return .success(added.answer)
        } catch {
            return .failure(error)
        }
    }

    /// Reads all events and says how that ended.
    func events() async -> Result<ByteBuffer, ServiceError> {
        do {
            return .success(try await service.events(for: context).body)
        } catch {
            return .failure(error)
        }
    }

    /// Returns when the next sleeper is to wake at a time since the start, for example at the end of a retry's delay.
    ///
    /// Time-outs that come and go meanwhile end later, and so don't matter.
    func waitForWake(at offset: Duration) async throws {
        while clock.nextWake?.offset != offset {
            try Task.checkCancellation()
            await Task.yield()
        }
    }

    /// The status of a route's breaker.
    func breaker(_ route: UpstreamRoute) throws -> BreakerStatus {
        guard let status = service.snapshot().breakers.first(where: { $0.route == route }) else {
            throw NoSuchBreaker(route: route)
        }
        return status
    }

    /// Time since the start on the service's clock, from a date that it gave.
    static func offset(_ date: Date) -> TimeInterval {
        date.timeIntervalSince(start)
    }

    private struct NoSuchBreaker: Error {
        let route: UpstreamRoute
    }
}

extension Result where Failure == ServiceError {
    /// How it failed, if it did.
    var error: ServiceError? {
        switch self {
        case .success: nil
        case .failure(let error): error
        }
    }
}
