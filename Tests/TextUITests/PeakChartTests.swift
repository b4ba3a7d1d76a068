import Testing
import TextUI

@Suite
struct PeakChartTests {
    private func drawn(_ points: [PeakChart.Point?], _ size: Size, _ glyphs: Glyphs, maximum: Double = 16) -> [String] {
        var grid = Grid(size: size)
        PeakChart(points, maximum: maximum)
            .draw(on: &grid, in: grid.bounds, glyphs: glyphs, bar: Style(.accent), peak: Style(.warning))
        return grid.lines
    }

    private let points: [PeakChart.Point?] = [
        .init(bar: 4, peak: 16), nil, .init(bar: 16, peak: 16), .init(bar: 0, peak: 0),
    ]

    @Test("A bar and the peak above it differ in their glyphs, and no data is neither")
    func glyphs() {
        #expect(drawn(points, Size(columns: 4, rows: 2), .unicode) == ["░ █", "▄ █▁"])
        #expect(drawn(points, Size(columns: 4, rows: 2), .ascii) == [": #", "= #_"])
        #expect(drawn(points, Size(columns: 2, rows: 2), .braille) == ["⠁⡇", "⡄⣇"])
    }

    @Test("No size and no value traps")
    func extremes() {
        let odd: [PeakChart.Point?] = [.init(bar: .nan, peak: .infinity), .init(bar: -1, peak: 1e300), nil]
        for glyphs in [Glyphs.unicode, .ascii, .braille] {
            for columns in 0..<5 {
                for rows in 0..<4 {
                    _ = drawn(odd, Size(columns: columns, rows: rows), glyphs)
                    _ = drawn(odd, Size(columns: columns, rows: rows), glyphs, maximum: 0)
                    _ = drawn([], Size(columns: columns, rows: rows), glyphs)
                }
            }
        }
    }
}
