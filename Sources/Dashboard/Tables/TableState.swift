import TextUI

/// What a table shows of its rows: those that the filter leaves, in order, and which of them is selected.
///
/// Filtering and sorting happen when something changes, not when something is drawn.
struct TableState<Row: TableRow>: Equatable, Sendable {
    /// All rows, in the order in which they came.
    private(set) var all: [Row] = []
    /// All rows in the order to show, so that a key that is typed into the filter sorts nothing.
    private var ordered: [Row] = []
    /// The rows to show.
    private(set) var rows: [Row] = []
    /// The selected row and the part that shows.
    private(set) var scroll = ScrollState<String>()
    /// What the rows are ordered by.
    private(set) var order: Row.Order
    /// Whether the order is turned round.
    private(set) var isReversed = false
    /// The filter as typed.
    private(set) var filter = LineEditor(maximumLength: 64)
    /// Whether the filter takes the keys.
    private(set) var isEditingFilter = false

    init(order: Row.Order) {
        self.order = order
    }

    var selected: Row? {
        rows.indices.contains(scroll.selectedIndex) ? rows[scroll.selectedIndex] : nil
    }

    var isFiltered: Bool { !filter.isEmpty }

    /// Takes other rows; the selection stays with its row.
    mutating func show(_ all: [Row]) {
        guard all != self.all else { return }
        self.all = all
        reorder()
    }

    /// Takes the rows of something else, so that the selection starts at the top.
    mutating func replace(with all: [Row]) {
        scroll = ScrollState()
        self.all = all
        reorder()
    }

    mutating func sortByNext() {
        let orders = Array(Row.Order.allCases)
        let index = orders.firstIndex(of: order).map { ($0 + 1) % orders.count } ?? 0
        order = orders[index]
        isReversed = false
        reorder()
    }

    /// Orders by a column, or turns the order round where it is that already.
    mutating func sort(by order: Row.Order) {
        isReversed = order == self.order && !isReversed
        self.order = order
        reorder()
    }

    mutating func reverse() {
        isReversed.toggle()
        reorder()
    }

    mutating func apply(_ edit: FilterEdit) {
        let before = filter.characters
        switch edit {
        case .begin: isEditingFilter = true
        case .key(let key): _ = filter.handle(key)
        case .paste(let text): filter.insert(text)
        case .keep: isEditingFilter = false
        case .clear:
            isEditingFilter = false
            filter.replace(with: "")
        }
        if filter.characters != before { rebuild() }
    }

    mutating func move(_ movement: Action.Movement) {
        scroll.move(movement, in: ids)
    }

    mutating func scroll(by rows: Int) {
        scroll.scroll(by: rows, in: ids)
    }

    mutating func select(_ id: String) -> Bool {
        scroll.select(id, in: ids)
    }

    mutating func select(index: Int) {
        scroll.select(index: index, in: ids)
    }

    mutating func resize(visibleRows: Int) {
        if scroll.visibleRows != max(1, visibleRows) { scroll.resize(visibleRows: visibleRows) }
    }

    private var ids: LazyMapSequence<[Row], String> { rows.lazy.map(\.id) }

    private mutating func reorder() {
        ordered = sorted(all)
        rebuild()
    }

    private mutating func rebuild() {
        let needle = Needle(filter.text)
        rows = needle.isEmpty ? ordered : ordered.filter { $0.matches(needle) }
        scroll.refresh(ids)
    }

    private func sorted(_ rows: [Row]) -> [Row] {
        let keyed = rows.map { $0.sortKey(for: order) }
        guard keyed.contains(where: { $0 != nil }) else { return isReversed ? rows.reversed() : rows }
        return rows.indices
            .sorted { first, second in
                let (one, other) = (keyed[first] ?? .nothing, keyed[second] ?? .nothing)
                if one == other { return first < second }
                if one == .nothing || other == .nothing { return other == .nothing }
                return isReversed ? other < one : one < other
            }
            .map { rows[$0] }
    }
}

/// A change of a table's filter.
enum FilterEdit {
    case begin
    case key(Key)
    case paste(String)
    case keep
    case clear
}

extension ScrollState {
    mutating func move(_ movement: Action.Movement, in ids: some RandomAccessCollection<ID>) {
        switch movement {
        case .up: move(by: -1, in: ids)
        case .down: move(by: 1, in: ids)
        case .pageUp: movePages(by: -1, in: ids)
        case .pageDown: movePages(by: 1, in: ids)
        case .top: moveToStart(in: ids)
        case .bottom: moveToEnd(in: ids)
        }
    }
}

extension String {
    /// The text without spaces at its ends.
    var trimmingSpaces: String {
        guard let first = firstIndex(where: { !$0.isWhitespace }),
            let last = lastIndex(where: { !$0.isWhitespace })
        else { return "" }
        return String(self[first...last])
    }
}
