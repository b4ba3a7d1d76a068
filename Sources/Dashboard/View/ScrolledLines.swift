import TextUI

/// Text of which a part shows.
struct ScrolledLines {
    let lines: [StyledText]
    let visibleRows: Int

    init(_ lines: [StyledText], visibleRows: Int) {
        self.lines = lines
        self.visibleRows = max(1, visibleRows)
    }

    private var lastOffset: Int { max(0, lines.count - visibleRows) }

    /// Which lines show, `nil` where all do.
    func part(from offset: Int) -> String? {
        let first = clamped(offset)
        let end = min(lines.count, first + visibleRows)
        return lines.count > visibleRows ? "\(first + 1)-\(end) of \(lines.count)" : nil
    }

    /// Where a movement leads to.
    func scrolled(from offset: Int, by movement: Action.Movement) -> Int {
        switch movement {
        case .up: scrolled(from: offset, by: -1)
        case .down: scrolled(from: offset, by: 1)
        case .pageUp: scrolled(from: offset, by: -max(1, visibleRows - 1))
        case .pageDown: scrolled(from: offset, by: max(1, visibleRows - 1))
        case .top: 0
        case .bottom: lastOffset
        }
    }

    /// Where so many rows lead to.
    func scrolled(from offset: Int, by rows: Int) -> Int {
        // An offset from before the text or its room changed counts as the nearest that there is.
        clamped(clamped(offset) + rows)
    }

    func draw(on grid: inout Grid, in area: Rect, from offset: Int) {
        for (row, text) in lines.dropFirst(clamped(offset)).prefix(area.rows).enumerated() {
            let line = area.line(row)
            grid.write(text, at: line.origin, clippedTo: line)
        }
    }

    private func clamped(_ offset: Int) -> Int {
        min(max(0, offset), lastOffset)
    }
}

extension StyledText {
    /// Two texts side by side, each wrapped to its width, as lines.
    static func sideBySide(
        _ left: Span,
        columns leftColumns: Int,
        _ right: Span,
        columns rightColumns: Int
    ) -> [StyledText] {
        let lefts = left.text.wrapped(to: max(1, leftColumns))
        let rights = right.text.wrapped(to: max(1, rightColumns))
        return (0..<max(lefts.count, rights.count)).map { row in
            let start = row < lefts.count ? lefts[row] : .empty
            return StyledText([
                .init(start.padded(to: leftColumns + 2), left.style),
                .init(row < rights.count ? rights[row] : .empty, right.style),
            ])
        }
    }
}
