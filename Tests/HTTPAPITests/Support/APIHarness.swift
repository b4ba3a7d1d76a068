import EventService
import EventServiceTestSupport
import Foundation
import HTTPAPI
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import NIOCore
import Resilience
import TestSupport

/// The HTTP API over a service over a fake events API, on a clock that stands still.
struct APIHarness: Sendable {
    let clock = ManualClock()
    let api: FakeEventsAPI
    let service: EventService
    let configuration: HTTPAPIConfiguration
    let logger: Logger

    /// Jitter is 0, so waits of breakers are whole and retries come at once; and the cache is off unless a test is about it.
    init(
        _ api: FakeEventsAPI,
        logger: Logger = Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() }),
        configuration: HTTPAPIConfiguration = HTTPAPIConfiguration(),
        stores: FakeStores? = nil,
        _ configure: (inout EventServiceConfiguration) -> Void = { _ in }
    ) throws {
        var policies = EventServiceConfiguration()
        policies.breaker = try CircuitBreakerConfiguration(jitter: 0)
        // Every request fails as it does alone, however many others do.
        policies.retryLimits.minimum = 1_000
        policies.cache.lifetime = .zero
        configure(&policies)
        self.api = api
        self.configuration = configuration
        self.logger = logger
        self.service = try EventService(
            api: api,
            upstream: ServiceSnapshot.Upstream(url: "http://events.test"),
            configuration: policies,
            clock: clock,
            now: Date(timeIntervalSince1970: 1_700_000_000),
            random: .constant(0),
            stores: stores?.stores(),
            logger: Logger(label: "service", factory: { _ in SwiftLogNoOpLogHandler() })
        )
        service.setPhase(.serving)
    }

    /// Runs `body` with a client of the API: without sockets unless said otherwise.
    func run<T: Sendable>(
        _ setup: TestingSetup = .router,
        _ body: @Sendable (any TestClientProtocol) async throws -> T
    ) async throws -> T {
        try await httpAPI.application().test(setup, body)
    }

    /// A new API over the service.
    var httpAPI: HTTPAPI {
        HTTPAPI(service: service, configuration: configuration, logger: logger, clock: clock)
    }

    /// Answers one request, without sockets.
    func answer(
        _ uri: String,
        _ method: HTTPRequest.Method = .get,
        headers: HTTPFields = [:],
        body: String? = nil
    ) async throws -> TestResponse {
        try await run { client in
            try await client.execute(
                uri: uri,
                method: method,
                headers: headers,
                body: body.map { ByteBuffer(string: $0) }
            )
        }
    }
}

extension TestResponse {
    /// The body as text.
    var text: String { String(buffer: body) }

    /// A header field's value, by any name.
    func header(_ name: String) -> String? {
        HTTPField.Name(name).flatMap { headers[$0] }
    }
}
