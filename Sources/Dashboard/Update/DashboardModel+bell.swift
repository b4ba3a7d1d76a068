import Foundation

extension DashboardModel {
    /// Where the bell is on, the breakers and objectives that are to be marked.
    var shownAlarms: Alarms { isBellOn ? alarms : Alarms() }

    /// Turns the bell on or off; it rings once, to be heard.
    mutating func toggleBell(now: Date) -> [Effect] {
        isBellOn.toggle()
        guard isBellOn else {
            tell("Bell off.", now: now)
            return []
        }
        tell("Bell on: it rings when a breaker opens or an error budget burns fast.", now: now)
        return [.bell]
    }
}
