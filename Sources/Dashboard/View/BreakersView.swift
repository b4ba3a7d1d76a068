import EventService
import TextUI

/// The pane of breakers: a row for each, or all in one line where there is no room.
struct BreakersView {
    let breakers: [BreakerStatus]
    let selected: UpstreamRoute
    let isFocused: Bool
    /// Those that somebody should see now.
    var marked: Set<UpstreamRoute> = []

    static let nameWidth = UpstreamRoute.allCases.map(\.rawValue.count).max() ?? 0

    /// How many columns a row takes with the longest state and countdown.
    private static let rowWidth = nameWidth + 28

    /// The area of the details within a pane that has both, `nil` where there is room for the rows only.
    static func detail(in inside: Rect, alone: Bool) -> Rect? {
        if alone { return inside }
        let used = UpstreamRoute.allCases.count + 1
        guard inside.rows >= used + 5 else { return nil }
        return Rect(column: inside.column, row: inside.row + used, columns: inside.columns, rows: inside.rows - used)
    }

    /// Draws a row for each breaker.
    func drawRows(on grid: inout Grid, in area: Rect, context: ViewContext) {
        for (index, breaker) in breakers.enumerated() {
            let line = area.line(index)
            let isSelected = breaker.route == selected
            let left = StyledText([
                .init(sign(of: breaker.route, context)),
                .init(breaker.state.symbol(context.glyphs) + " ", Style(breaker.state.role, .bold)),
                .init(DisplayText(breaker.route.rawValue).padded(to: Self.nameWidth + 1)),
                .init(DisplayText(breaker.state.rawValue), Style(breaker.state.role)),
            ])
            grid.write(left, at: line.origin, clippedTo: line)
            let right = countdown(of: breaker, context)
            // At the right border, but not so far that nobody sees what it belongs to.
            let end = min(line.endColumn - 1, line.column + Self.rowWidth)
            let start = max(line.column + left.width + 1, end - right.width)
            grid.write(right, at: Point(column: start, row: line.row), clippedTo: line)
            if isSelected { mark(line, on: &grid) }
            if marked.contains(breaker.route) { grid.alarm(line) }
        }
    }

    /// Draws all breakers in one line, leaving out words until they fit.
    func drawLine(on grid: inout Grid, in area: Rect, context: ViewContext) {
        for place in places(in: area.line(0), context) {
            grid.write(place.text, at: place.area.origin, clippedTo: area)
            if place.route == selected { mark(place.area, on: &grid) }
            if marked.contains(place.route) { grid.alarm(place.area) }
        }
    }

    /// The breaker that stands at a place of the one line.
    func route(at point: Point, in area: Rect, context: ViewContext) -> UpstreamRoute? {
        places(in: area.line(0), context).first { $0.area.contains(point) }?.route
    }

    /// How much is told of each breaker in the one line.
    private enum Detail: CaseIterable {
        case stateAndTime
        case time
        case timeOfSelected
    }

    private func places(in line: Rect, _ context: ViewContext) -> [(route: UpstreamRoute, text: StyledText, area: Rect)]
    {
        // Beside the blank or pointer that each begins with.
        let gap = 1
        let candidates = Detail.allCases.lazy.map { detail in breakers.map { part($0, detail, context) } }
        let parts = candidates.first { $0.reduce(-gap) { $0 + $1.width + gap } <= line.columns }
        var column = line.column
        return zip(breakers, parts ?? breakers.map { part($0, .timeOfSelected, context) }).map { breaker, text in
            defer { column += text.width + gap }
            let area = Rect(column: column, row: line.row, columns: text.width, rows: line.rows)
            return (breaker.route, text, area.intersection(line))
        }
    }

    private func part(_ breaker: BreakerStatus, _ detail: Detail, _ context: ViewContext) -> StyledText {
        let isSelected = breaker.route == selected
        let style = Style(breaker.state.role)
        var text = StyledText([
            .init(sign(of: breaker.route, context)),
            .init(breaker.state.symbol(context.glyphs) + " ", style.with(.bold)),
            .init(DisplayText(breaker.route.rawValue)),
        ])
        if detail == .stateAndTime, breaker.state != .closed {
            text.append(" " + DisplayText(breaker.state.rawValue), style)
        }
        let countdown = countdown(of: breaker, context).plain
        if !countdown.isEmpty, detail != .timeOfSelected || isSelected {
            // As wide as it gets soon, so that what follows stands still.
            text.append(" " + countdown.padded(to: 4, alignment: .trailing), style)
        }
        return text
    }

    /// What stands before a breaker.
    private func sign(of route: UpstreamRoute, _ context: ViewContext) -> DisplayText {
        marked.contains(route) ? context.glyphs.rejected : route == selected ? context.glyphs.pointer : " "
    }

    private func countdown(of breaker: BreakerStatus, _ context: ViewContext) -> StyledText {
        guard let left = breaker.timeLeft(at: context.now) else { return StyledText() }
        return StyledText(
            DisplayText(left > .zero ? DurationText.wholeCountdown(left) : "due"),
            Style(breaker.state.role)
        )
    }

    private func mark(_ area: Rect, on grid: inout Grid) {
        let role: Role = isFocused ? .selection : .inactiveSelection
        grid.restyle(area) { style in
            Style(
                style.role == .normal ? role : style.role,
                style.attributes.union(isFocused ? .reverse : .bold)
            )
        }
    }
}

extension BreakerStatus.State {
    func symbol(_ glyphs: Glyphs) -> DisplayText {
        switch self {
        case .closed: glyphs.closed
        case .open: glyphs.open
        case .halfOpen: glyphs.halfOpen
        case .forcedOpen: glyphs.forcedOpen
        case .disabled: glyphs.disabled
        }
    }

    var role: Role {
        switch self {
        case .closed: .good
        case .open, .forcedOpen: .bad
        case .halfOpen: .warning
        case .disabled: .dim
        }
    }
}

extension Grid {
    /// Marks a line that somebody should see now; a sign in it says so without styles, too.
    mutating func alarm(_ area: Rect) {
        restyle(area) { style in
            Style(style.role == .normal ? .bad : style.role, style.attributes.union([.bold, .reverse]))
        }
    }
}
