import TestSupport
import Testing

@testable import TextUI

@Suite("Grid")
struct GridTests {
    private func grid(_ columns: Int, _ rows: Int) -> Grid {
        Grid(size: Size(columns: columns, rows: rows))
    }

    @Test("Text stands where it was written and ends at the last column")
    func writing() {
        var grid = grid(6, 2)
        let width = grid.write("hello", at: Point(column: 3, row: 0))
        #expect(width == 5)
        grid.write("ab", at: Point(column: -1, row: 1))
        grid.write("x", at: Point(column: 0, row: 2))
        #expect(grid.lines == ["   hel", "b"])
    }

    @Test("A wide cluster that doesn't fit into the last column leaves a blank")
    func wideAtTheEdge() {
        var grid = grid(3, 1)
        grid.write("日本", at: .zero, style: Style(.good))
        #expect(grid.lines == ["日"])
        #expect(grid[Point(column: 2, row: 0)].cluster == .space)
        grid.write("日本", at: Point(column: -1, row: 0))
        #expect(grid.lines == [" 本"])
    }

    @Test("Overwriting half of a wide cluster blanks the other half", arguments: [0, 1])
    func overwritingHalf(column: Int) {
        var grid = grid(4, 1)
        grid.write("日本", at: .zero)
        grid.write("x", at: Point(column: column, row: 0))
        #expect(grid.lines == [column == 0 ? "x 本" : " x本"])
    }

    @Test("A wide cluster across two others blanks both their outer halves")
    func wideOverWide() {
        var grid = grid(4, 1)
        grid.write("日本", at: .zero)
        grid.write("語", at: Point(column: 1, row: 0))
        #expect(grid.lines == [" 語"])
        #expect(Invariant.holds(grid))
    }

    @Test("A clip cuts on all sides")
    func clipping() {
        var grid = grid(8, 3)
        let clip = Rect(column: 2, row: 1, columns: 3, rows: 1)
        for row in 0..<3 {
            grid.write("a日本b", at: Point(column: 1, row: row), clippedTo: clip)
        }
        #expect(grid.lines == ["", "  日", ""])
        grid.write("0123456789", at: Point(column: 0, row: 1), clippedTo: clip)
        #expect(grid.lines == ["", "  234", ""])
    }

    @Test("Random writes never break the grid's promises", arguments: 1...20 as ClosedRange<UInt64>)
    func randomWrites(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        let texts: [DisplayText] = ["a", "日本語", "x日", "日x本y", "e\u{301}", "🎉🎉🎉🎉", "long ascii text", "", "\u{1B}[1m"]
        var grid = grid(Int.random(in: 0...12, using: &random), Int.random(in: 0...4, using: &random))
        for _ in 0..<400 {
            let point = Point(column: .random(in: -6...14, using: &random), row: .random(in: -1...4, using: &random))
            let area = Rect(
                column: .random(in: -3...12, using: &random),
                row: .random(in: -2...4, using: &random),
                columns: .random(in: -1...9, using: &random),
                rows: .random(in: -1...4, using: &random)
            )
            let style = Style(Role.allCases.randomElement(using: &random) ?? .normal)
            let text = texts.randomElement(using: &random) ?? ""
            switch Int.random(in: 0...3, using: &random) {
            case 0: grid.write(text, at: point, style: style)
            case 1: grid.write(text, at: point, style: style, clippedTo: area)
            case 2: grid.fill(area, with: text, style: style)
            default: grid.restyle(area) { $0.with(.bold) }
            }
            #expect(Invariant.holds(grid))
        }
    }

    @Test("Nothing outside of a clip changes, but for the other halves of wide clusters")
    func clipIsKept() {
        var random = SplitMix64(seed: 7)
        for _ in 0..<200 {
            var grid = grid(10, 3)
            grid.fill(grid.bounds, with: "·")
            let before = grid
            let clip = Rect(
                column: .random(in: 0...9, using: &random),
                row: .random(in: 0...2, using: &random),
                columns: .random(in: 0...5, using: &random),
                rows: .random(in: 0...2, using: &random)
            )
            let start = Point(column: .random(in: -4...9, using: &random), row: .random(in: 0...2, using: &random))
            grid.write("a日b本c語d", at: start, clippedTo: clip)
            for row in 0..<3 {
                for column in 0..<10 {
                    let point = Point(column: column, row: row)
                    #expect(clip.contains(point) || grid[point] == before[point])
                }
            }
        }
    }

    @Test("Restyling a part changes wide clusters as a whole")
    func restyling() {
        var grid = grid(4, 1)
        grid.write("日本", at: .zero)
        grid.restyle(Rect(column: 1, row: 0, columns: 1, rows: 1)) { $0.with(.reverse) }
        #expect(grid.row(0).map(\.style.attributes) == [.reverse, .reverse, [], []])
    }

    @Test("Equal contents are equal, whatever was there before")
    func equality() {
        var first = grid(5, 2)
        var second = grid(5, 2)
        first.write("日本", at: .zero)
        first.fill(first.bounds)
        #expect(first == second)
        second.write("a", at: .zero, style: Style(.bad))
        first.write("a", at: .zero, style: Style(.good))
        #expect(first != second)
    }

    @Test("The ASCII form keeps every column", arguments: ["日本 é", "█░●", "a日"] as [DisplayText])
    func asciiForm(text: DisplayText) {
        var grid = grid(8, 1)
        grid.write(text, at: .zero)
        grid.write("|", at: Point(column: 7, row: 0))
        let ascii = grid.asciiOnly
        #expect(ascii.lines[0].utf8.count == 8)
        #expect(ascii.lines[0].utf8.allSatisfy { (0x20...0x7E).contains($0) })
        #expect(ascii.size == grid.size)
    }

    @Test("Empty and one-column grids take everything")
    func tinyGrids() {
        for (columns, rows) in [(0, 0), (0, 5), (5, 0), (1, 1)] {
            var grid = grid(columns, rows)
            grid.write("日本", at: .zero)
            grid.fill(Rect(column: -5, row: -5, columns: 100, rows: 100), with: "日")
            grid.restyle(grid.bounds) { $0.with(.bold) }
            #expect(Invariant.holds(grid))
            #expect(grid.lines.count == grid.size.rows)
        }
    }
}

/// What every grid promises.
enum Invariant {
    static func holds(_ grid: Grid) -> Bool {
        grid.cells.count == grid.size.columns * grid.size.rows
            && (0..<grid.size.rows).allSatisfy { holds(Array(grid.row($0))) }
    }

    private static func holds(_ row: [Cell]) -> Bool {
        var column = 0
        while column < row.count {
            guard let cluster = row[column].cluster else { return false }
            if cluster.width == 2 {
                guard column + 1 < row.count, row[column + 1].cluster == nil,
                    row[column + 1].style == row[column].style
                else { return false }
            }
            column += cluster.width
        }
        return true
    }
}
