import Hummingbird
import Logging
import ServiceLifecycle
import Synchronization

extension UpstreamSimulator {
    /// Listens and answers until it is cancelled or shut down.
    ///
    /// Throws ``SimulatorError``: the port is taken, a setting is out of range, or it was started before.
    public func run() async throws {
        try begin()
        do {
            try configuration.validate()
            try await withTaskCancellationOrGracefulShutdownHandler {
                try await supervise()
            } onCancelOrGracefulShutdown: { [orders] in
                orders.continuation.finish()
            }
            end(SimulatorError.notRunning)
        } catch is CancellationError {
            end(SimulatorError.notRunning)
        } catch {
            end(error)
            throw error
        }
    }

    private func begin() throws(SimulatorError) {
        let isNew = lifecycle.withLock { lifecycle in
            guard case .new = lifecycle else { return false }
            lifecycle = .running(waiting: [:])
            return true
        }
        guard isNew else { throw .alreadyStarted }
    }

    private func end(_ error: any Error) {
        let waiting = lifecycle.withLock { lifecycle in
            defer { lifecycle = .ended }
            guard case .running(let waiting) = lifecycle else { return [Latch<Void>]() }
            return Array(waiting.values)
        }
        for done in waiting { done.open(.failure(SimulatorError.notRunning)) }
        listening.open(.failure(error))
        controlListening.open(.failure(error))
    }

    private func supervise() async throws {
        var supervisor = Supervisor(simulator: self)
        do {
            try await supervisor.start()
            for await order in orders.stream { try await supervisor.carryOut(order) }
        } catch {
            await supervisor.stop(atOnce: true)
            throw error
        }
        await supervisor.stop(atOnce: Task.isCancelled)
    }
}
