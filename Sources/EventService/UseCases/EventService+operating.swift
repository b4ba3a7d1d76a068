import Resilience

// What an operator sees of the breakers, and does to them.

extension EventService {
    /// Every breaker's status now, in the order of `UpstreamRoute.allCases`; looking changes nothing.
    public func breakers() -> [BreakerStatus] {
        let lastFailures = recorder.lastFailures
        return UpstreamRoute.allCases.map { status(of: $0, lastFailure: lastFailures[$0]) }
    }

    /// One breaker's status now; looking changes nothing.
    public func breaker(_ route: UpstreamRoute) -> BreakerStatus {
        status(of: route, lastFailure: recorder.lastFailures[route])
    }

    /// What happened lately.
    public func timeline() -> Timeline {
        recorder.read().timeline
    }

    /// Says who decides whether a breaker lets calls through.
    ///
    /// `automatic` ends the other two with a closed breaker, and has no effect on a breaker that decides by itself already.
    public func setMode(_ mode: BreakerStatus.Mode, of route: UpstreamRoute) {
        let breaker = gateway.guardian(of: route).breaker
        switch mode {
        case .automatic: breaker.automatic()
        case .forcedOpen: breaker.forceOpen()
        case .disabled: breaker.disable()
        }
    }

    /// Closes a breaker, whatever its state and mode, and forgets its failures and past openings, but not its totals.
    public func reset(_ route: UpstreamRoute) {
        gateway.guardian(of: route).breaker.reset()
        // Failures that a closed breaker forgets are no change of state, and yet they show.
        recorder.breakerMoved()
    }

    /// Lets the next call of a route through as a probe.
    /// - Returns: Whether it does; `false` unless the breaker is open.
    @discardableResult
    public func probeNow(_ route: UpstreamRoute) -> Bool {
        gateway.guardian(of: route).breaker.probeNow() == .halfOpen
    }

    func status(of route: UpstreamRoute, lastFailure: BreakerStatus.Failure?) -> BreakerStatus {
        let guardian = gateway.guardian(of: route)
        return BreakerStatus(route: route, guardian.breaker.snapshot(), lastFailure: lastFailure) { offset in
            time.date(after: guardian.start + offset)
        }
    }
}
