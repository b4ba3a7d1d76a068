import EventService
import TextUI

/// The pane of the outbox: what is kept, and the selected event in full.
struct OutboxView {
    let state: OutboxState
    let outbox: ServiceSnapshot.Outbox?
    /// The breaker that every attempt has to pass.
    let breaker: BreakerStatus?
    let isFocused: Bool

    private static let columns = [
        TableColumn("Name", minimum: 12, weight: 2, priority: 9),
        TableColumn("User", minimum: 12, maximum: 24, weight: 1, priority: 5),
        TableColumn("State", minimum: 9, priority: 8),
        TableColumn("Since", minimum: 8, priority: 6),
        TableColumn("Tries", minimum: 5, alignment: .trailing, priority: 4),
        TableColumn("Next try", minimum: 8, priority: 7),
        TableColumn("Why", minimum: 16, weight: 3, priority: 3),
    ]

    /// What stands where inside of the pane's border.
    struct Parts: Equatable {
        /// Why what is shown may be wrong.
        let note: Rect
        let table: Rect
        /// The selected event in full.
        let reading: Rect
    }

    func parts(in inside: Rect, time: TimeText) -> Parts {
        let areas = TableAreas(inside: inside, showsFilter: false, note: note(time))
        if state.isReading { return Parts(note: areas.note, table: .zero, reading: areas.table.inset(columns: 1)) }
        let readingRows = areas.table.rows >= 16 ? 6 : areas.table.rows >= 8 ? 3 : 0
        let rows = areas.table.splitRows([.rest, .fixed(readingRows)])
        // A blank row above, where there is room.
        let gap = readingRows > 4 ? 1 : 0
        let reading = Rect(
            column: rows[1].column + 2,
            row: rows[1].row + gap,
            columns: rows[1].columns - 3,
            rows: rows[1].rows - gap
        )
        return Parts(note: areas.note, table: rows[0], reading: reading)
    }

    /// The rows of the table, for sizes and for finding the row under the mouse.
    func rowsArea(in inside: Rect, time: TimeText) -> Rect {
        let area = parts(in: inside, time: time).table
        return area.isEmpty ? .zero : table(spansDays: false).rowsArea(in: area)
    }

    func draw(on grid: inout Grid, in pane: Rect, context: ViewContext) {
        let title: DisplayText = "Outbox"
        let room = max(0, pane.columns - 8 - title.width)
        let box = Box(pane: title, rightTitle: rightTitle(room, context), isFocused: isFocused, top: .corners)
        let inside = box.draw(on: &grid, in: pane, glyphs: context.glyphs)
        let parts = parts(in: inside, time: context.time)
        if let note = note(context.time) {
            Paragraph(note, style: Style(.warning))
                .draw(on: &grid, in: parts.note, ellipsis: context.glyphs.ellipsis)
        }
        guard state.selected != nil else {
            return drawMessage(on: &grid, in: parts.table, context)
        }
        drawTable(on: &grid, in: parts.table, context)
        drawReading(on: &grid, in: parts.reading, context)
    }

    private func note(_ time: TimeText) -> DisplayText? {
        outbox?.failure.map { DisplayText("The outbox can't be used: \($0).") } ?? state.content.staleReason(time)
    }

    private func drawMessage(on grid: inout Grid, in area: Rect, _ context: ViewContext) {
        let text =
            switch state.content.state {
            case .loading: "Loading…"
            case .failed(let error): "\(error.message.sentence) F5 reads it again."
            case .loaded, .stale:
                "Nothing is kept. Ctrl-O in the form keeps an event that can't be delivered now."
            }
        PaneMessage.draw(text, on: &grid, in: area, context: context)
    }

    // MARK: - Rows

    private func table(spansDays: Bool) -> Table {
        var columns = Self.columns
        if spansDays { (columns[3].minimum, columns[5].minimum) = (16, 16) }
        return Table(columns: columns, isFocused: isFocused)
    }

    private func drawTable(on grid: inout Grid, in area: Rect, _ context: ViewContext) {
        guard !area.isEmpty else { return }
        let rows = state.rows
        let shown = state.scroll.visibleRange(rows: area.rows - 1)
        let spansDays = shown.contains { context.time.moment(rows[$0].acceptedAt, now: context.now).count > 8 }
        table(spansDays: spansDays)
            .draw(on: &grid, in: area, state: state.scroll, glyphs: context.glyphs) { index in
                cells(rows[index], context)
            }
    }

    private func cells(_ event: KeptEvent, _ context: ViewContext) -> [StyledText] {
        [
            StyledText(DisplayText(event.name)),
            StyledText(DisplayText(state.userNames[event.userID] ?? event.userID), Style(.dim)),
            stateText(event.state, context.glyphs),
            StyledText(DisplayText(context.time.moment(event.acceptedAt, now: context.now))),
            StyledText(DisplayText(String(event.attempts))),
            StyledText(nextTry(event, context)),
            StyledText(DisplayText(event.lastError ?? ""), Style(.dim)),
        ]
    }

    private func stateText(_ state: OutboxEntry.State, _ glyphs: Glyphs) -> StyledText {
        switch state {
        case .refused: StyledText(glyphs.failure + " refused", Style(.bad, .bold))
        case .waiting: StyledText("  waiting")
        case .delivering: StyledText(glyphs.probe + " sending", Style(.probe))
        case .delivered: StyledText(glyphs.success + " added", Style(.good))
        }
    }

    private func nextTry(_ event: KeptEvent, _ context: ViewContext) -> DisplayText {
        switch event.nextTry(behind: breaker, now: context.now) {
        case .now: "now"
        case .soon: "soon"
        case .at(let date): DisplayText(context.time.moment(date, now: context.now))
        case .inLine: "in line"
        case .held: "held"
        case .never: "-"
        }
    }

    private func drawReading(on grid: inout Grid, in area: Rect, _ context: ViewContext) {
        guard let event = state.selected else { return }
        let name = state.userNames[event.userID]
        var rest = area
        for sentence in event.story(userName: name, breaker: breaker, time: context.time, now: context.now) {
            guard rest.rows > 0 else { return }
            let used = Paragraph(DisplayText(sentence))
                .draw(on: &grid, in: rest, ellipsis: context.glyphs.ellipsis)
            rest = Rect(column: rest.column, row: rest.row + used, columns: rest.columns, rows: rest.rows - used)
        }
    }

    private func rightTitle(_ width: Int, _ context: ViewContext) -> DisplayText {
        let status = outbox?.status ?? OutboxStatus()
        return context.title(
            [
                .init(status.undelivered > 0 ? DisplayText("\(status.undelivered) waiting") : .empty, priority: 8),
                .init(status.refused > 0 ? DisplayText("\(status.refused) refused") : .empty, priority: 9),
                state.content.freshness(context),
            ],
            width: width
        )
    }
}
