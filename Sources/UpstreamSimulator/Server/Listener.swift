import Foundation
import Hummingbird
import HummingbirdCore
import Logging
import NIOCore

/// A Hummingbird server from its first `listen` to its end; it is not opened twice.
final class Listener: Sendable {
    typealias Responder = RouterResponder<SimulatorContext>

    let registry: ConnectionRegistry
    private let task: Task<Void, any Error>
    private let started: Latch<SocketAddress>

    private init(task: Task<Void, any Error>, started: Latch<SocketAddress>, registry: ConnectionRegistry) {
        self.task = task
        self.started = started
        self.registry = registry
    }

    /// Starts a server and waits until it listens; `onEnd` is called once when it no longer does.
    static func open(
        host: String,
        port: Int,
        registry: ConnectionRegistry,
        responder: Responder,
        logger: Logger,
        onEnd: @escaping @Sendable () -> Void
    ) async throws -> (Listener, SocketAddress) {
        let started = Latch<SocketAddress>()
        let application = makeApplication(
            host: host,
            port: port,
            registry: registry,
            responder: responder,
            started: started,
            logger: logger
        )
        let task = Task {
            defer { onEnd() }
            do {
                try await application.run()
                started.open(.failure(CancellationError()))
            } catch {
                started.open(.failure(Self.explain(error, host: host, port: port)))
                throw error
            }
        }
        let listener = Listener(task: task, started: started, registry: registry)
        do {
            return (listener, try await started.value())
        } catch {
            await listener.closeAtOnce()
            throw error
        }
    }

    /// Stops listening, closes all connections and waits until nothing of it runs.
    func closeAtOnce() async {
        registry.closeAll()
        task.cancel()
        _ = await task.result
    }

    /// Waits until a server that was told to shut down gracefully has answered what it was asked, but no longer than `limit`.
    func drain(limit: Duration, time: SimulatorTime) async {
        registry.closeHanging()
        await withTaskGroup(of: Void.self) { [task] group in
            group.addTask { _ = await task.result }
            group.addTask {
                // Cancelled means that the server has ended in time.
                do { try await time.sleep(limit) } catch { return }
                await self.closeAtOnce()
            }
            await group.next()
            group.cancelAll()
        }
        await closeAtOnce()
    }

    private static func makeApplication(
        host: String,
        port: Int,
        registry: ConnectionRegistry,
        responder: Responder,
        started: Latch<SocketAddress>,
        logger: Logger
    ) -> Application<Responder> {
        let limits = HTTP1Channel.Configuration.DecoderConfiguration(
            maxHeaderFieldSize: 16 << 10,
            maxHeaderListSize: 64 << 10,
            maxHeaderFieldCount: 200
        )
        let server = HTTPServerBuilder { responder in
            ObservedHTTP1Channel(
                http1: HTTP1Channel(
                    responder: responder,
                    // Longer than clients keep connections, so that they are the ones to give up an idle one.
                    configuration: .init(idleTimeout: .seconds(120), httpDecoderConfiguration: limits)
                ),
                registry: registry
            )
        }
        // The simulator reports what matters itself, as errors that say what to do.
        var quiet = logger
        quiet.logLevel = .critical
        return Application(
            responder: responder,
            server: server,
            configuration: .init(
                address: .hostname(host, port: port),
                serverName: "events-api-simulator",
                backlog: 1024
            ),
            onServerRunning: { channel in
                if let address = channel.localAddress { started.open(.success(address)) }
            },
            logger: quiet
        )
    }

    private static func explain(_ error: any Error, host: String, port: Int) -> any Error {
        switch error {
        case let error as IOError where error.errnoCode == EADDRINUSE:
            SimulatorError.portTaken(host: host, port: port)
        case is CancellationError:
            error
        default:
            SimulatorError.cannotListen(host: host, port: port, reason: "\(error)")
        }
    }
}
