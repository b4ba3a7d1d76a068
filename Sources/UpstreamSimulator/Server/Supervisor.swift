import Hummingbird
import Logging
import NIOCore
import Synchronization

/// Opens and closes the listeners of a running simulator.
struct Supervisor: ~Copyable {
    private let simulator: UpstreamSimulator
    private var control: Listener?
    private var listener: Listener?
    /// Counts the listeners, so that the end of an earlier one is told from the end of the current one.
    private var generation = 0
    private var address: SocketAddress?
    private var reservation: PortReservation?

    init(simulator: UpstreamSimulator) {
        self.simulator = simulator
    }

    /// Opens the control port, then the port itself, which in an outage is closed again.
    mutating func start() async throws {
        if let port = simulator.configuration.controlPort { try await openControl(port: port) }
        try await open()
        if simulator.scenario == .outage { await close() }
        if let address, let host = address.ipAddress, let port = address.port {
            simulator.listening.open(.success((host, port)))
        }
    }

    mutating func carryOut(_ order: UpstreamSimulator.Order) async throws {
        switch order {
        case .select(let scenario, let garbage, let done):
            do {
                try await select(scenario, garbage: garbage)
                simulator.reply(.success(()), to: done)
            } catch {
                simulator.reply(.failure(error), to: done)
                if error is CancellationError { throw error }
            }
        case .listenerEnded(let generation) where generation == self.generation && listener != nil:
            let (host, port) = (simulator.configuration.host, address?.port ?? simulator.configuration.port)
            throw SimulatorError.cannotListen(host: host, port: port, reason: "the listener ended by itself")
        case .listenerEnded:
            break
        }
    }

    /// Ends all listeners, after the requests under way unless it is to be at once.
    mutating func stop(atOnce: Bool) async {
        let (time, limit) = (simulator.core.time, simulator.configuration.drainLimit)
        for listener in [listener, control].compactMap(\.self) {
            if atOnce { await listener.closeAtOnce() } else { await listener.drain(limit: limit, time: time) }
        }
        (listener, control) = (nil, nil)
        reservation = nil
    }

    private mutating func select(_ scenario: Scenario, garbage: GarbageKind?) async throws {
        // Before the listener opens, so that the first request meets the scenario already.
        simulator.core.machine.withLock { $0.select(scenario, garbage: garbage) }
        if scenario == .outage {
            await close()
        } else if listener == nil {
            do {
                try await open()
            } catch {
                simulator.core.machine.withLock { $0.select(.outage) }
                throw error
            }
        }
        simulator.selected.continuation.yield(scenario)
        simulator.logger.info("Scenario selected", metadata: ["scenario": "\(scenario)"])
    }

    private mutating func open() async throws {
        generation += 1
        reservation = nil
        let registry = ConnectionRegistry()
        let configuration = simulator.configuration
        do {
            (listener, address) = try await Listener.open(
                host: configuration.host,
                port: address?.port ?? configuration.port,
                registry: registry,
                responder: simulator.makeResponder(registry: registry),
                logger: simulator.logger,
                onEnd: { [orders = simulator.orders, generation] in
                    orders.continuation.yield(.listenerEnded(generation: generation))
                }
            )
        } catch {
            reservation = address.flatMap(PortReservation.init)
            throw error
        }
        simulator.logger.info("Simulator listens", metadata: ["address": "\(address.map { "\($0)" } ?? "")"])
    }

    private mutating func close() async {
        guard let closing = listener else { return }
        listener = nil
        await closing.closeAtOnce()
        reservation = address.flatMap(PortReservation.init)
        simulator.logger.info("Simulator refuses connections")
    }

    private mutating func openControl(port: Int) async throws {
        let (control, address) = try await Listener.open(
            host: "127.0.0.1",
            port: port,
            registry: ConnectionRegistry(),
            responder: simulator.makeControlResponder(),
            logger: simulator.logger,
            onEnd: {}
        )
        self.control = control
        simulator.controlListening.open(.success(("127.0.0.1", address.port ?? port)))
    }
}
