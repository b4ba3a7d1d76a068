import TextUI

/// All keys, under headings.
struct HelpView {
    let body: Rect
    let glyphs: Glyphs
    let version: String

    private static let width = 76
    private static let labelWidth = 22

    private var columns: Int { max(1, min(Self.width, body.columns - 4)) }

    private func dialog(_ lines: [StyledText], first: Int = 0) -> Dialog {
        let rows = max(1, body.rows - 2)
        let part = "\(first + 1)-\(min(lines.count, first + rows)) of \(lines.count)"
        let scrolled = "Keys \(part), \(glyphs.arrows[1].string) for more"
        let title = DisplayText(lines.count > rows ? scrolled : "Keys of evenkeel \(version)")
        return Dialog(title: title, content: Size(columns: Self.width, rows: min(lines.count, rows)))
    }

    private var lines: [StyledText] {
        Array(
            DashboardKeymap.keymap.sections()
                .map { [StyledText($0.group, Style(.title, .bold))] + $0.bindings.flatMap(lines) }
                .joined(separator: [StyledText()])
        )
    }

    /// The keys at the left and what they do at the right, in as many rows as either takes.
    private func lines(_ binding: Keymap<Action>.Binding) -> [StyledText] {
        let labelWidth = min(Self.labelWidth, columns / 3)
        let labels = Keymap<Action>.label(of: binding, glyphs).wrapped(to: labelWidth)
        let titles = binding.title.wrapped(to: max(1, columns - labelWidth - 2))
        return (0..<max(labels.count, titles.count)).map { row in
            let label = row < labels.count ? labels[row] : .empty
            return StyledText([
                .init(label.padded(to: labelWidth + 2), Style(.key)),
                .init(row < titles.count ? titles[row] : .empty, Style(.dialog)),
            ])
        }
    }

    private func visibleRows(_ lines: [StyledText]) -> Int {
        max(1, dialog(lines).area(in: body).rows - 2)
    }

    /// Where a movement scrolls to.
    func scrolled(from scroll: Int, by movement: Action.Movement) -> Int {
        let lines = lines
        let visible = visibleRows(lines)
        let last = max(0, lines.count - visible)
        let wanted =
            switch movement {
            case .up: scroll - 1
            case .down: scroll + 1
            case .pageUp: scroll - max(1, visible - 1)
            case .pageDown: scroll + max(1, visible - 1)
            case .top: 0
            case .bottom: last
            }
        return min(max(0, wanted), last)
    }

    func draw(on grid: inout Grid, scroll: Int) {
        let lines = lines
        let first = min(max(0, scroll), max(0, lines.count - visibleRows(lines)))
        let inside = dialog(lines, first: first).draw(on: &grid, in: body, glyphs: glyphs)
        for (row, text) in lines.dropFirst(first).prefix(inside.rows).enumerated() {
            let line = inside.line(row)
            grid.write(text, at: line.origin, clippedTo: line)
        }
    }
}
