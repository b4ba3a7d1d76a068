import EventService
import EventServiceTestSupport
import Foundation
import HTTPAPI
import Hummingbird
import HummingbirdTesting
import Resilience

/// The real thing on a socket: the HTTP API over a service over a fake events API.
struct Instance: Sendable {
    let api: FakeEventsAPI
    let stores = FakeStores()
    let service: EventService
    let configuration: HTTPAPIConfiguration

    init(_ api: FakeEventsAPI = .working(events: ["e1", "e2"]), _ configuration: HTTPAPIConfiguration = .init()) throws
    {
        var policies = EventServiceConfiguration()
        // What opens stays open, however long a busy machine takes.
        let wait = Duration.seconds(3600)
        policies.breaker = try CircuitBreakerConfiguration(
            failureThreshold: 1,
            resetTimeout: wait,
            maximumResetTimeout: wait,
            jitter: 0
        )
        (policies.readRetries.maximum, policies.addRetries.maximum) = (0, 0)
        self.api = api
        self.configuration = configuration
        service = try EventService(
            api: api,
            upstream: .init(url: "http://events.test", scenario: "flaky"),
            configuration: policies,
            now: Date(),
            random: .constant(0),
            stores: stores.stores(),
            logger: .silent
        )
        service.setPhase(.serving)
    }

    /// Serves while somebody is attached.
    func run<T: Sendable>(
        token: String? = nil,
        _ body: @escaping @Sendable (Attached) async throws -> T
    ) async throws -> T {
        let application = try HTTPAPI(service: service, configuration: configuration, logger: .silent).application()
        return try await application.test(.live) { client in
            try await Attached.run(to: "http://localhost:\(client.port ?? 0)", token: { token }, body)
        }
    }

    /// Reads the events, which fails.
    func fail() async {
        api.setScript(FakeEventsAPI.failure(.refused))
        _ = try? await service.events(for: .test)
    }
}
