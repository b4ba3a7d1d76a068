import EventService
public import Foundation
public import TextUI

extension DashboardModel {
    /// Draws everything.
    ///
    /// Never traps, whatever the size.
    /// - Parameters:
    ///   - size: The size to draw for; `update` must have been told the same, or rows that are selected may not show.
    ///   - now: The time that countdowns and the timeline are drawn for.
    public func view(size: Size, now: Date) -> Frame {
        var grid = Grid(size: size)
        let layout = layout(of: size)
        let context = context(now: shown(now))
        var cursor: Point?
        if layout.arrangement == .tooSmall {
            TooSmallView.draw(on: &grid)
        } else {
            headerView(now: now).draw(on: &grid, in: layout.header, context: context)
            drawObjectives(on: &grid, layout, context)
            cursor = drawPanes(on: &grid, layout, context)
            footer(layout).draw(on: &grid, in: layout.footer, context: context)
            // What somebody does goes on, and so do its countdowns.
            if popup != nil { cursor = drawPopup(on: &grid, in: layout.body, self.context(now: now)) }
        }
        let health = headerView(now: now).health(glyphs: context.glyphs)
        return Frame(
            grid: settings.isASCII ? grid.asciiOnly : grid,
            cursor: cursor,
            title: DisplayText("evenkeel: \(health.text)"),
            isMouseWanted: isMouseOn,
            theme: shownTheme
        )
    }

    var time: TimeText { TimeText(timeZone: settings.timeZone) }

    func context(now: Date) -> ViewContext {
        ViewContext(
            glyphs: settings.isASCII ? .ascii : hasBraille ? .braille : .unicode,
            time: time,
            now: now,
            refreshes: settings.refreshInterval > .zero
        )
    }

    // MARK: - Panes

    private func drawPanes(on grid: inout Grid, _ layout: Layout, _ context: ViewContext) -> Point? {
        var cursor: Point?
        for pane in Pane.allCases {
            guard let area = layout.panes[pane] else { continue }
            cursor = draw(pane, on: &grid, in: area, layout, context) ?? cursor
            if pane == .breakers, layout.arrangement == .wide, let detail = layout.detail {
                drawDetailPane(on: &grid, in: detail, serviceContext(context))
            }
        }
        if popup == nil, let area = layout.panes[focus] { markBorder(of: area, on: &grid) }
        return cursor
    }

    /// Shows the focus on a whole border, the parts included that a neighbour has drawn.
    private func markBorder(of area: Rect, on grid: inout Grid) {
        let sides = [
            area.line(0), area.line(area.rows - 1),
            Rect(column: area.column, row: area.row, columns: 1, rows: area.rows),
            Rect(column: area.endColumn - 1, row: area.row, columns: 1, rows: area.rows),
        ]
        for side in sides {
            grid.restyle(side) { $0.role == .border ? Style(.focusedBorder, $0.attributes) : $0 }
        }
    }

    private func draw(
        _ pane: Pane,
        on grid: inout Grid,
        in area: Rect,
        _ layout: Layout,
        _ context: ViewContext
    ) -> Point? {
        let isFocused = pane == focus && popup == nil
        let top: Box.Top = area.row > layout.body.row ? .tees : .corners
        switch pane {
        case .users:
            return UsersView(state: users, isFocused: isFocused)
                .draw(on: &grid, in: area, top: top, title: "Users" + number(pane, layout), context: context)
        case .events:
            return eventsView(isFocused: isFocused)
                .draw(on: &grid, in: area, top: top, suffix: number(pane, layout), context: context)
        case .breakers:
            drawBreakers(on: &grid, in: area, top, layout, isFocused, serviceContext(context))
        case .timeline:
            drawTimeline(on: &grid, in: area, top, layout, isFocused, serviceContext(context))
        case .log:
            return logView(isFocused: isFocused).draw(on: &grid, in: area, context: context)
        case .outbox:
            outboxView(isFocused: isFocused).draw(on: &grid, in: area, context: context)
        }
        return nil
    }

    func logView(isFocused: Bool) -> LogView { LogView(state: log, isFocused: isFocused) }

