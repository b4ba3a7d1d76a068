import TextUI

/// All keys, under headings.
struct HelpView {
    let body: Rect
    let glyphs: Glyphs
    let version: String

    private static let width = 76
    private static let labelWidth = 22

    private var labelWidth: Int { min(Self.labelWidth, columns / 3) }

    private var columns: Int { max(1, min(Self.width, body.columns - 4)) }

    private var text: ScrolledLines { ScrolledLines(lines, visibleRows: body.rows - 2) }

    private var lines: [StyledText] {
        let keys = DashboardKeymap.keymap.sections()
            .map { [StyledText($0.group, Style(.title, .bold))] + $0.bindings.flatMap(lines) }
        let legend = TimelineLegend.lines(glyphs, labelWidth: labelWidth, columns: columns - labelWidth - 2)
        return Array((keys + [legend]).joined(separator: [StyledText()]))
    }

    /// The keys at the left and what they do at the right, in as many rows as either takes.
    private func lines(_ binding: Keymap<Action>.Binding) -> [StyledText] {
        StyledText.sideBySide(
            .init(label(of: binding), Style(.key)),
            columns: labelWidth,
            .init(binding.title, Style(.dialog)),
            columns: columns - labelWidth - 2
        )
    }

    private func label(of binding: Keymap<Action>.Binding) -> DisplayText {
        binding.keys.isEmpty
            ? DashboardKeymap.commandsKey.label(glyphs) : Keymap<Action>.label(of: binding, glyphs)
    }

    /// Where a movement scrolls to.
    func scrolled(from scroll: Int, by movement: Action.Movement) -> Int {
        text.scrolled(from: scroll, by: movement)
    }

    func draw(on grid: inout Grid, scroll: Int) {
        let text = text
        let part = text.part(from: scroll).map { "Keys \($0), \(glyphs.arrows[1].string) for more" }
        let title = DisplayText(part ?? "Keys of evenkeel \(version)")
        let rows = min(text.lines.count, text.visibleRows)
        let inside = Dialog(title: title, content: Size(columns: Self.width, rows: rows))
            .draw(on: &grid, in: body, glyphs: glyphs)
        text.draw(on: &grid, in: inside, from: scroll)
    }
}
