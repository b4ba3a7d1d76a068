import EventService
import Foundation
import TextUI

extension DashboardModel {
    mutating func perform(_ action: Action.TimelineAction, now: Date) -> [Effect] {
        switch action {
        case .earlier: timeline.pan(by: -1, now: shownServiceTime(now))
        case .later: timeline.pan(by: 1, now: shownServiceTime(now))
        case .now: timeline.panToNow()
        case .previousChange:
            return seekEarlier(now: now) { $0.seekEarlier(now: $1) }
        case .nextChange:
            if !timeline.seekLater(now: shownServiceTime(now)) { tell("There is no later change of state.", now: now) }
        }
        return []
    }

    /// Moves the cursor, and reads on where that leads to the end of what is known.
    mutating func moveInTimeline(now: Date, _ move: (inout TimelineState, Date) -> Void) -> [Effect] {
        move(&timeline, shownServiceTime(now))
        return readOlderEntries()
    }

    /// Puts the cursor on what happened on a route next to a moment of its lane.
    mutating func pressInLane(_ route: UpstreamRoute, at date: Date, now: Date) -> [Effect] {
        guard let index = timeline.nearest(to: date, on: route) else {
            tell("Nothing of \(route.rawValue) can be read one by one.", now: now)
            return []
        }
        return moveInTimeline(now: now) { $0.select(index: index, now: $1) }
    }

    private mutating func readOlderEntries() -> [Effect] {
        guard let before = timeline.wantedBefore else { return [] }
        let load = lastLoad.advance()
        timeline.begin(load)
        return [.loadTimeline(load: load, before: before, limit: TimelineState.page)]
    }

    mutating func takeTimeline(
        _ load: LoadID,
        _ result: Result<TimelinePage, ServiceError>,
        now: Date
    ) -> [Effect] {
        switch result {
        case .success(let page): return takeTimeline(load, page, now: now)
        case .failure(let error):
            if timeline.fail(load) { tell("Older entries can't be read: \(error.message).", .problem, now: now) }
            return []
        }
    }

    private mutating func takeTimeline(_ load: LoadID, _ page: TimelinePage, now: Date) -> [Effect] {
        guard timeline.isSeeking else {
            timeline.finish(load, with: page, now: shownServiceTime(now))
            return readOlderEntries()
        }
        return seekEarlier(now: now) { $0.finish(load, with: page, now: $1) }
    }

    /// Goes on looking for an earlier change of state, and says so if there is none.
    private mutating func seekEarlier(now: Date, _ step: (inout TimelineState, Date) -> Void) -> [Effect] {
        let before = timeline.scroll.selection
        let effects = moveInTimeline(now: now, step)
        if !timeline.isSeeking, timeline.scroll.selection == before {
            tell("There is no earlier change of state.", now: now)
        }
        return effects
    }
}
