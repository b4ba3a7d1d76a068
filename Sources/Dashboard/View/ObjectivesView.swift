import EventService
import TextUI

/// What callers are promised, a line for each promise: how it is kept, what is left of its error budget, and how fast that burns.
struct ObjectivesView {
    let objectives: [ObjectiveStatus]
    /// Those that somebody should see now.
    var marked: Set<ObjectiveStatus.ID> = []

    /// What a line tells besides its route and how the promise is kept, in the order in which it is left out where there is no
    /// room.
    private enum Part: CaseIterable {
        case since
        case promise
        case bar
        case rates
        case budget
    }

    private static let label: DisplayText = "SLO"
    private static let barWidth = 10
    private static let promiseWidth = 14
    /// As wide as the highest rate, and a blank before it.
    private static let rateWidth = 6

    /// Draws a line for each, leaving out what has no room in all of them.
    func draw(on grid: inout Grid, in area: Rect, context: ViewContext) {
        for (index, line) in lines(width: area.columns, context).enumerated() {
            let place = area.line(index)
            grid.write(line, at: place.origin, clippedTo: place)
            if marked.contains(objectives[index].id) { grid.alarm(place) }
        }
    }

    private func lines(width: Int, _ context: ViewContext) -> [StyledText] {
        let parts = Part.allCases
        let candidates = (0...parts.count).lazy.map { lines(of: Set(parts.dropFirst($0)), context) }
        let fitting = candidates.first { $0.allSatisfy { $0.width <= width } } ?? lines(of: [], context)
        return fitting.map { $0.truncated(to: width, ellipsis: context.glyphs.ellipsis) }
    }

    private func lines(of parts: Set<Part>, _ context: ViewContext) -> [StyledText] {
        objectives.enumerated().map { index, objective in
            var line = StyledText(index == 0 ? Self.label : Self.label.blank, Style(.dim))
            line.append(marked.contains(objective.id) ? context.glyphs.rejected : " ")
            let isSecond = index > 0 && objectives[index - 1].route == objective.route
            let name = isSecond && !parts.contains(.promise) ? "  \(objective.kindText)" : objective.route.rawValue
            line = line + head(objective, called: DisplayText(name), context)
            if parts.contains(.budget) { line = line + budget(objective, withBar: parts.contains(.bar), context) }
            if parts.contains(.rates) { line = line + rates(objective) }
            if parts.contains(.promise) {
                line.append("   " + DisplayText(objective.promise).padded(to: Self.promiseWidth))
            }
            if parts.contains(.since) { line.append("  " + since(objective, context), Style(.dim)) }
            return line
        }
    }

    /// - Parameter name: Its route, or what else is promised of the route of the line before.
    private func head(_ objective: ObjectiveStatus, called name: DisplayText, _ context: ViewContext) -> StyledText {
        let standing = objective.standing
        let name = name.truncated(to: BreakersView.nameWidth, ellipsis: context.glyphs.ellipsis)
        return StyledText([
            .init(standing.symbol(context.glyphs) + " ", Style(standing.role, .bold)),
            .init(name.padded(to: BreakersView.nameWidth + 1)),
            .init(standing.words.padded(to: 12), Style(standing.role)),
        ])
    }

    private func budget(_ objective: ObjectiveStatus, withBar: Bool, _ context: ViewContext) -> StyledText {
        var text = StyledText("  budget ", Style(.dim))
        if withBar {
            let bar = ProgressBar(objective.budgetLeft)
            let style = Style(objective.standing.role)
            text = text + bar.styled(width: Self.barWidth, glyphs: context.glyphs, done: style) + " "
        }
        text.append(DisplayText(objective.budgetText).padded(to: 5, alignment: .trailing))
        return text
    }

    private func rates(_ objective: ObjectiveStatus) -> StyledText {
        func rate(_ window: BurnWindow) -> DisplayText {
            DisplayText(objective.burnText(window)).padded(to: Self.rateWidth, alignment: .trailing)
        }
        return StyledText([
            .init("   burn 5 min", Style(.dim)), .init(rate(.fiveMinutes)), .init("  1 h", Style(.dim)),
            .init(rate(.hour)),
        ])
    }

    /// Since when is counted, where that isn't a day.
    private func since(_ objective: ObjectiveStatus, _ context: ViewContext) -> DisplayText {
        guard context.now.time(since: objective.since) < BurnWindow.day.length else { return "" }
        return DisplayText("since \(context.time.moment(objective.since, now: context.now))")
    }
}

extension DisplayText {
    fileprivate var blank: DisplayText { DisplayText.empty.padded(to: width) }
}
