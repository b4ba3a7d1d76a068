import TestSupport
import Testing

@testable import TextUI

@Suite("Rectangles")
struct RectTests {
    @Test("Sizes and places are clamped, so that nothing can overflow")
    func clamping() {
        #expect(Size(columns: -3, rows: .max) == Size(columns: 0, rows: 32_767))
        let far = Rect(column: .max, row: .min, columns: .max, rows: .max)
        #expect(far.endColumn > far.column)
        #expect(far.intersection(Rect(Size(columns: 5, rows: 5))).isEmpty)
        #expect(far.moved(columns: .max, rows: .min).size == far.size)
    }

    @Test("Fixed parts come first, flexible ones share the rest by weight")
    func splitting() {
        let area = Rect(Size(columns: 20, rows: 10))
        let rows = area.splitRows([.fixed(1), .rest, .fixed(2)])
        #expect(rows.map(\.row) == [0, 1, 8])
        #expect(rows.map(\.rows) == [1, 7, 2])
        let columns = area.splitColumns([.flexible(weight: 1), .flexible(weight: 3)])
        #expect(columns.map(\.columns) == [5, 15])
    }

    @Test("A minimum beyond the share is kept, the others share what is left")
    func minimums() {
        #expect(Rect.distribute(20, over: [.flexible(minimum: 12), .flexible(), .flexible()]) == [12, 4, 4])
        #expect(Rect.distribute(5, over: [.flexible(minimum: 12), .flexible()]) == [5, 0])
    }

    @Test("Neighbours share a border when they overlap")
    func overlapping() {
        let rows = Rect(Size(columns: 4, rows: 9)).splitRows([.rest, .rest], overlap: 1)
        #expect(rows.map(\.row) == [0, 4])
        #expect(rows.map(\.rows) == [5, 5])
    }

    @Test("Random splits cover the area and never leave it", arguments: 1...20 as ClosedRange<UInt64>)
    func randomSplits(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        for _ in 0..<200 {
            let total = Int.random(in: 0...60, using: &random)
            let lengths = (0..<Int.random(in: 0...6, using: &random)).map { _ -> Length in
                Bool.random(using: &random)
                    ? .fixed(.random(in: -3...40, using: &random))
                    : .flexible(
                        weight: .random(in: -1...4, using: &random),
                        minimum: .random(in: -2...15, using: &random)
                    )
            }
            let overlap = Int.random(in: -1...2, using: &random)
            let parts = Rect(column: 3, row: 2, columns: total, rows: 1).splitColumns(lengths, overlap: overlap)
            #expect(parts.count == lengths.count)
            #expect(parts.allSatisfy { $0.column >= 3 && $0.endColumn <= 3 + total })
            let isFlexible = lengths.contains { if case .flexible(let weight, _) = $0 { weight > 0 } else { false } }
            if isFlexible, overlap <= 0 {
                #expect(parts.reduce(0) { $0 + $1.columns } == total)
            }
        }
    }

    @Test("Insets beyond the size leave nothing")
    func insets() {
        let area = Rect(column: 2, row: 2, columns: 5, rows: 3)
        #expect(area.inset(by: 1) == Rect(column: 3, row: 3, columns: 3, rows: 1))
        #expect(area.inset(by: 2).isEmpty)
        #expect(area.inset(by: .max).isEmpty)
        #expect(area.inset(by: -4) == area)
    }

    @Test("A popup stands below its anchor, or above, and always inside")
    func popups() {
        let screen = Rect(Size(columns: 20, rows: 10))
        let size = Size(columns: 6, rows: 3)
        #expect(screen.popup(size, at: Rect(column: 2, row: 1, columns: 1, rows: 1)).origin == Point(column: 2, row: 2))
        #expect(
            screen.popup(size, at: Rect(column: 18, row: 8, columns: 1, rows: 1)).origin == Point(column: 14, row: 5)
        )
        for anchorRow in -2...12 {
            let area = screen.popup(
                Size(columns: 50, rows: 50),
                at: Rect(column: 9, row: anchorRow, columns: 1, rows: 1)
            )
            #expect(area == screen)
        }
    }
}
