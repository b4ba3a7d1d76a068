import AsyncHTTPClient
import EventService
import Foundation
import HTTPAPI
import Logging
import NIOPosix
import Storage
import UnixSignals
import UpstreamClient
import UpstreamSimulator

/// One running Evenkeel, wired: the only place where every part is known.
struct Instance: Sendable {
    let settings: Settings
    let service: EventService
    /// The embedded events API, where none was configured.
    let simulator: UpstreamSimulator?
    let logger: Logger
    /// Where the log goes; `nil` where it goes nowhere.
    let log: LogOutput?
    /// Where the settings came from and what they change, to be read again while it runs; `nil` if they never are.
    let reload: ReloadSource?

    /// Where settings come from again while an instance runs.
    struct ReloadSource: Sendable {
        let loader: SettingsLoader
        let threshold: LogThreshold
        /// What asks for it, beside files that change.
        var signals: [UnixSignal] = []
    }

    /// The events API in words.
    var upstreamDescription: String {
        let upstream = service.snapshot().upstream
        return upstream.scenario.map { "simulator (\($0)) at \(upstream.url)" } ?? upstream.url
    }

    /// Where the embedded simulator is controlled, in every scenario; `nil` where there is none.
    var simulatorControlURL: String? {
        get async {
            guard let simulator else { return nil }
            do {
                let (host, port) = try await simulator.waitUntilControlListening()
                return "http://\(host):\(port)"
            } catch {
                return nil
            }
        }
    }

    /// Wires an instance, runs `body` with it, and takes it apart again.
    /// - Parameters:
    ///   - simulator: How the simulator starts where no events API is configured.
    ///   - log: Where `logger` writes, where that is known.
    ///   - reload: Where the settings come from again when they change; `nil` if they are to stay.
    static func run(
        settings: Settings,
        simulator configuration: SimulatorConfiguration,
        logger: Logger,
        log: LogOutput? = nil,
        reload: ReloadSource? = nil,
        _ body: @Sendable (Instance) async throws -> Void
    ) async throws {
        if let upstream = settings.upstream {
            let shown = ServiceSnapshot.Upstream(url: upstream.string)
            try await run(settings, upstream, shown, simulator: nil, logger, log, reload, body)
        } else {
            // A port of its own for its control routes: the other one is closed during an outage.
            var configuration = configuration
            configuration.controlPort = 0
            let simulator = UpstreamSimulator(configuration: configuration, logger: logger.quiet)
            try await running(simulator) { url in
                let shown = ServiceSnapshot.Upstream(url: url.string, scenario: simulator.scenario.rawValue)
                try await run(settings, url, shown, simulator: simulator, logger, log, reload, body)
            }
        }
    }

    private static func run(
        _ settings: Settings,
        _ url: BaseURL,
        _ upstream: ServiceSnapshot.Upstream,
        simulator: UpstreamSimulator?,
        _ logger: Logger,
        _ log: LogOutput?,
        _ reload: ReloadSource?,
        _ body: @Sendable (Instance) async throws -> Void
    ) async throws {
        let store = try await openStore(settings, logger)
        let client = HTTPClient.forUpstream(eventLoopGroup: MultiThreadedEventLoopGroup.singleton)
        let service = try EventService(
            api: HTTPEventsAPI(client: client, baseURL: url),
            upstream: upstream,
            configuration: settings.service,
            now: Date(),
            systemTime: { Date() },
            stores: EventStores(
                holder: store.holder,
                outbox: store.outbox,
                idempotency: store.idempotency,
                history: store.history
            ),
            logger: logger
        )
        do {
            try await service.restoreHistory()
        } catch {
            logger.error(
                "What happened before can't be read, so nothing is added to it",
                metadata: ["reason": "\(error.message)"]
            )
        }
        let following = Task { await service.followScenario(of: simulator) }
        defer { following.cancel() }
        // Beside everything else: other processes' files may answer late.
        async let telling: Void = settings.tellOfOtherFolders(logger)
        let result: Result<Void, any Error>
        do {
            result = .success(
                try await body(
                    Instance(
                        settings: settings,
                        service: service,
                        simulator: simulator,
                        logger: logger,
                        log: log,
                        reload: reload
                    )
                )
            )
        } catch {
            result = .failure(error)
        }
        service.finishChanges()
        await telling
        settings.tellWhatStays(of: service.snapshot().outbox, logger)
        try await client.shutdown()
        try await store.close()
        try result.get()
    }

    /// Runs a simulator around `body`: it is up before and gone after.
    private static func running(
        _ simulator: UpstreamSimulator,
        _ body: (BaseURL) async throws -> Void
    ) async throws {
        try await withThrowingTaskGroup { group in
            group.addTask { try await simulator.run() }
            try await simulator.waitUntilListening()
            guard let url = BaseURL(simulator.baseURL) else {
                throw Failure.internalError("the simulator listens on \(simulator.baseURL), which is no address")
            }
            try await body(url)
            group.cancelAll()
        }
    }
}

extension EventService {
    /// Shows every scenario that the simulator is switched to, by whomever.
    fileprivate func followScenario(of simulator: UpstreamSimulator?) async {
        guard let simulator else { return }
        for await scenario in simulator.selections {
            setUpstream(.init(url: simulator.baseURL, scenario: scenario.rawValue))
        }
    }
}

extension Logger {
    /// The same log, for what matters only when it fails.
    var quiet: Logger {
        var logger = self
        logger.logLevel = max(logLevel, .warning)
        return logger
    }
}
