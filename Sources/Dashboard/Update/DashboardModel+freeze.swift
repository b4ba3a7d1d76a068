import EventService
import Foundation

extension DashboardModel {
    /// The moment that is shown: now, unless everything stands still.
    func shown(_ now: Date) -> Date { frozen?.at ?? now }

    mutating func toggleFreeze(now: Date) -> [Effect] {
        guard let frozen else {
            guard service != nil else {
                tell("There is nothing to freeze yet.", now: now)
                return []
            }
            self.frozen = Freeze(at: now, lastLoad: lastLoad)
            return [.followService(false)]
        }
        self.frozen = nil
        var effects: [Effect] = [.followService(true)]
        for answer in frozen.answers { effects += handle(answer.message, now: answer.at) }
        log.append(frozen.logged)
        return effects
    }

    /// Keeps what nobody asked for back while everything stands still.
    /// - Returns: Whether it did.
    mutating func holdBack(_ message: Message, now: Date) -> Bool {
        guard let frozen else { return false }
        switch message {
        // One that was on its way; the newest is read as soon as it goes on.
        case .snapshot, .connection: return true
        case .usersLoaded(let load, _), .eventsLoaded(let load, _), .outboxLoaded(let load, _),
            .timelineLoaded(let load, _):
            guard load.number <= frozen.lastLoad.number else { return false }
            self.frozen?.answers.append(Freeze.Answer(message: message, at: now))
            return true
        case .logged(let lines):
            self.frozen?.logged = (frozen.logged + lines).suffix(LogLine.capacity)
            return true
        case .started, .terminal, .addFinished, .decisionFinished, .scenarioFinished, .probeFinished, .breakerChanged,
            .exported, .wake:
            return false
        }
    }

    /// How long everything has stood still, `nil` unless it does.
    func frozenFor(_ now: Date) -> Duration? {
        frozen.map { max(.zero, now.time(since: $0.at)) }
    }
}
