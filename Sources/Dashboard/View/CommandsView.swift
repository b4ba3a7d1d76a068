import TextUI

/// The commands, with a line to type words of them into.
struct CommandsView {
    let search: CommandSearch
    let commands: [Command]

    private static let columns = 70
    private static let prompt: DisplayText = ": "

    /// Always as large, so that it stands still while the list gets shorter.
    private static func dialog(in body: Rect) -> Dialog {
        Dialog(title: "Commands", content: Size(columns: columns, rows: max(1, min(20, body.rows - 4))))
    }

    private static func inside(_ body: Rect) -> Rect {
        dialog(in: body).area(in: body).inset(columns: 2, rows: 1)
    }

    /// Where the commands stand.
    static func rowsArea(in body: Rect) -> Rect {
        let inside = inside(body)
        return Rect(column: inside.column, row: inside.row + 1, columns: inside.columns, rows: inside.rows - 1)
    }

    /// The command at a place of the screen.
    func command(at point: Point, in body: Rect) -> Int? {
        let area = Self.rowsArea(in: body)
        guard area.contains(point) else { return nil }
        let shown = search.scroll.visibleRange(rows: area.rows)
        let index = shown.lowerBound + point.row - area.row
        return shown.contains(index) ? index : nil
    }

    /// - Returns: Where the cursor stands.
    func draw(on grid: inout Grid, in body: Rect, context: ViewContext) -> Point? {
        let inside = Self.dialog(in: body).draw(on: &grid, in: body, glyphs: context.glyphs)
        let line = inside.line(0)
        grid.write(Self.prompt, at: line.origin, style: Style(.key), clippedTo: line)
        let area = Self.rowsArea(in: body)
        for (row, index) in search.scroll.visibleRange(rows: area.rows).enumerated() {
            let isSelected = index == search.scroll.selectedIndex
            draw(commands[index], isSelected: isSelected, on: &grid, in: area.line(row), context)
        }
        if commands.isEmpty { PaneMessage.draw("No command has these words.", on: &grid, in: area, context: context) }
        let indent = Self.prompt.width
        let field = Rect(column: line.column + indent, row: line.row, columns: line.columns - indent, rows: line.rows)
        return TextField(placeholder: "words of a command", isFocused: true).draw(search.words, on: &grid, in: field)
    }

    /// What it does at the left; at the right its key, or why it would do nothing now.
    private func draw(
        _ command: Command,
        isSelected: Bool,
        on grid: inout Grid,
        in line: Rect,
        _ context: ViewContext
    ) {
        let right: DisplayText
        let isOff = command.reasonAgainst != nil
        if let reason = command.reasonAgainst {
            right = DisplayText("(\(reason))")
        } else {
            right = command.binding.keys.first?.label(context.glyphs) ?? .empty
        }
        let room = line.columns - right.width - (right.isEmpty ? 2 : 3)
        let left = StyledText([
            .init((isSelected ? context.glyphs.pointer : " ") + " "),
            .init(
                command.binding.title.truncated(to: max(12, room), ellipsis: context.glyphs.ellipsis),
                Style(isOff ? .dim : .dialog)
            ),
        ])
        grid.write(left, at: line.origin, clippedTo: line)
        let start = max(line.column + left.width + 1, line.endColumn - right.width)
        let style = Style(isOff ? .dim : .key)
        grid.write(right, at: Point(column: start, row: line.row), style: style, clippedTo: line)
        guard isSelected else { return }
        grid.restyle(line) { Style($0.role == .dim ? .dim : .selection, $0.attributes.union(.reverse)) }
    }
}
