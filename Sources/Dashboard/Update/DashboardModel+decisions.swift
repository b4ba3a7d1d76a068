import EventService
import Foundation

extension DashboardModel {
    mutating func perform(_ action: Action.OutboxAction, now: Date) -> [Effect] {
        guard let event = outbox.selected else {
            // With nothing to retry the key means what it means elsewhere.
            if action == .retry { return perform(.refresh, now: now) }
            tell("Nothing is selected.", now: now)
            return []
        }
        guard isAllowedToChange(now: now) else { return [] }
        guard event.state != .delivering else {
            tell(about: event.name, "is being delivered.", now: now)
            return []
        }
        switch action {
        case .retry: return decide(.retry, id: event.id, name: event.name)
        case .discard:
            popup = .question(.discard(id: event.id, name: event.name), isYesSelected: false)
            return []
        }
    }

    /// Has a decision carried out.
    mutating func decide(_ decision: OutboxStatistics.Decision, id: String, name: String) -> [Effect] {
        outbox.decided[id] = name
        switch decision {
        case .retry: return [.retryKept(id: id)]
        case .discard: return [.discardKept(id: id)]
        }
    }

    /// Tells what came of a decision about an event.
    mutating func finishDecision(
        _ decision: OutboxStatistics.Decision,
        _ id: String,
        _ failure: String?,
        now: Date
    ) -> [Effect] {
        let name = outbox.decided.removeValue(forKey: id) ?? id
        switch (decision, failure) {
        case (.retry, nil): tell(about: name, retryOutlook(id, now: now), .success, now: now)
        case (.discard, nil): tell(about: name, "was discarded.", .success, now: now)
        case (.retry, let failure?): tell(about: name, "is not tried again: \(failure).", .problem, now: now)
        case (.discard, let failure?): tell(about: name, "was not discarded: \(failure).", .problem, now: now)
        }
        return refreshOutbox()
    }

    /// When an event is tried that somebody wants tried again.
    private func retryOutlook(_ id: String, now: Date) -> String {
        switch outbox.retried(id)?.nextTry(behind: latestService?.breaker(of: .addEvent), now: now) {
        case .at(let date): "is tried at \(time.moment(date, now: now)), when addEvent is probed; p probes now."
        case .held: "is tried as soon as addEvent isn't forced open any more."
        case .inLine: "is tried again after the others of its user."
        case .now, .soon, .never, nil: "is tried again in its turn."
        }
    }
}
