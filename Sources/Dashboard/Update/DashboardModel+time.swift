import EventService
public import Foundation
import TextUI

extension DashboardModel {
    /// Does what the time has come for.
    mutating func followTime(now: Date) -> [Effect] {
        guard !isFinished else { return [] }
        if let notice, notice.until <= now { self.notice = nil }
        var effects: [Effect] = []
        if let settlesAt = events.settlesAt, settlesAt <= now { effects += loadEvents() }
        guard frozen == nil else { return effects }
        // The service tells nobody that a wait is over, because nothing happens there before the next call.
        if lostSince == nil { service?.breakers.becomeDue(at: now) }
        if let due = refreshTime(of: users.content), due <= now { effects += loadUsers() }
        if let due = eventsRefreshTime, due <= now { effects += loadEvents() }
        if let due = outboxRefreshTime, due <= now { effects += refreshOutbox() }
        return effects
    }

    /// The time until something that is shown, or has to be read, changes by itself; `nil` while nothing does.
    ///
    /// Then `Message.wake` is due. Never negative.
    public func nextWakeUp(now: Date) -> Duration? {
        guard !isFinished else { return nil }
        var times = [notice?.until, events.settlesAt].compactMap { $0?.time(since: now) }
        if let frozenFor = frozenFor(now) {
            if layout.arrangement != .tooSmall { times.append(DurationText.untilNextAge(after: frozenFor)) }
            if popup == .form { times += countdownSteps(now: now) }
        } else {
            times += stepsUnlessFrozen(now: now)
        }
        if popup == .form, let retry = form.failure?.retryAt?.time(since: now), retry > .zero { times.append(retry) }
        // A millisecond more than none, so that rounding can't turn waiting into spinning.
        return times.min().map { max(.milliseconds(1), $0) }
    }

    private func stepsUnlessFrozen(now: Date) -> [Duration] {
        [refreshTime(of: users.content), eventsRefreshTime, outboxRefreshTime].compactMap { $0?.time(since: now) }
            + ageSteps(now: now) + (lostSince == nil ? serviceSteps(now: now) : reconnectSteps(now: now))
    }

    // MARK: - Automatic refresh

    private func refreshTime<Value>(of content: Loadable<Value>) -> Date? {
        guard settings.refreshInterval > .zero, !content.isLoading, let endedAt = content.endedAt else { return nil }
        return endedAt + settings.refreshInterval
    }

    private var eventsRefreshTime: Date? {
        guard events.userID != nil, events.settlesAt == nil else { return nil }
        return refreshTime(of: events.content)
    }

    private var outboxRefreshTime: Date? {
        guard focus == .outbox else { return nil }
        return [outbox.dueAt, refreshTime(of: outbox.content)].compactMap { $0 }.min()
    }

    // MARK: - What moves on the screen

    /// The times until the next change of each thing that is known to go on in the service.
    private func serviceSteps(now: Date) -> [Duration] {
        countdownSteps(now: now) + windowSteps(now: now)
            + [timelineStep(now: now), latencyStep(now: now)].compactMap { $0 }
    }

    /// The times until the next digit of each countdown that is shown.
    private func countdownSteps(now: Date) -> [Duration] {
        guard layout.arrangement != .tooSmall else { return [] }
        let service = popup == .form ? latestService : service
        return (service?.breakers ?? []).compactMap { breaker in
            guard let left = breaker.timeLeft(at: now), left > .zero else { return nil }
            return DurationText.untilNextChange(of: left, showsTenths: showsTenths(of: breaker.route))
        }
    }

    private func showsTenths(of route: UpstreamRoute) -> Bool {
        if popup == .form { return [.addEvent, .getUserById].contains(route) }
        return layout.detail != nil && route == selectedRoute
    }

    /// The times until the next change of each age that is shown.
    private func ageSteps(now: Date) -> [Duration] {
        let staleSince = [
            layout.panes[.users].flatMap { _ in users.content.staleSince },
            layout.panes[.events].flatMap { _ in events.content.staleSince },
            layout.panes[.outbox].flatMap { _ in outbox.content.staleSince },
        ]
        return staleSince.compactMap { $0.map { DurationText.untilNextAge(after: now.time(since: $0)) } }
    }

    /// The times until a failure leaves the window of the breaker whose details are shown, and until one's age changes.
    private func windowSteps(now: Date) -> [Duration] {
        guard layout.detail != nil, let breaker = selectedBreaker else { return [] }
        let counting = breaker.failures.suffix(breaker.failuresInWindow(at: now))
        return counting.prefix(1).map { ($0 + breaker.failureWindow).time(since: now) }
            + counting.map { DurationText.untilNextAge(after: now.time(since: $0)) }
    }

    /// The time until the chart of latencies moves by a cell, `nil` while it shows nothing that moves.
    private func latencyStep(now: Date) -> Duration? {
        guard let area = layout.detail, let view = detailView else { return nil }
        let inside = layout.arrangement == .wide ? Box.inside(area) : area
        return view.untilNextMove(in: inside, context: context(now: now))
    }

    /// The time until the timeline moves by a cell, `nil` while it shows nothing that moves.
    private func timelineStep(now: Date) -> Duration? {
        guard timeline.end == nil, let service, let lanes = layout.timeline?.lanes, !lanes.isEmpty else { return nil }
        let scale = TimelineView.scale(timeline, lanes: lanes, now: now)
        let moves = service.timeline.lanes.values.contains {
            $0.isMoving(gaps: service.timeline.gaps, on: scale)
        }
        return moves ? scale.untilNextMove(now: now) : nil
    }
}
