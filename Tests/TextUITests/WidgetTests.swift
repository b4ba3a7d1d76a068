import Testing

@testable import TextUI

@Suite("Widgets")
struct WidgetTests {
    @Test("Boxes that share a border join")
    func boxes() {
        var grid = Grid(size: Size(columns: 24, rows: 6))
        let parts = grid.bounds.splitRows([.fixed(3), .rest], overlap: 1)
        Box(pane: "Users", rightTitle: "3", isFocused: true).draw(on: &grid, in: parts[0], glyphs: .unicode)
        Box(pane: "Breakers", isFocused: false, top: .tees).draw(on: &grid, in: parts[1], glyphs: .unicode)
        #expect(
            grid.lines == [
                "┌ Users ──────────── 3 ┐",
                "│                      │",
                "├ Breakers ────────────┤",
                "│                      │",
                "│                      │",
                "└──────────────────────┘",
            ]
        )
    }

    @Test("Where a title doesn't fit it is cut, and the right one is dropped")
    func narrowTitles() {
        var grid = Grid(size: Size(columns: 12, rows: 2))
        let box = Box(pane: "Events of Ada", rightTitle: "12", isFocused: false)
        box.draw(on: &grid, in: grid.bounds, glyphs: .ascii)
        #expect(grid.lines == ["+ Events ~ +", "+----------+"])
    }

    @Test("A table shows headings, the selected row and what fits")
    func table() {
        var grid = Grid(size: Size(columns: 20, rows: 3))
        var state = ScrollState<Int>()
        state.resize(visibleRows: 2)
        state.refresh(0..<1_000)
        state.select(index: 500, in: 0..<1_000)
        let columns = [
            TableColumn("Name", minimum: 4, weight: 1), TableColumn("N", minimum: 4, alignment: .trailing, priority: 1),
        ]
        var asked: [Int] = []
        Table(columns: columns, sorting: .init(column: 0, isAscending: true), isFocused: true)
            .draw(on: &grid, in: grid.bounds, state: state, glyphs: .unicode) { row in
                asked.append(row)
                return ["日本語 long name", StyledText("\(row)", Style(.bad))]
            }
        #expect(grid.lines == ["  Name ▲           N", "  日本語 long…   499", "› 日本語 long…   500"])
        #expect(asked == [499, 500])
        #expect(grid[Point(column: 2, row: 2)].style == Style(.selection, .reverse))
        #expect(grid[Point(column: 19, row: 2)].style == Style(.bad, .reverse))
        #expect(grid[Point(column: 2, row: 1)].style == .normal)
    }

    @Test("A bar is full only when done and empty only before the start")
    func progress() {
        func bar(_ fraction: Double, _ glyphs: Glyphs = .unicode) -> String {
            ProgressBar(fraction).text(width: 4, glyphs: glyphs).string
        }
        #expect(bar(0) == "░░░░")
        #expect(bar(0.001) == "▏░░░")
        #expect(bar(0.5) == "██░░")
        #expect(bar(0.999) == "███▉")
        #expect(bar(1) == "████")
        #expect(bar(7) == "████")
        #expect(bar(-1) == "░░░░")
        #expect(bar(.nan) == "░░░░")
        #expect(bar(0.5, .ascii) == "##..")
        let styled = ProgressBar(0.5).styled(width: 4, glyphs: .unicode, done: Style(.good))
        #expect(styled.spans.map(\.text.string) == ["██", "░░"])
    }

    @Test("A chart tells no data from zero, and the newest value is at the right")
    func sparkline() {
        let chart = Sparkline([nil, 0, 1, 4, 8])
        #expect(chart.text(width: 7, glyphs: .unicode).string == "  ·▁▁▄█")
        #expect(chart.text(width: 2, glyphs: .unicode).string == "▄█")
        #expect(chart.text(width: 5, glyphs: .ascii).string == "._" + "_=#")
        #expect(Sparkline([8, 8, nil, 8]).text(width: 3, glyphs: .braille).string == " ⣿⢸")
        #expect(Sparkline([nil, nil]).text(width: 1, glyphs: .braille).string == "·")
        #expect(Sparkline([.infinity, -3, .nan], maximum: 0).text(width: 3, glyphs: .unicode).string == "·▁·")
    }

    @Test("The footer drops hints from the end but keeps the last ones")
    func hints() {
        let line = HintsLine([.init("a", "add"), .init("/", "filter")], last: [.init("q", "quit")])
        func draw(_ columns: Int) -> String {
            var grid = Grid(size: Size(columns: columns, rows: 1))
            line.draw(on: &grid, in: grid.bounds)
            return grid.lines[0]
        }
        #expect(draw(40) == " a add   / filter   q quit")
        #expect(draw(26) == " a add   / filter   q quit")
        #expect(draw(25) == " a add   q quit")
        #expect(draw(14) == " q quit")
        #expect(draw(6) == "")
    }

    @Test("A paragraph that is too long ends in an ellipsis")
    func paragraph() {
        var grid = Grid(size: Size(columns: 5, rows: 2))
        let paragraph = Paragraph("one two three")
        let rows = paragraph.draw(on: &grid, in: grid.bounds)
        #expect(rows == 2)
        #expect(grid.lines == ["one", "two…"])
        #expect(paragraph.height(width: 5) == 3)
    }

    @Test("Text that doesn't fit is cut between words, a word only where it is alone")
    func cutsBetweenWords() {
        let text: DisplayText = "not done within 15000 ms"
        let cuts = [24: text.string, 23: "not done within 15000…", 21: "not done within…", 16: "not done within…"]
        for (width, cut) in cuts { #expect(text.truncatedAtWord(to: width).string == cut) }
        #expect(text.truncatedAtWord(to: 15).string == "not done…")
        #expect(text.truncatedAtWord(to: 2).string == "n…")
        #expect(text.truncatedAtWord(to: 0).isEmpty)
        var grid = Grid(size: Size(columns: 21, rows: 1))
        Paragraph(text).draw(on: &grid, in: grid.bounds)
        #expect(grid.lines == ["not done within…"])
    }

    @Test("A line in several styles is cut in the style of the cut")
    func styledText() {
        var text = StyledText("ab", Style(.good))
        text.append("cdef", Style(.bad))
        #expect(text.truncated(to: 4).plain.string == "abc…")
        #expect(text.truncated(to: 4).spans.last?.style == Style(.bad))
        #expect(text.truncated(to: 2).plain.string == "a…")
        #expect(text.truncated(to: 6) == text)
        #expect(text.truncated(to: 0).plain.isEmpty)
    }

    @Test("Every widget draws at every size without a trap", arguments: 0...40)
    func everySize(columns: Int) {
        var state = ScrollState<Int>()
        state.refresh(0..<50)
        state.select(index: 25, in: 0..<50)
        for rows in 0...20 {
            for glyphs in [Glyphs.unicode, .ascii, .braille] {
                var grid = Grid(size: Size(columns: columns, rows: rows))
                drawEverything(on: &grid, state, glyphs)
                #expect(Invariant.holds(grid))
            }
        }
    }

    private func drawEverything(on grid: inout Grid, _ state: ScrollState<Int>, _ glyphs: Glyphs) {
        let inside = Box(pane: "日本 title", rightTitle: "right", isFocused: true).draw(
            on: &grid,
            in: grid.bounds,
            glyphs: glyphs
        )
        let columns = [TableColumn("A", minimum: 3, weight: 2), TableColumn("B", minimum: 9, alignment: .center)]
        Table(columns: columns, isFocused: false).draw(on: &grid, in: inside, state: state, glyphs: glyphs) { row in
            [StyledText("日本\(row)"), StyledText("x")]
        }
        TextField(placeholder: "…", isFocused: true).draw(LineEditor("日本語 and more text"), on: &grid, in: inside)
        let dialog = Dialog(title: "Sure?", content: Size(columns: 20, rows: 4))
        let area = dialog.draw(on: &grid, in: grid.bounds, glyphs: glyphs)
        Paragraph("Some text that has to wrap 日本語").draw(on: &grid, in: area)
        let width = area.columns
        grid.write(ProgressBar(0.4).text(width: width, glyphs: glyphs), at: area.origin, clippedTo: area)
        grid.write(Sparkline([1, nil, 3]).text(width: width, glyphs: glyphs), at: area.origin, clippedTo: area)
        HintsLine([.init("a", "add")], last: [.init("q", "quit")]).draw(on: &grid, in: grid.bounds)
    }
}
