import EventService
import Foundation
import TextUI

extension DashboardModel {
    // MARK: - Rows

    mutating func move(_ movement: Action.Movement, now: Date) -> [Effect] {
        switch popup {
        case .help(let scroll): popup = .help(scroll: help(in: layout.body).scrolled(from: scroll, by: movement))
        case .scenarios(let selected): moveInScenarios(movement, from: selected)
        case .themes(let selected): popup = .themes(selected: selected.moved(movement, count: settings.themes.count))
        case .commands: moveInCommands(movement)
        case .form, .export, .question: break
        case nil: return moveInPane(movement, now: now)
        }
        return []
    }

    private mutating func moveInPane(_ movement: Action.Movement, now: Date) -> [Effect] {
        switch focus {
        case .users:
            users.table.move(movement)
            return followSelectedUser(now: now)
        case .events: moveInEvents(movement, now: now)
        case .breakers: moveInBreakers(movement)
        case .timeline: return moveInTimeline(now: now) { $0.move(movement, now: $1) }
        case .outbox: return moveInOutbox(movement, now: now)
        case .log: log.change { $0.move(movement) }
        }
        return []
    }

    private mutating func moveInBreakers(_ movement: Action.Movement) {
        switch movement {
        case .up: selectBreaker(by: -1)
        case .down: selectBreaker(by: 1)
        case .pageUp, .top: selectBreaker(by: -UpstreamRoute.allCases.count)
        case .pageDown, .bottom: selectBreaker(by: UpstreamRoute.allCases.count)
        }
    }

    private mutating func selectBreaker(by step: Int) {
        let routes = UpstreamRoute.allCases
        let index = (routes.firstIndex(of: selectedRoute) ?? 0) + step
        selectedRoute = routes[min(max(0, index), routes.count - 1)]
    }

    mutating func moveSideways(by step: Int) -> [Effect] {
        switch focus {
        case .users: if step > 0 { focus = .events }
        case .events where events.read != nil: events.readNeighbour(step < 0 ? .up : .down)
        case .events: if step < 0 { focus = .users }
        case .breakers: selectBreaker(by: step)
        case .outbox where outbox.isReading: return moveInOutbox { $0.move(step < 0 ? .up : .down) }
        case .timeline, .outbox, .log: break
        }
        return []
    }

    // MARK: - Filter and order

    /// Begins a filter, of the users where the pane has nothing that can be filtered: what is typed next must not run as keys.
    mutating func beginFilter(now: Date) -> [Effect] {
        switch focus {
        case .users, .log: return changeFilter(.begin, now: now)
        case .events: events.read = nil
        case .breakers, .timeline: focus = .users
        case .outbox:
            let effects = closeOutbox()
            focus = .users
            tell("The outbox has no filter: this is that of the users.", now: now)
            return effects + changeFilter(.begin, now: now)
        }
        return changeFilter(.begin, now: now)
    }

    mutating func changeFilter(_ edit: FilterEdit, now: Date) -> [Effect] {
        switch focus {
        case .users:
            users.table.apply(edit)
            return followSelectedUser(now: now)
        case .events: events.table.apply(edit)
        case .log: log.apply(edit)
        case .breakers, .timeline, .outbox: break
        }
        return []
    }

    mutating func sort(isReversing: Bool) {
        switch focus {
        case .users: isReversing ? users.table.reverse() : users.table.sortByNext()
        case .events: isReversing ? events.table.reverse() : events.table.sortByNext()
        case .breakers, .timeline, .outbox, .log: break
        }
    }

    // MARK: - In and out

    mutating func open(now: Date) -> [Effect] {
        switch focus {
        case .users:
            guard events.userID != nil else { return [] }
            focus = .events
            let isWaiting = events.settlesAt != nil
            return isWaiting || events.content.value == nil ? loadEvents() : []
        case .events:
            events.toggleReading()
            return []
        case .breakers, .timeline, .outbox:
            zoom()
            return []
        case .log: return []
        }
    }

    mutating func zoom() {
        if focus == .outbox {
            outbox.isReading = !outbox.isReading && outbox.selected != nil
        } else if focus != .log {
            isZoomed.toggle()
        }
    }

    mutating func goBack(now: Date) -> [Effect] {
        if focus == .events && events.read != nil {
            events.read = nil
            return []
        }
        if focus == .users && users.table.isFiltered || focus == .events && events.table.isFiltered
            || focus == .log && log.table.isFiltered
        {
            return changeFilter(.clear, now: now)
        }
        if focus == .outbox {
            guard outbox.isReading else { return closeOutbox() }
            outbox.isReading = false
        } else if focus == .log {
            return toggleLog()
        } else if focus == .timeline && timeline.end != nil {
            timeline.panToNow()
        } else if isZoomed {
            isZoomed = false
        } else {
            notice = nil
        }
        return []
    }
}
