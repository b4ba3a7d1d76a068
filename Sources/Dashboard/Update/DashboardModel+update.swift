import EventService
public import Foundation
import TextUI

extension DashboardModel {
    /// Takes a message.
    ///
    /// - Parameters:
    ///   - message: What happened.
    ///   - now: The time; earlier than at the message before where the clock was set back.
    /// - Returns: What to do about it, in this order.
    public mutating func update(_ message: Message, now: Date) -> [Effect] {
        guard !isFinished else { return [] }
        followClock(now: now)
        if let effects = holdBack(message, now: now) { return effects }
        var effects = handle(message, now: now)
        effects += followTime(now: now)
        effects += followLog()
        fit()
        return effects
    }

    mutating func handle(_ message: Message, now: Date) -> [Effect] {
        switch message {
        case .started(let size):
            self.size = size
            return loadUsers()
        case .terminal(let event):
            return handle(event, now: now)
        case .snapshot(let snapshot):
            let effects = ring(for: snapshot)
            return effects + show(snapshot)
        case .connection(let status):
            return take(status, now: now)
        case .usersLoaded(let load, let result):
            return takeUsers(load, result, now: now)
        case .eventsLoaded(let load, let result):
            takeEvents(load, result, now: now)
            return []
        case .addFinished(let draftID, let outcome):
            return finishAdd(draftID, outcome, now: now)
        case .outboxLoaded(let load, let result):
            takeOutbox(load, result, now: now)
            return []
        case .timelineLoaded(let load, let result):
            return takeTimeline(load, result, now: now)
        case .decisionFinished(let decision, let id, let failure):
            return finishDecision(decision, id, failure, now: now)
        case .scenarioFinished(let name, let failure):
            finishScenario(name, failure, now: now)
            return []
        case .probeFinished(let route, let failure):
            return finishProbe(route, failure, now: now)
        case .breakerChanged(let route, let change, let failure):
            finishChange(of: route, change, failure, now: now)
            return []
        case .exported(let export, let outcome):
            finishExport(export, outcome, now: now)
            return []
        case .logged(let lines):
            log.append(lines)
            return []
        case .wake:
            return []
        }
    }

    /// Whether something may have come of the events that are kept; an attempt that failed leaves their number as it was.
    private func isOutboxNews(_ snapshot: ServiceSnapshot) -> Bool {
        snapshot.outbox != service?.outbox
            || snapshot.breaker(of: .addEvent)?.lastFailure != service?.breaker(of: .addEvent)?.lastFailure
    }

    mutating func show(_ snapshot: ServiceSnapshot) -> [Effect] {
        if focus == .outbox, isOutboxNews(snapshot) { outbox.isOutOfDate = true }
        let opened = Self.opened(from: service?.breakers ?? [], to: snapshot.breakers)
        if !opened.isEmpty, notice?.kind != .problem { notice = nil }
        let closed = Self.closed(from: service?.breakers ?? [], to: snapshot.breakers)
        service = snapshot
        timeline.refresh(snapshot.timeline.entries, generation: snapshot.generation)
        // What has just broken is what somebody wants to see, unless they are reading about another one.
        if let first = opened.first, focus != .breakers, selectedBreaker?.state == .closed { selectedRoute = first }
        return readAgain(behind: closed)
    }

    /// The routes whose breakers let calls through again.
    private static func closed(from before: [BreakerStatus], to after: [BreakerStatus]) -> [UpstreamRoute] {
        after.filter { breaker in
            guard let earlier = before.first(where: { $0.route == breaker.route })?.state else { return false }
            return breaker.state.passesCalls && !earlier.passesCalls
        }.map(\.route)
    }

    /// The routes whose breakers have opened.
    static func opened(from before: [BreakerStatus], to after: [BreakerStatus]) -> [UpstreamRoute] {
        after.filter { breaker in
            guard breaker.state == .open || breaker.state == .forcedOpen else { return false }
            // A probe that failed is no news.
            let earlier = before.first { $0.route == breaker.route }?.state ?? .closed
            return earlier == .closed || earlier == .disabled
        }.map(\.route)
    }

    /// Reads again what breakers stood in the way of, as soon as they don't.
    private mutating func readAgain(behind closed: [UpstreamRoute]) -> [Effect] {
        var effects: [Effect] = []
        if closed.contains(.getUsers), users.content.hasFailed { effects += loadUsers() }
        let wantsEvents = events.content.hasFailed || events.content.value?.missing.isEmpty == false
        if closed.contains(.getUserById) || closed.contains(.getEventById), wantsEvents { effects += loadEvents() }
        return effects
    }

    /// Shows a notice for a few seconds.
    /// - Parameters:
    ///   - subject: The name of what the message is about, where it begins with one.
    ///   - message: The rest of the sentence.
    mutating func tell(
        about subject: String? = nil,
        _ message: String,
        _ kind: Notice.Kind = .information,
        now: Date
    ) {
        notice = Notice(about: subject, message, kind, now: now)
    }

    mutating func finish() -> [Effect] {
        isFinished = true
        return [.quit]
    }
}

extension BreakerStatus.State {
    /// Whether every call passes.
    fileprivate var passesCalls: Bool { self == .closed || self == .disabled }
}