    func outboxView(isFocused: Bool) -> OutboxView {
        OutboxView(
            state: outbox,
            outbox: service?.outbox,
            breaker: service?.breaker(of: .addEvent),
            isFocused: isFocused,
            isReadOnly: settings.isReadOnly
        )
    }

    func eventsView(isFocused: Bool) -> EventsView {
        EventsView(
            state: events,
            isWaitingForUsers: users.content.state == .loading,
            isFocused: isFocused,
            showsBrief: isZoomed
        )
    }

    var breakersView: BreakersView {
        BreakersView(
            breakers: service?.breakers ?? [],
            selected: selectedRoute,
            isFocused: focus == .breakers && popup == nil,
            marked: shownAlarms.opened
        )
    }

    /// The number of a pane, for its title, where only one pane is shown at a time.
    private func number(_ pane: Pane, _ layout: Layout) -> DisplayText {
        guard layout.arrangement == .single, !isZoomed else { return .empty }
        return DisplayText(" (\(pane.rawValue + 1) of \(Pane.ring.count))")
    }

    private func drawBreakers(
        on grid: inout Grid,
        in area: Rect,
        _ top: Box.Top,
        _ layout: Layout,
        _ isFocused: Bool,
        _ context: ViewContext
    ) {
        let text: DisplayText = layout.isAlone ? DisplayText(selectedRoute.rawValue) : "Breakers"
        let title = text + number(.breakers, layout)
        let inside = Box(pane: title, rightTitle: asOf ?? .empty, isFocused: isFocused, top: top)
            .draw(on: &grid, in: area, glyphs: context.glyphs)
        guard service != nil else {
            return PaneMessage.draw(unknownService, on: &grid, in: inside, context: context)
        }
        if layout.arrangement == .narrow {
            breakersView.drawLine(on: &grid, in: inside, context: context)
        } else if !layout.isAlone {
            breakersView.drawRows(on: &grid, in: inside, context: context)
        }
        if layout.arrangement == .single, let detail = layout.detail { drawDetail(on: &grid, in: detail, context) }
        drawObjectiveList(on: &grid, layout, context)
    }

    private func drawDetailPane(on grid: inout Grid, in area: Rect, _ context: ViewContext) {
        let inside = Box(pane: DisplayText(selectedRoute.rawValue), isFocused: false, top: .tees)
            .draw(on: &grid, in: area, glyphs: context.glyphs)
        drawDetail(on: &grid, in: inside, context)
    }

    var detailView: BreakerDetailView? {
        guard let breaker = selectedBreaker else { return nil }
        let timeline = service?.timeline ?? Timeline()
        let latency = LatencyView(lane: timeline.lanes[breaker.route] ?? Timeline.Lane(), gaps: timeline.gaps)
        return BreakerDetailView(breaker: breaker, reason: reason(for: breaker), latency: latency)
    }

    private func drawDetail(on grid: inout Grid, in area: Rect, _ context: ViewContext) {
        detailView?.draw(on: &grid, in: area, context: context)
    }

    private func reason(for breaker: BreakerStatus) -> String? {
        for entry in service?.timeline.entries.reversed() ?? [] where entry.route == breaker.route {
            if case .transition(_, let state, let reason) = entry.kind { return state == breaker.state ? reason : nil }
        }
        return nil
    }

    private func drawTimeline(
        on grid: inout Grid,
        in area: Rect,
        _ top: Box.Top,
        _ layout: Layout,
        _ isFocused: Bool,
        _ context: ViewContext
    ) {
        let box = Box(
            pane: "Failure timeline" + number(.timeline, layout),
            rightTitle: timelineTitle(width: area.columns - 24, isFocused: isFocused, context),
            isFocused: isFocused,
            top: top
        )
        let inside = box.draw(on: &grid, in: area, glyphs: context.glyphs)
        guard let service, let parts = layout.timeline else {
            return PaneMessage.draw(unknownService, on: &grid, in: inside, context: context)
        }
        TimelineView(timeline: service.timeline, state: timeline, isFocused: isFocused)
            .draw(on: &grid, in: parts, context: context)
    }
}
