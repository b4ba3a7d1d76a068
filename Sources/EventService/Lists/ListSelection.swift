/// The first rows of a list in its order, chosen without sorting more than they need.
///
/// Rows come in runs. A run is sorted and merged into the best so far, of which only as many are kept as are needed.
struct ListSelection {
    /// The rows of a run, so many that sorting them takes about a millisecond.
    static let runLength = 4096

    private let keys: SortKeys
    private let needed: Int
    private let isBackward: Bool

    /// The best rows so far, in order.
    private(set) var rows: [Int32] = []

    /// - Parameters:
    ///   - needed: How many rows are wanted.
    ///   - isBackward: Whether the last rows are wanted, the very last first.
    init(_ keys: SortKeys, needed: Int, isBackward: Bool) {
        self.keys = keys
        self.needed = needed
        self.isBackward = isBackward
    }

    /// Takes some more rows.
    mutating func add(_ run: some Sequence<Int32>) {
        guard needed > 0 else { return }
        var run = Array(run)
        if rows.count == needed, let last = rows.last { run.removeAll { !isBefore($0, last) } }
        guard !run.isEmpty else { return }
        run.sort(by: isBefore)
        rows = merged(run)
    }

    private func merged(_ run: [Int32]) -> [Int32] {
        guard !rows.isEmpty else { return Array(run.prefix(needed)) }
        var result: [Int32] = []
        result.reserveCapacity(min(needed, rows.count + run.count))
        var (left, right) = (0, 0)
        while result.count < needed, left < rows.count || right < run.count {
            let takesRun = left == rows.count || right < run.count && isBefore(run[right], rows[left])
            result.append(takesRun ? run[right] : rows[left])
            if takesRun { right += 1 } else { left += 1 }
        }
        return result
    }

    private func isBefore(_ left: Int32, _ right: Int32) -> Bool {
        let order = keys.compare(Int(left), Int(right))
        // Rows that are equal stay in the list's own order.
        let isBefore = order == 0 ? left < right : order < 0
        return isBackward ? !isBefore && left != right : isBefore
    }
}
