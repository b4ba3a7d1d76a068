import EventService
import Foundation

extension DashboardModel {
    /// Does something to the selected breaker, or asks first.
    mutating func ask(_ change: BreakerChange, now: Date) -> [Effect] {
        guard isAllowedToChange(now: now) else { return [] }
        guard let breaker = probedBreaker else {
            tell("The state of \(probedRoute.rawValue) is not known yet.", now: now)
            return []
        }
        if let reason = change.reasonAgainst(breaker) {
            tell("\(breaker.route.rawValue) \(reason) already.", now: now)
            return []
        }
        guard change.isAskedAbout else { return [.changeBreaker(breaker.route, change)] }
        popup = .question(.change(breaker.route, change), isYesSelected: false)
        return []
    }

    /// Tells what came of it.
    mutating func finishChange(of route: UpstreamRoute, _ change: BreakerChange, _ failure: String?, now: Date) {
        if let failure {
            tell("\(route.rawValue) stays as it is: \(failure).", .problem, now: now)
        } else {
            tell("\(route.rawValue) \(change.outcome)", .success, now: now)
        }
    }
}
