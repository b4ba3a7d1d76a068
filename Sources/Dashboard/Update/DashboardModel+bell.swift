import EventService
import Foundation

extension DashboardModel {
    /// Where the bell is on, the breakers and objectives that are to be marked.
    var shownAlarms: Alarms { isBellOn ? alarms : Alarms() }

    /// Rings for what has begun since the last snapshot, shown or not; it is marked as soon as that is shown.
    mutating func ring(for snapshot: ServiceSnapshot) -> [Effect] {
        let before = latestService
        let opened = Self.opened(from: before?.breakers ?? [], to: snapshot.breakers)
        var alarms = frozen?.alarms ?? alarms
        let hasBegun = alarms.take(opened: opened, from: before, to: snapshot)
        if frozen == nil { self.alarms = alarms } else { frozen?.alarms = alarms }
        return hasBegun && isBellOn ? [.bell] : []
    }

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
