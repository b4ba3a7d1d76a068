import EventService
import TextUI

extension FormView {
    private func dialog(in screen: Rect, _ context: ViewContext) -> Dialog {
        let columns = min(Self.width, screen.columns - 4)
        let rows = lines(columns: columns, rows: screen.rows - 2, context: context).count
        return Dialog(title: "Add event", content: Size(columns: Self.width, rows: rows))
    }

    private func inside(of screen: Rect, _ context: ViewContext) -> Rect {
        dialog(in: screen, context).area(in: screen).inset(columns: 2, rows: 1)
    }

    /// The row of the form at a place of the screen.
    func line(at point: Point, in screen: Rect, context: ViewContext) -> Line? {
        let inside = inside(of: screen, context)
        let lines = lines(columns: inside.columns, rows: inside.rows, context: context)
        let row = point.row - inside.row
        return inside.contains(point) && lines.indices.contains(row) ? lines[row] : nil
    }

    /// - Returns: Where the cursor stands.
    func draw(on grid: inout Grid, in body: Rect, context: ViewContext) -> Point? {
        let inside = dialog(in: body, context).draw(on: &grid, in: body, glyphs: context.glyphs)
        var cursor: Point?
        let lines = lines(columns: inside.columns, rows: inside.rows, context: context)
        for (row, content) in lines.enumerated() {
            let line = inside.line(row)
            switch content {
            case .field(let field): cursor = draw(field, on: &grid, in: line) ?? cursor
            case .problem(let text): draw(text, .error, on: &grid, in: line, indent: Self.labelWidth)
            case .match(let index): draw(match: index, on: &grid, in: line, context)
            case .text(let text, let role): draw(text, role, on: &grid, in: line, indent: 0)
            case .keys: drawKeys(on: &grid, in: line)
            case .blank: break
            }
        }
        return cursor
    }

    private func draw(_ text: DisplayText, _ role: Role, on grid: inout Grid, in line: Rect, indent: Int) {
        grid.write(text, at: line.origin.moved(columns: indent), style: Style(role), clippedTo: line)
    }

    private func draw(_ field: AddEventForm.Field, on grid: inout Grid, in line: Rect) -> Point? {
        let isFocused = form.focus == field && form.sending == nil
        let label = Style(isFocused ? .accent : .dialog, isFocused ? .bold : [])
        grid.write(field.label, at: line.origin, style: label, clippedTo: line)
        let hint = line.columns >= 50 ? hint(for: field) : .empty
        grid.write(
            hint,
            at: Point(column: line.endColumn - hint.width, row: line.row),
            style: Style(.dim),
            clippedTo: line
        )
        let columns = line.columns - Self.labelWidth - (hint.isEmpty ? 0 : hint.width + 2)
        let area = Rect(column: line.column + Self.labelWidth, row: line.row, columns: columns, rows: line.rows)
        let input = TextField(placeholder: field.placeholder, isFocused: isFocused)
        switch field {
        case .name: return input.draw(form.name, on: &grid, in: area)
        case .user where form.user.chosenID != nil: return drawChosenUser(isFocused: isFocused, on: &grid, in: area)
        case .user: return input.draw(form.user.query, on: &grid, in: area)
        case .when: return input.draw(form.when, on: &grid, in: area)
        }
    }

    /// The chosen user with the identifier; typing starts another search, so there is nothing in it to move through.
    private func drawChosenUser(isFocused: Bool, on grid: inout Grid, in area: Rect) -> Point? {
        let style = Style(isFocused ? .focusedInput : .input)
        grid.fill(area, style: style)
        let chosen = form.user.chosenID ?? ""
        // Of a user who isn't known the identifier is the name as well.
        let id = chosen == form.user.query.text ? .empty : " (" + DisplayText(chosen).truncated(to: 14) + ")"
        let name = DisplayText(NameText.plain(form.user.query.text)).truncated(to: max(1, area.columns - id.width - 1))
        grid.write(name, at: area.origin, style: style, clippedTo: area)
        grid.write(id, at: area.origin.moved(columns: name.width), style: Style(.dim), clippedTo: area)
        let cursor = area.origin.moved(columns: name.width)
        return isFocused && area.contains(cursor) ? cursor : nil
    }

    private func hint(for field: AddEventForm.Field) -> DisplayText {
        switch field {
        case .name: .empty
        case .user: "type to find"
        case .when: "optional"
        }
    }

    private func draw(match index: Int, on grid: inout Grid, in line: Rect, _ context: ViewContext) {
        guard form.user.matches.indices.contains(index) else { return }
        let user = form.user.matches[index]
        let isHighlighted = index == form.user.highlighted
        let room = Rect(
            column: line.column + Self.labelWidth - 2,
            row: line.row,
            columns: line.columns - Self.labelWidth + 2,
            rows: line.rows
        )
        let text = StyledText([
            .init((isHighlighted ? context.glyphs.pointer : " ") + " "),
            .init(DisplayText(NameText.plain(user.name))),
            .init(user.id == user.name ? .empty : "  id " + DisplayText(user.id), Style(.dim)),
        ])
        grid.write(
            text.truncated(to: room.columns, ellipsis: context.glyphs.ellipsis),
            at: room.origin,
            clippedTo: room
        )
        if isHighlighted { grid.restyle(room) { Style(.selection, $0.attributes.union(.reverse)) } }
    }

    private func drawKeys(on grid: inout Grid, in line: Rect) {
        let send = form.sending != nil ? StyledText() : keyed("Enter", sendHint) + "   "
        let close = keyed("Esc", closeHint)
        var text = send + close
        let keep = hasOutbox ? [keyed("Ctrl-O", "send or keep")] : []
        for key in keep + [keyed("Tab", "next field")] where form.sending == nil {
            let more = "   " + key
            if text.width + more.width <= line.columns { text = text + more }
        }
        grid.write(text, at: line.origin, clippedTo: line)
    }

    private func keyed(_ key: DisplayText, _ title: DisplayText) -> StyledText {
        StyledText([.init(key + " ", Style(.key)), .init(title, Style(.hint))])
    }
}

extension AddEventForm.Field {
    fileprivate var label: DisplayText {
        switch self {
        case .name: "Name"
        case .user: "User"
        case .when: "When"
        }
    }

    fileprivate var placeholder: DisplayText {
        switch self {
        case .name: "what happens"
        case .user: "whose event it is"
        case .when: "YYYY-MM-DD HH:MM"
        }
    }
}
