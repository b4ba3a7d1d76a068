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
            self.frozen = Freeze(at: now, lastLoad: lastLoad, alarms: alarms)
            return []
        }
        self.frozen = nil
        moveContents(by: frozen.clockStep)
        alarms = frozen.alarms
        var effects = frozen.service.map { show($0) } ?? []
        if let connection = frozen.connection { effects += handle(.connection(connection), now: now) }
        for answer in frozen.answers { effects += handle(answer.message, now: answer.at) }
        log.append(frozen.logged)
        return effects
    }

    /// Whether a message can't change what is shown, because it is news and everything stands still.
    public func isUnseen(_ message: Message) -> Bool {
        // What lies over the panes tells how things are now.
        guard frozen != nil, popup == nil else { return false }
        return switch message {
        case .snapshot, .connection: true
        default: false
        }
    }

    /// Keeps what nobody asked for back while everything stands still.
    /// - Returns: What is to be done all the same; `nil` where the message isn't kept back.
    mutating func holdBack(_ message: Message, now: Date) -> [Effect]? {
        guard let frozen else { return nil }
        switch message {
        case .snapshot(let snapshot):
            let effects = ring(for: snapshot)
            self.frozen?.service = snapshot
            return effects
        case .connection(let status): self.frozen?.connection = status
        case .usersLoaded(let load, _), .eventsLoaded(let load, _), .outboxLoaded(let load, _),
            .timelineLoaded(let load, _):
            guard load.number <= frozen.lastLoad.number else { return nil }
            self.frozen?.answers.append(Freeze.Answer(message: message, at: now))
        case .logged(let lines):
            let later = lines.filter { $0.at > frozen.at }
            self.frozen?.logged = (frozen.logged + later).suffix(LogLine.capacity)
            log.append(lines.filter { $0.at <= frozen.at })
        case .started, .terminal, .addFinished, .decisionFinished, .scenarioFinished, .probeFinished, .breakerChanged,
            .exported, .wake:
            return nil
        }
        return []
    }

    /// How long everything has stood still, `nil` unless it does.
    func frozenFor(_ now: Date) -> Duration? {
        frozen.map { max(.zero, now.time(since: $0.at + $0.clockStep)) }
    }
}
