import TextUI

/// The simulator's scenarios to choose from.
struct ScenariosView {
    let scenarios: [DashboardSettings.Scenario]
    let current: String?
    let selected: Int

    private var nameWidth: Int { scenarios.map { DisplayText($0.name).width }.max() ?? 0 }

    private var dialog: Dialog {
        let widest = scenarios.map { DisplayText($0.summary).width }.max() ?? 0
        return Dialog(
            title: "Simulator scenario",
            content: Size(columns: max(36, nameWidth + widest + 8), rows: scenarios.count)
        )
    }

    private func range(rows: Int) -> Range<Int> {
        let rows = max(1, rows)
        let start = max(0, min(selected - rows / 2, scenarios.count - rows))
        return start..<min(scenarios.count, start + rows)
    }

    /// The scenario at a place of the screen.
    func scenario(at point: Point, in screen: Rect) -> Int? {
        let inside = dialog.area(in: screen).inset(columns: 2, rows: 1)
        guard inside.contains(point) else { return nil }
        let index = range(rows: inside.rows).lowerBound + point.row - inside.row
        return scenarios.indices.contains(index) ? index : nil
    }

    func draw(on grid: inout Grid, in body: Rect, context: ViewContext) {
        let inside = dialog.draw(on: &grid, in: body, glyphs: context.glyphs)
        for (row, index) in range(rows: inside.rows).enumerated() {
            let scenario = scenarios[index]
            let line = inside.line(row)
            let isCurrent = scenario.name == current
            let text = StyledText([
                .init((index == selected ? context.glyphs.pointer : " ") + " "),
                .init((isCurrent ? context.glyphs.closed : " ") + " ", Style(.good)),
                .init(DisplayText(scenario.name).padded(to: nameWidth) + "  ", Style(.normal, .bold)),
                .init(DisplayText(scenario.summary), Style(.dim)),
            ])
            grid.write(
                text.truncated(to: line.columns, ellipsis: context.glyphs.ellipsis),
                at: line.origin,
                clippedTo: line
            )
            guard index == selected else { continue }
            grid.restyle(line) { Style($0.role == .good ? .good : .selection, $0.attributes.union(.reverse)) }
        }
    }
}
