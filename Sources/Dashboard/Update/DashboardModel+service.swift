import EventService
import Foundation

extension DashboardModel {
    // MARK: - Probe

    mutating func probe(now: Date) -> [Effect] {
        guard isAllowedToChange(now: now) else { return [] }
        guard let breaker = probedBreaker else {
            tell("The state of \(probedRoute.rawValue) is not known yet.", now: now)
            return []
        }
        switch breaker.state {
        case .open: return [.probe(breaker.route)]
        case .closed: tell("\(breaker.route.rawValue) is closed: calls pass, there is nothing to probe.", now: now)
        case .halfOpen: tell("\(breaker.route.rawValue) is half-open: the next call is a probe anyway.", now: now)
        case .forcedOpen: tell("\(breaker.route.rawValue) is forced open: set it back to automatic first.", now: now)
        case .disabled:
            tell("\(breaker.route.rawValue) is switched off: calls pass, there is nothing to probe.", now: now)
        }
        return []
    }

    /// Tells that the wait of a breaker was ended, and makes the call that is its probe where the dashboard has one.
    mutating func finishProbe(_ route: UpstreamRoute, _ failure: String?, now: Date) -> [Effect] {
        if let failure {
            tell("\(route.rawValue) can't be probed: \(failure).", .problem, now: now)
            return []
        }
        switch route {
        case .getUsers:
            tell("Probing getUsers.", now: now)
            return loadUsers(.reload)
        case .getUserById, .getEventById:
            guard events.userID != nil else { break }
            tell("Probing \(route.rawValue).", now: now)
            return loadEvents(.reload)
        case .addEvent, .getEvents: break
        }
        tell("The next call of \(route.rawValue) is the probe.", now: now)
        return []
    }

    // MARK: - Scenarios

    mutating func openScenarios(now: Date) {
        guard let scenarios = settings.scenarios, !scenarios.isEmpty else {
            tell(
                settings.attachedTo == nil
                    ? "The events API is not the built-in simulator: it has no scenarios."
                    : "Scenarios are chosen where the service runs, not from here.",
                now: now
            )
            return
        }
        guard isAllowedToChange(now: now) else { return }
        let current = scenarios.firstIndex { $0.name == latestService?.upstream.scenario }
        popup = .scenarios(selected: current ?? 0)
    }

    mutating func moveInScenarios(_ movement: Action.Movement, from selected: Int) {
        popup = .scenarios(selected: selected.moved(movement, count: settings.scenarios?.count ?? 0))
    }

    mutating func chooseScenario() -> [Effect] {
        guard case .scenarios(let selected) = popup, let scenarios = settings.scenarios else { return [] }
        popup = nil
        guard scenarios.indices.contains(selected) else { return [] }
        return [.selectScenario(scenarios[selected].name)]
    }

    mutating func finishScenario(_ name: String, _ failure: String?, now: Date) {
        if let failure {
            tell("The simulator stays as it is: \(failure).", .problem, now: now)
        } else {
            tell("The simulator now plays “\(name)”.", .success, now: now)
        }
    }

    // MARK: - Permission

    mutating func isAllowedToChange(now: Date) -> Bool {
        if settings.isReadOnly { tell("Read-only: nothing can be changed from here.", now: now) }
        return !settings.isReadOnly
    }
}

extension Int {
    /// Where a movement in a short menu leads to.
    func moved(_ movement: Action.Movement, count: Int) -> Int {
        let last = Swift.max(0, count - 1)
        let index =
            switch movement {
            case .up: self - 1
            case .down: self + 1
            case .pageUp, .top: 0
            case .pageDown, .bottom: last
            }
        return Swift.min(Swift.max(0, index), last)
    }
}
