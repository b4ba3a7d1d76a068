import TextUI

/// A few things to choose from.
struct MenuView {
    /// One of them.
    struct Item: Equatable {
        let name: String
        /// What it is, in half a line.
        let summary: String
    }

    let title: DisplayText
    let items: [Item]
    /// The name of the one that holds now.
    let current: String?
    let selected: Int

    private var nameWidth: Int { items.map { DisplayText($0.name).width }.max() ?? 0 }

    private var dialog: Dialog {
        let widest = items.map { DisplayText($0.summary).width }.max() ?? 0
        return Dialog(
            title: title,
            content: Size(columns: max(36, nameWidth + widest + 8), rows: items.count)
        )
    }

    private func range(rows: Int) -> Range<Int> {
        let rows = max(1, rows)
        let start = max(0, min(selected - rows / 2, items.count - rows))
        return start..<min(items.count, start + rows)
    }

    /// The item at a place of the screen.
    func item(at point: Point, in screen: Rect) -> Int? {
        let inside = dialog.area(in: screen).inset(columns: 2, rows: 1)
        guard inside.contains(point) else { return nil }
        let index = range(rows: inside.rows).lowerBound + point.row - inside.row
        return items.indices.contains(index) ? index : nil
    }

    func draw(on grid: inout Grid, in body: Rect, context: ViewContext) {
        let inside = dialog.draw(on: &grid, in: body, glyphs: context.glyphs)
        for (row, index) in range(rows: inside.rows).enumerated() {
            let item = items[index]
            let line = inside.line(row)
            let isCurrent = item.name == current
            let text = StyledText([
                .init((index == selected ? context.glyphs.pointer : " ") + " "),
                .init((isCurrent ? context.glyphs.closed : " ") + " ", Style(.good)),
                .init(DisplayText(item.name).padded(to: nameWidth) + "  ", Style(.normal, .bold)),
                .init(DisplayText(item.summary), Style(.dim)),
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
