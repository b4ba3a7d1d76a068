import Testing

@testable import TextUI

@Suite("Table layout")
struct TableLayoutTests {
    private let columns = [
        TableColumn("Name", minimum: 8, weight: 1),
        TableColumn("When", minimum: 16, maximum: 16, priority: 1),
        TableColumn("Id", minimum: 6, maximum: 10, weight: 1, priority: -1),
    ]

    @Test("With room all columns show and share it up to their maximums")
    func wide() {
        let layout = TableLayout(columns, width: 60)
        #expect(layout.places.map(\.column) == [0, 1, 2])
        #expect(layout.places.map(\.width) == [30, 16, 10])
        #expect(layout.places.map(\.offset) == [0, 32, 50])
    }

    @Test("Columns are dropped by priority when it gets narrow")
    func narrow() {
        #expect(TableLayout(columns, width: 30).places.map(\.column) == [0, 1])
        #expect(TableLayout(columns, width: 20).places.map(\.column) == [1])
        #expect(TableLayout(columns, width: 5).places.map(\.width) == [5])
        #expect(TableLayout(columns, width: 0).places.isEmpty)
        #expect(TableLayout([], width: 10).places.isEmpty)
    }

    @Test("Columns never reach beyond the width", arguments: -2...80)
    func inside(width: Int) {
        for spacing in 0...3 {
            let layout = TableLayout(columns, width: width, spacing: spacing)
            #expect(layout.places.allSatisfy { $0.width > 0 && $0.offset + $0.width <= width })
        }
    }

    @Test("A click finds the column, or the gap")
    func clicks() {
        let layout = TableLayout(columns, width: 60)
        #expect(layout.column(at: 29) == 0)
        #expect(layout.column(at: 30) == nil)
        #expect(layout.column(at: 32) == 1)
        #expect(layout.column(at: -1) == nil)
    }
}
