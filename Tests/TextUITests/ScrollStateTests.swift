import TestSupport
import Testing

@testable import TextUI

@Suite("Scroll state")
struct ScrollStateTests {
    private func state(_ ids: some RandomAccessCollection<Int>, rows: Int) -> ScrollState<Int> {
        var state = ScrollState<Int>()
        state.resize(visibleRows: rows)
        state.refresh(ids)
        return state
    }

    @Test("The first row is selected at first")
    func start() {
        let state = state(10..<20, rows: 4)
        #expect(state.selection == 10)
        #expect(state.visibleRange == 0..<4)
        #expect(self.state(0..<0, rows: 4).selection == nil)
    }

    @Test("The selection moves within the screen before the screen moves")
    func moving() {
        let ids = 0..<10
        var state = state(ids, rows: 4)
        state.move(by: 5, in: ids)
        #expect(state.visibleRange == 2..<6)
        state.move(by: -2, in: ids)
        #expect(state.visibleRange == 2..<6)
        state.move(by: -2, in: ids)
        #expect(state.visibleRange == 1..<5)
        state.movePages(by: 1, in: ids)
        #expect(state.selectedIndex == 4)
        state.moveToEnd(in: ids)
        #expect(state.visibleRange == 6..<10)
        state.move(by: .max, in: ids)
        state.movePages(by: .min, in: ids)
        #expect(state.selectedIndex == 0)
    }

    @Test("The selection follows its row through a refresh, at the same place of the screen")
    func followsItsRow() {
        var state = state(0..<20, rows: 5)
        state.select(index: 8, in: 0..<20)
        #expect(state.visibleRange == 4..<9)
        let ids = [100, 101, 102] + Array(0..<20)
        state.refresh(ids)
        #expect(state.selection == 8)
        #expect(state.selectedIndex == 11)
        #expect(state.visibleRange == 7..<12)
    }

    @Test("When the row is gone the one in its place is selected")
    func rowGone() {
        var state = state(0..<5, rows: 5)
        state.select(4, in: 0..<5)
        state.refresh([0, 1, 2])
        #expect(state.selection == 2)
        state.refresh([Int]())
        #expect(state.selection == nil)
        #expect(state.visibleRange.isEmpty)
        state.refresh([7])
        #expect(state.selection == 7)
    }

    @Test("An unknown id changes nothing")
    func unknown() {
        var state = state(0..<5, rows: 2)
        let before = state
        let isFound = state.select(99, in: 0..<5)
        #expect(!isFound)
        #expect(state == before)
    }

    @Test("The wheel moves the screen and drags the selection only at its edge")
    func wheel() {
        let ids = 0..<20
        var state = state(ids, rows: 5)
        state.select(index: 3, in: ids)
        state.scroll(by: 2, in: ids)
        #expect(state.visibleRange == 2..<7)
        #expect(state.selectedIndex == 3)
        state.scroll(by: 3, in: ids)
        #expect(state.selectedIndex == 5)
        state.scroll(by: 100, in: ids)
        #expect(state.visibleRange == 15..<20)
        state.scroll(by: -100, in: ids)
        #expect(state.visibleRange == 0..<5)
        #expect(state.selectedIndex == 4)
    }

    @Test("Random changes keep the selection on the screen and in the list", arguments: 1...10 as ClosedRange<UInt64>)
    func random(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        var ids = Array(0..<10)
        var state = state(ids, rows: 3)
        for _ in 0..<1_000 {
            switch Int.random(in: 0...4, using: &random) {
            case 0:
                ids = (0..<30).filter { _ in Bool.random(using: &random) }.shuffled(using: &random)
                state.refresh(ids)
            case 1: state.move(by: .random(in: -5...5, using: &random), in: ids)
            case 2: state.scroll(by: .random(in: -5...5, using: &random), in: ids)
            case 3: state.resize(visibleRows: .random(in: -1...12, using: &random))
            default: state.movePages(by: .random(in: -2...2, using: &random), in: ids)
            }
            #expect(state.selection == (ids.isEmpty ? nil : ids[state.selectedIndex]))
            let rows = Int.random(in: 0...15, using: &random)
            let range = state.visibleRange(rows: rows)
            #expect(range.count == min(rows, ids.count))
            #expect(range.isEmpty || range.contains(state.selectedIndex))
        }
    }
}
