import NIOCore

extension ListQuery {
    /// Where the pages around a page start.
    /// - Parameter page: The indices of its elements among the matches, in order.
    func links(to page: [Int], _ candidates: ListCandidates, _ scan: ListScan, _ body: ByteBuffer) -> ListPage.Links {
        guard let limit else { return ListPage.Links() }
        let total = scan.matches.count
        if case .offset(let offset) = start { return .offsets(offset, limit: limit, total: total) }
        var links = ListPage.Links(first: .beginning)
        body.withUnsafeReadableBytes { bytes in
            let scanner = JSONScanner(bytes)
            if let last = page.last, candidates.hasNext(of: total) {
                links.next = .cursor(ListCursor(at: last, isBackward: false, sort, scan, scanner))
            }
            if let first = page.first, candidates.hasPrevious(of: total) {
                links.previous = .cursor(ListCursor(at: first, isBackward: true, sort, scan, scanner))
            }
        }
        return links
    }
}

extension ListPage.Links {
    /// The links of a page that an offset tells.
    fileprivate static func offsets(_ offset: Int, limit: Int, total: Int) -> ListPage.Links {
        // The last page is one of those that steps of the limit reach from this one.
        let first = offset % limit
        let last = total > first ? first + (total - first - 1) / limit * limit : 0
        let next = offset + limit
        return ListPage.Links(
            first: .offset(0),
            previous: offset > 0 ? .offset(max(0, min(offset - limit, last))) : nil,
            next: next < total && next <= ListQuery.maximumOffset ? .offset(next) : nil,
            last: last <= ListQuery.maximumOffset ? .offset(last) : nil
        )
    }
}

extension ListCursor {
    /// The cursor at an element, told by its index among the matches.
    fileprivate init(at match: Int, isBackward: Bool, _ sort: [ListSortKey], _ scan: ListScan, _ scanner: JSONScanner) {
        self.init(
            isBackward: isBackward,
            sort: sort,
            values: scan.keys.values(at: match + 1),
            ids: [],
            isWhole: true,
            place: Int(scan.matches[match].place)
        )
        addIDs(at: match, scan, scanner)
    }

    /// Adds the ids of the element and of those next to it with the same values, as far as they have room.
    private mutating func addIDs(at match: Int, _ scan: ListScan, _ scanner: JSONScanner) {
        let (end, step) = isBackward ? (scan.matches.count, 1) : (-1, -1)
        for other in stride(from: match, to: end, by: step) where scan.keys.compare(other + 1, match + 1) == 0 {
            if add(scanner.member("id", ofObjectAt: scan.matches[other].range), scanner) { continue }
            isWhole = false
            return
        }
    }

    /// Adds an id; says whether there was one and it had room.
    private mutating func add(_ id: ListMember?, _ scanner: JSONScanner) -> Bool {
        guard let id, id.kind == .string || id.kind == .number, ids.count < Self.maximumIDs else { return false }
        guard let text = scanner.withText(of: id, { Array($0) }) else { return false }
        guard ids.reduce(text.count, { $0 + $1.count }) <= Self.maximumIDBytes else { return false }
        ids.append(text)
        return true
    }
}
