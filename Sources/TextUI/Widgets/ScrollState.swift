/// The selected row of a list and the part of it that shows.
///
/// The selection is an identity and survives a refresh: when its row moved it moves along, when the row is gone the row in
/// its place is selected. Ids are passed in as any random access collection (`users.lazy.map(\.id)` costs nothing).
public struct ScrollState<ID: Hashable & Sendable>: Hashable, Sendable {
    /// The selected row's identity; nil while the list is empty.
    public private(set) var selection: ID?
    /// The selected row's position; 0 while the list is empty.
    public private(set) var selectedIndex = 0
    /// How many rows there are.
    public private(set) var count = 0
    /// The first row that shows.
    public private(set) var offset = 0
    /// How many rows fit on the screen, at least 1.
    public private(set) var visibleRows = 1

    /// Makes the state of an empty list.
    public init() {}

    /// The rows that show.
    public var visibleRange: Range<Int> { visibleRange(rows: visibleRows) }

    /// The rows to draw where so many fit, whatever the state was last told; the selected row is among them.
    public func visibleRange(rows: Int) -> Range<Int> {
        guard rows > 0, count > 0 else { return 0..<0 }
        let start = Self.settled(offset, selected: selectedIndex, rows: rows, count: count)
        return start..<min(count, start + min(rows, count))
    }

    /// Takes over a change of the rows.
    public mutating func refresh(_ ids: some RandomAccessCollection<ID>) {
        count = ids.count
        if let selection, let index = position(of: selection, in: ids) {
            // The selected row stays where it is on the screen when rows came or went above it.
            offset += index - selectedIndex
            selectedIndex = index
        }
        select(index: selectedIndex, in: ids)
    }

    /// Takes over how many rows fit on the screen; below 1 counts as 1.
    public mutating func resize(visibleRows: Int) {
        self.visibleRows = min(max(1, visibleRows), coordinateLimit)
        settle()
    }

    /// Selects a row by position; a position outside selects the nearest row.
    public mutating func select(index: Int, in ids: some RandomAccessCollection<ID>) {
        count = ids.count
        selectedIndex = max(0, min(index, count - 1))
        selection = ids.isEmpty ? nil : ids[ids.index(ids.startIndex, offsetBy: selectedIndex)]
        settle()
    }

    /// Selects a row by identity; an unknown one changes nothing.
    ///
    /// - Returns: Whether there is such a row.
    @discardableResult
    public mutating func select(_ id: ID, in ids: some RandomAccessCollection<ID>) -> Bool {
        guard let index = position(of: id, in: ids) else { return false }
        select(index: index, in: ids)
        return true
    }

    /// Moves the selection by rows, down for a positive number, and stops at the ends.
    public mutating func move(by rows: Int, in ids: some RandomAccessCollection<ID>) {
        select(index: selectedIndex.saturatingAdd(rows), in: ids)
    }

    /// Moves the selection by screens.
    public mutating func movePages(by pages: Int, in ids: some RandomAccessCollection<ID>) {
        let rows = pages.multipliedReportingOverflow(by: max(1, visibleRows - 1))
        move(by: rows.overflow ? (pages < 0 ? .min : .max) : rows.partialValue, in: ids)
    }

    /// Selects the first row.
    public mutating func moveToStart(in ids: some RandomAccessCollection<ID>) {
        select(index: 0, in: ids)
    }

    /// Selects the last row.
    public mutating func moveToEnd(in ids: some RandomAccessCollection<ID>) {
        select(index: .max, in: ids)
    }

    /// Scrolls what shows by rows; the selection moves only when it would leave the screen.
    public mutating func scroll(by rows: Int, in ids: some RandomAccessCollection<ID>) {
        let last = max(0, count - visibleRows)
        offset = max(0, min(offset.saturatingAdd(rows), last))
        select(index: max(offset, min(selectedIndex, offset + visibleRows - 1)), in: ids)
    }

    // MARK: - Helpers

    private mutating func settle() {
        offset = Self.settled(offset, selected: selectedIndex, rows: visibleRows, count: count)
    }

    private static func settled(_ offset: Int, selected: Int, rows: Int, count: Int) -> Int {
        let shown = max(selected - rows + 1, min(offset, selected))
        return max(0, min(shown, count - rows))
    }

    private func position(of id: ID, in ids: some RandomAccessCollection<ID>) -> Int? {
        // Almost always the row is where it was.
        if selectedIndex < ids.count, ids[ids.index(ids.startIndex, offsetBy: selectedIndex)] == id {
            return selectedIndex
        }
        return ids.firstIndex(of: id).map { ids.distance(from: ids.startIndex, to: $0) }
    }
}

extension Int {
    fileprivate func saturatingAdd(_ other: Int) -> Int {
        let sum = addingReportingOverflow(other)
        return sum.overflow ? (other < 0 ? .min : .max) : sum.partialValue
    }
}
