import EventService
import Foundation
import TextUI

extension DashboardModel {
    private static let wheelRows = 3

    mutating func handle(_ event: MouseEvent, now: Date) -> [Effect] {
        guard layout.arrangement != .tooSmall else { return [] }
        switch event.action {
        case .press(.left): return press(at: event.position, now: now)
        case .scrollUp: return scroll(by: -Self.wheelRows, at: event.position, now: now)
        case .scrollDown: return scroll(by: Self.wheelRows, at: event.position, now: now)
        case .press(.middle), .press(.right), .release: return []
        }
    }

    // MARK: - Pressing

    private mutating func press(at point: Point, now: Date) -> [Effect] {
        switch popup {
        case .form: pressInForm(at: point, now: now)
        case .scenarios(let selected): return pressInScenarios(at: point, selected: selected)
        case .themes(let selected): pressInThemes(at: point, selected: selected)
        case .commands(let search): return pressInCommands(at: point, search, now: now)
        case .help, .export, .question: break
        case nil: return pressInPane(at: point, now: now)
        }
        return []
    }

    private mutating func pressInForm(at point: Point, now: Date) {
        switch formView.line(at: point, in: layout.body, context: context(now: now)) {
        case .field(let field): form.focus(on: field, users: users.content.value ?? [])
        case .match(let index):
            form.user.highlight(index)
            form.focus(on: .when, users: users.content.value ?? [])
        case .problem, .text, .keys, .blank, nil: break
        }
    }

    /// A press selects; a press on what is selected chooses.
    private mutating func pressInScenarios(at point: Point, selected: Int) -> [Effect] {
        guard let index = scenariosView(selected: selected).item(at: point, in: layout.body) else { return [] }
        if index == selected { return chooseScenario() }
        popup = .scenarios(selected: index)
        return []
    }

    private mutating func pressInPane(at point: Point, now: Date) -> [Effect] {
        let layout = layout
        if let route = objectiveRoute(at: point, layout) {
            (focus, selectedRoute) = (.breakers, route)
            return []
        }
        guard let pane = layout.pane(at: point) else { return [] }
        focus = pane
        switch pane {
        case .users: return pressInUsers(at: point, layout, now: now)
        case .events: pressInEvents(at: point, layout)
        case .breakers: pressInBreakers(at: point, layout.inside(pane), layout, now: now)
        case .timeline: return pressInTimeline(at: point, layout, now: now)
        case .log: pressInLog(at: point, layout)
        case .outbox: return pressInOutbox(at: point, layout)
        }
        return []
    }

    private mutating func pressInUsers(at point: Point, _ layout: Layout, now: Date) -> [Effect] {
        let order = usersView.order(at: point, in: layout.inside(.users), time: time)
        if let order { users.table.sort(by: order) }
        guard let row = row(at: point, in: usersRows(layout), of: users.table.scroll) else { return [] }
        users.table.select(index: row)
        return followSelectedUser(now: now)
    }

    private mutating func pressInEvents(at point: Point, _ layout: Layout) {
        let order = eventsView(isFocused: true).order(at: point, in: layout.inside(.events), time: time)
        if let order { events.table.sort(by: order) }
        guard let row = row(at: point, in: eventsRows(layout), of: events.table.scroll) else { return }
        events.table.select(index: row)
    }

    private mutating func pressInTimeline(at point: Point, _ layout: Layout, now: Date) -> [Effect] {
        guard let parts = layout.timeline else { return [] }
        if let moment = TimelineView.moment(at: point, in: parts.lanes, timeline, now: shown(now)) {
            return pressInLane(moment.route, at: moment.at, now: now)
        }
        guard let row = row(at: point, in: parts.entries, of: timeline.scroll) else { return [] }
        return moveInTimeline(now: now) { $0.select(index: row, now: $1) }
    }

    private mutating func pressInLog(at point: Point, _ layout: Layout) {
        guard let row = row(at: point, in: logRows(layout), of: log.table.scroll) else { return }
        log.change { $0.select(index: row) }
    }

    private mutating func pressInOutbox(at point: Point, _ layout: Layout) -> [Effect] {
        guard let row = row(at: point, in: outboxRows(layout), of: outbox.scroll) else { return [] }
        return moveInOutbox { $0.select(index: row) }
    }

    private mutating func pressInBreakers(at point: Point, _ inside: Rect, _ layout: Layout, now: Date) {
        guard inside.contains(point), !layout.isAlone else { return }
        if layout.arrangement == .narrow {
            let route = breakersView.route(at: point, in: inside, context: serviceContext(context(now: shown(now))))
            selectedRoute = route ?? selectedRoute
        } else {
            let routes = UpstreamRoute.allCases
            let index = point.row - inside.row
            if routes.indices.contains(index) { selectedRoute = routes[index] }
        }
    }

    /// The position of the row at a place of the screen.
    private func row<ID>(at point: Point, in area: Rect, of scroll: ScrollState<ID>) -> Int? {
        guard area.contains(point) else { return nil }
        let shown = scroll.visibleRange(rows: area.rows)
        let row = shown.lowerBound + point.row - area.row
        return shown.contains(row) ? row : nil
    }

    // MARK: - The wheel

    private mutating func scroll(by rows: Int, at point: Point, now: Date) -> [Effect] {
        switch popup {
        case .commands:
            scrollCommands(by: rows)
            return []
        case .help, .scenarios, .themes: return move(rows < 0 ? .up : .down, now: now)
        case .form, .export, .question: return []
        case nil: break
        }
        switch layout.pane(at: point) {
        case .users:
            users.table.scroll(by: rows)
            return followSelectedUser(now: now)
        case .events: scrollEvents(by: rows, now: now)
        case .timeline: return moveInTimeline(now: now) { $0.scroll(by: rows, now: $1) }
        case .log: log.change { $0.scroll(by: rows) }
        case .outbox: return scrollOutbox(by: rows, now: now)
        case .breakers, nil: break
        }
        return []
    }
}

extension DashboardModel {
    // MARK: - Rows on the screen

    private var usersView: UsersView { UsersView(state: users, isFocused: true) }

    private func usersRows(_ layout: Layout) -> Rect {
        let view = usersView
        let area = view.areas(in: layout.inside(.users), time: time).table
        return view.table(in: area).rowsArea(in: area)
    }

    private func eventsRows(_ layout: Layout) -> Rect {
        eventsView(isFocused: true).rowsArea(in: layout.inside(.events), time: time)
    }

    private func outboxRows(_ layout: Layout) -> Rect {
        outboxView(isFocused: true).rowsArea(in: layout.inside(.outbox), time: time)
    }

    private func logRows(_ layout: Layout) -> Rect {
        logView(isFocused: true).rowsArea(in: layout.inside(.log))
    }

    /// Tells every list how many of its rows can be seen.
    mutating func fit() {
        let layout = layout
        if layout.panes[.users] != nil { users.table.resize(visibleRows: usersRows(layout).rows) }
        if layout.panes[.events] != nil, events.read == nil {
            events.table.resize(visibleRows: eventsRows(layout).rows)
        }
        if layout.panes[.outbox] != nil, !outbox.isReading { outbox.resize(visibleRows: outboxRows(layout).rows) }
        changeSearch { _ in }
        if layout.panes[.log] != nil {
            let rows = logRows(layout).rows
            log.change { $0.resize(visibleRows: rows) }
        }
        if let parts = layout.timeline { timeline.resize(visibleRows: parts.entries.rows) }
    }
}
