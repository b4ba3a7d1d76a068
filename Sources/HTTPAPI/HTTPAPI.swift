public import EventService
public import Hummingbird
import HummingbirdCore
public import Logging
public import NIOCore

/// The HTTP API over a service.
public struct HTTPAPI {
    private let service: EventService
    private let configuration: HTTPAPIConfiguration
    private let logger: Logger
    private let meter = RequestMeter()
    private let connections = ConnectionMeter()
    private let droppedLogLines: (@Sendable () -> UInt64)?
    let streams: EventStreams

    /// Who may do what, to be changed while the API serves.
    public let accessControl: AccessControl

    /// Creates an API that listens nowhere yet.
    /// - Parameters:
    ///   - droppedLogLines: How many lines the log has lost so far, where that is known.
    ///   - clock: What the limit of each client and the streams' heartbeats are measured on.
    public init(
        service: EventService,
        configuration: HTTPAPIConfiguration,
        logger: Logger,
        droppedLogLines: (@Sendable () -> UInt64)? = nil,
        clock: any Clock<Duration> = ContinuousClock()
    ) {
        self.droppedLogLines = droppedLogLines
        self.service = service
        self.configuration = configuration
        self.logger = logger
        self.accessControl = AccessControl(configuration, clock: clock)
        streams = EventStreams(of: service, configuration, clock: clock)
    }

    /// The server, ready to be run as a service: graceful shutdown stops accepting and finishes what is under way.
    /// - Parameter onListening: Told the address, once, as soon as connections are accepted.
    /// - Throws: `TLSFilesError` where the certificate can't be used.
    public func application(
        onListening: @escaping @Sendable (SocketAddress?) async -> Void = { _ in }
    ) throws -> some ApplicationProtocol {
        let certificate = try configuration.tls.map { try ServerCertificate($0, logger: logger) }
        let responder = router().buildResponder()
        return Application(
            responder: responder,
            server: .cancelling(configuration, meter: connections, certificate: certificate) {
                [logger] request, channel in
                let context = APIContext(source: ApplicationRequestContextSource(channel: channel, logger: logger))
                do {
                    return try await responder.respond(to: request, context: context)
                } catch {
                    // As Hummingbird does, though the first middleware lets nothing through.
                    logger.error("Unexpected error", metadata: ["error": "\(error)"])
                    return Response(status: .internalServerError)
                }
            },
            configuration: ApplicationConfiguration(
                address: .hostname(configuration.host, port: configuration.port),
                backlog: 1024,
                availableConnectionsDelegate: MaximumAvailableConnections(configuration.maximumConnections)
            ),
            services: certificate.map { [$0.reloader] } ?? [],
            onServerRunning: { channel in await onListening(channel.localAddress) },
            logger: logger
        )
    }

    private func router() -> Router<APIContext> {
        let endpoints = endpoints
        meter.expect(endpoints)
        let router = Router(context: APIContext.self)
        router.add(middleware: CallContextMiddleware(service: service, meter: meter, logger: logger))
        let methods = MethodTable(endpoints)
        if configuration.allowedOrigins != .none {
            router.add(middleware: CrossOriginMiddleware(origins: configuration.allowedOrigins, methods: methods))
        }
        router.add(
            middleware: ProblemMiddleware(methods: methods, maximumURILength: configuration.maximumURILength)
        )
        router.add(middleware: UnroutedRequestMiddleware(accessControl: accessControl))
        router.add(endpoints, guardedBy: accessControl)
        return router
    }

    /// Every route there is.
    var endpoints: [Endpoint] {
        let body = JSONBody(maximumSize: configuration.maximumBodySize)
        let routes =
            UserRoutes(service: service).endpoints
            + EventRoutes(service: service, body: body).endpoints
            + OriginalRoutes(service: service, body: body).endpoints
            + OutboxRoutes(service: service).endpoints
            + BreakerRoutes(service: service, body: body).endpoints
            + TimelineRoutes(service: service).endpoints
            + ObjectiveRoutes(service: service).endpoints
            + StreamRoutes(streams: streams, accessControl: accessControl).endpoints
            + HealthRoutes(service: service).endpoints
            + MetricsRoutes(
                service: service,
                meter: meter,
                connections: connections,
                streams: streams,
                version: configuration.version,
                droppedLogLines: droppedLogLines
            ).endpoints
        return routes + DescriptionRoutes(describing: routes, version: configuration.version).endpoints
    }
}
