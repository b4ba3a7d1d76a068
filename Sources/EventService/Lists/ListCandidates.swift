/// The elements that a page is taken from, and which of them in their order.
struct ListCandidates {
    /// The rows of the sort keys, in the list's own order.
    let rows: [Int32]

    /// Whether the page is counted from the end.
    let isBackward: Bool

    /// Which of the rows, once they are in order, are the page's.
    let range: Range<Int>

    init(_ query: ListQuery, _ scan: ListScan) {
        let all = (0..<scan.matches.count).map { Int32($0) + 1 }
        var first = 0
        switch query.start {
        case .beginning: (rows, isBackward) = (all, false)
        case .offset(let offset):
            (rows, isBackward) = (all, false)
            first = min(offset, all.count)
        case .cursor(let cursor):
            let boundary = cursor.boundary(scan.anchor?.place)
            isBackward = cursor.isBackward
            rows = all.filter { row in
                let order = scan.keys.compare(Int(row), 0)
                let place = Int(scan.matches[Int(row) - 1].place)
                return cursor.isBackward
                    ? order < 0 || order == 0 && place < boundary : order > 0 || order == 0 && place > boundary
            }
        }
        range = first..<min(first + (query.limit ?? rows.count), rows.count)
    }

    /// Whether elements come before the page in the order.
    func hasPrevious(of total: Int) -> Bool {
        isBackward ? range.upperBound < rows.count : total > rows.count || range.lowerBound > 0
    }

    /// Whether elements come behind the page in the order.
    func hasNext(of total: Int) -> Bool {
        isBackward ? total > rows.count : range.upperBound < rows.count
    }
}

extension ListCursor {
    /// The place that parts the elements with the cursor's own values: those on this side of it were returned.
    fileprivate func boundary(_ anchor: Int?) -> Int {
        if let anchor { return anchor }
        if isWhole { return isBackward ? Int.max : -1 }
        return place
    }
}
