import Synchronization

extension UpstreamSimulator {
    /// A step in the life of a simulator: `new` → `running` → `ended`, or `new` → `ended` if it can't start.
    enum Lifecycle {
        case new
        /// Those that wait for an order to be carried out.
        case running(waiting: [ObjectIdentifier: Latch<Void>])
        case ended
    }

    /// What the running simulator is told.
    enum Order: Sendable {
        case select(Scenario, garbage: GarbageKind?, done: Latch<Void>)
        /// The current listener has ended, unless it is an earlier one.
        case listenerEnded(generation: Int)
    }

    /// Switches to a scenario, which starts anew, and returns when it is in effect.
    ///
    /// Before ``run()`` it sets the scenario to start in. Leaving an outage throws ``SimulatorError/portTaken(host:port:)``
    /// if the port was taken meanwhile, and the outage goes on. After the end it throws ``SimulatorError/notRunning``.
    public func select(_ scenario: Scenario) async throws {
        try await select(scenario, garbage: nil)
    }

    /// Switches to a scenario as ``select(_:)`` does; ``Scenario/garbage`` then sends nothing but `garbage` if it is given.
    public func select(_ scenario: Scenario, garbage: GarbageKind?) async throws {
        try await order(scenario, garbage: garbage)?.value()
    }

    /// Orders a switch without waiting for it; returns what to wait for, or `nil` if it is in effect already.
    @discardableResult
    func order(_ scenario: Scenario, garbage: GarbageKind? = nil) -> Latch<Void>? {
        let done = Latch<Void>()
        return lifecycle.withLock { lifecycle in
            switch lifecycle {
            case .new:
                core.machine.withLock { $0.select(scenario, garbage: garbage) }
                return nil
            case .running(var waiting):
                waiting[ObjectIdentifier(done)] = done
                lifecycle = .running(waiting: waiting)
                orders.continuation.yield(.select(scenario, garbage: garbage, done: done))
            case .ended:
                done.open(.failure(SimulatorError.notRunning))
            }
            return done
        }
    }

    /// Tells the one who ordered that it is done or has failed.
    func reply(_ result: Result<Void, any Error>, to done: Latch<Void>) {
        lifecycle.withLock { lifecycle in
            guard case .running(var waiting) = lifecycle else { return }
            waiting[ObjectIdentifier(done)] = nil
            lifecycle = .running(waiting: waiting)
        }
        done.open(result)
    }
}
