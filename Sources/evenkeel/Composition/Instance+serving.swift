import EventService
import HTTPAPI
import Logging
import NIOCore
import ServiceLifecycle
import UnixSignals
import UpstreamClient

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

extension Instance {
    /// How long what is under way may go on after the instance was told to stop.
    static let drainLimit = Duration.seconds(10)

    /// Serves the HTTP API until it is told to stop, then finishes what is under way.
    /// - Parameters:
    ///   - signals: What tells it to stop, beside the graceful shutdown of the task that this runs in.
    ///   - onListening: Told the API's address as soon as connections are accepted.
    /// - Throws: `Failure` where the port can't be listened on.
    func serve(
        stoppingOn signals: [UnixSignal] = [],
        onListening: @escaping @Sendable (String) async -> Void
    ) async throws {
        let group = try serviceGroup(stoppingOn: signals, onListening: onListening)
        try await run(group)
    }

    /// Serves the HTTP API for as long as `body` takes, which starts once connections are accepted.
    ///
    /// If the API ends by an error, `body` is cancelled.
    /// - Throws: `Failure` where the port can't be listened on; `body` is not run then.
    func whileServing(_ body: @escaping @Sendable (_ url: String, ServiceGroup) async throws -> Void) async throws {
        let (urls, continuation) = AsyncStream.makeStream(of: String.self)
        let group = try serviceGroup { url in
            continuation.yield(url)
            continuation.finish()
        }
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask {
                defer { continuation.finish() }
                try await run(group)
            }
            tasks.addTask {
                for await url in urls { try await body(url, group) }
                await group.triggerGracefulShutdown()
            }
            try await tasks.waitForAll()
        }
    }

    /// The services of the HTTP API, to be run with `run(_:)`.
    /// - Throws: `Failure` where the certificate can't be used.
    func serviceGroup(
        stoppingOn signals: [UnixSignal] = [],
        onListening: @escaping @Sendable (String) async -> Void
    ) throws -> ServiceGroup {
        settings.warn(logger)
        var droppedLogLines: (@Sendable () -> UInt64)?
        if let log { droppedLogLines = { log.droppedLines } }
        let api = HTTPAPI(
            service: service,
            configuration: apiConfigurationWithinDescriptors(),
            logger: logger,
            droppedLogLines: droppedLogLines
        )
        do {
            let application = try api.application { address in
                let url = url(address)
                service.setAPIURL(url)
                service.setPhase(.serving)
                await onListening(url)
            }
            // Services stop in reverse: first the phase is announced, then the API stops accepting.
            var configuration = ServiceGroupConfiguration(
                services: settingsReloads(for: api.accessControl)
                    + [StoreKeeper(service: service), application, DrainAnnouncer(service: service)],
                gracefulShutdownSignals: signals,
                logger: logger.quiet
            )
            configuration.maximumGracefulShutdownDuration = Self.drainLimit
            return ServiceGroup(configuration: configuration)
        } catch let error as TLSFilesError {
            throw Failure.configuration(settings.description(of: error))
        }
    }

    /// The settings of the API, with no more connections than the process may have beside those to the events API.
    ///
    /// Raises that limit as far as it can, and warns where it stays low.
    private func apiConfigurationWithinDescriptors() -> HTTPAPIConfiguration {
        var configuration = settings.api
        let others = UpstreamLimits().maximumConnections + Self.reservedDescriptors
        let room = max(Self.leastConnections, DescriptorLimit.raise() - others)
        guard room < configuration.maximumConnections else { return configuration }
        logger.warning(
            "The system allows few connections; ulimit -n raises that",
            metadata: ["connections": .stringConvertible(room)]
        )
        configuration.maximumConnections = room
        configuration.maximumConnectionsPerClient = min(configuration.maximumConnectionsPerClient, max(1, room / 2))
        return configuration
    }

    /// What files, the simulator and everything else may take.
    private static let reservedDescriptors = 128
    private static let leastConnections = 16

    /// What takes changed settings over, where that is wanted.
    private func settingsReloads(for accessControl: AccessControl) -> [any Service] {
        guard let reload else { return [] }
        let target = SettingsReload.Target(
            service: service,
            accessControl: accessControl,
            threshold: reload.threshold,
            logger: logger
        )
        return [SettingsReload(settings, loader: reload.loader, signals: reload.signals, target: target)]
    }

    /// Runs the services until they have stopped.
    func run(_ group: ServiceGroup) async throws {
        do {
            try await group.run()
        } catch let error as SocketAddressError.UnknownHost {
            throw Failure.unavailable("can't listen on \(error.host): there is no such host here")
        } catch let error as IOError where error.errnoCode == EADDRINUSE {
            throw Failure.unavailable(
                "port \(settings.port) on \(settings.host) is taken: stop what listens there, or choose another port with --port or PORT"
            )
        } catch let error as IOError where [EACCES, EADDRNOTAVAIL].contains(error.errnoCode) {
            throw Failure.unavailable(
                "can't listen on \(settings.host):\(settings.port): \(String(cString: strerror(error.errnoCode)))"
            )
        } catch is CancellationError where !Task.isCancelled {
            logger.warning(
                "Requests were cut off",
                metadata: ["limit_ms": .stringConvertible(Self.drainLimit.milliseconds)]
            )
        }
    }

    private func url(_ address: SocketAddress?) -> String {
        let host = address?.ipAddress ?? settings.host
        let scheme = settings.tls == nil ? "http" : "https"
        return "\(scheme)://\(host.contains(":") ? "[\(host)]" : host):\(address?.port ?? settings.port)"
    }
}

/// Works with what is kept until it is told to stop: delivers it, writes down what happens, forgets what is old, and
/// watches what was promised.
private struct StoreKeeper: Service {
    let service: EventService

    func run() async throws {
        await withTaskGroup { group in
            group.addTask { await service.runHousekeeping() }
            group.addTask { await service.keepHistory() }
            group.addTask { await service.watchObjectives() }
            await withGracefulShutdownHandler {
                await service.deliverOutbox()
            } onGracefulShutdown: {
                service.stopDelivering()
            }
            // Not before: what the last deliveries bring about is history, too.
            group.cancelAll()
        }
    }
}

/// Says that the service is draining as soon as it is told to stop.
private struct DrainAnnouncer: Service {
    let service: EventService

    func run() async throws {
        try await withGracefulShutdownHandler {
            try await gracefulShutdown()
        } onGracefulShutdown: {
            service.setPhase(.draining)
        }
    }
}
