import EventService
import Foundation

extension DashboardModel {
    /// Takes what became of the connection; what couldn't be read without one is read as soon as there is one again.
    mutating func take(_ status: ConnectionStatus, now: Date) -> [Effect] {
        let before = connection
        connection = status
        let missedBefore = before?.missedEntries ?? 0
        if status.missedEntries > missedBefore { tellMissed(status.missedEntries - missedBefore, now: now) }
        guard status.state == .connected, case .lost = before?.state else { return [] }
        // What was under way when the connection went may hang for as long as it is allowed to.
        return reloadUsers() + reloadEvents() + reloadOutbox()
    }

    private mutating func tellMissed(_ entries: UInt64, now: Date) {
        tell(
            "The timeline lacks \(entries) \(entries == 1 ? "entry" : "entries"): they came and went unseen.",
            now: now
        )
    }

    /// When the service was last heard of, while it isn't.
    var lostSince: Date? {
        if case .lost(let since, _, _) = connection?.state { since } else { nil }
    }

    /// The time that what is known of the service is of; it stands still while nothing is heard.
    func serviceTime(now: Date) -> Date {
        lostSince.map { min($0, now) } ?? now
    }

    /// The moment that is shown of the service.
    func shownServiceTime(_ now: Date) -> Date { serviceTime(now: shown(now)) }

    /// The time until the next digit of the countdown to the next attempt to connect, if there is one.
    func reconnectSteps(now: Date) -> [Duration] {
        guard case .lost(_, let nextTry?, _) = connection?.state, layout.arrangement != .tooSmall else { return [] }
        let left = nextTry.time(since: now)
        return left > .zero ? [DurationText.untilNextChange(of: left, showsTenths: false)] : []
    }
}
