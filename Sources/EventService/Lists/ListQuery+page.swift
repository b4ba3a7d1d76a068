public import NIOCore

extension ListQuery {
    /// The part of a list that the query asks for.
    ///
    /// The list is scanned once and nothing of it decoded but what is sorted and filtered by. After every 256 KiB, and every
    /// 4,096 elements sorted, other tasks get their turn. A plain query gives the list as it came, without a look at it.
    /// - Parameters:
    ///   - body: A JSON array of objects.
    ///   - fields: What is documented of the elements.
    /// - Throws: `ServiceError`: `invalid` where a member that is named is neither documented nor in any element, with each
    ///   parameter that names such; `badUpstream` where the list isn't what it should be; `cancelled`.
    public func page(of body: ByteBuffer, fields documented: ListFields) async throws(ServiceError) -> ListPage {
        guard !isPlain else { return ListPage(body: body) }
        let columns = ListColumns(self, documented)
        let scan = try await scan(body, columns)
        if let error = columns.error(seen: scan.seen, documented) { throw error }

        let candidates = ListCandidates(self, scan)
        let page = try await page(from: candidates, scan)
        var result = ListPage(body: try await copy(page.lazy.map { scan.matches[$0].range }, of: body))
        result.total = scan.matches.count
        result.links = links(to: page, candidates, scan, body)
        return result
    }

    private func scan(_ body: ByteBuffer, _ columns: ListColumns) async throws(ServiceError) -> ListScan {
        var scan = ListScan(self, columns)
        while true {
            do {
                try scan.scanChunk(of: body)
            } catch {
                throw ServiceError(.badUpstream, message: "the list is not what it should be: \(error)")
            }
            if scan.isFinished { return scan }
            try await giveWay()
        }
    }

    /// The indices of the page's elements among the matches, in order.
    private func page(from candidates: ListCandidates, _ scan: ListScan) async throws(ServiceError) -> [Int] {
        let range = candidates.range
        var rows: [Int32]
        if sort.isEmpty {
            rows = candidates.isBackward ? Array(candidates.rows.reversed()) : candidates.rows
        } else {
            var selection = ListSelection(scan.keys, needed: range.upperBound, isBackward: candidates.isBackward)
            for start in stride(from: 0, to: candidates.rows.count, by: ListSelection.runLength) {
                if start > 0 { try await giveWay() }
                selection.add(candidates.rows[start..<min(start + ListSelection.runLength, candidates.rows.count)])
            }
            rows = selection.rows
        }
        rows = Array(rows[range])
        if candidates.isBackward { rows.reverse() }
        return rows.map { Int($0) - 1 }
    }

    private func copy(
        _ ranges: some Collection<Range<Int>>,
        of body: ByteBuffer
    ) async throws(ServiceError) -> ByteBuffer {
        var copy = ListBody(names: fields, capacity: ranges.reduce(0) { $0 + $1.count + 1 })
        var rest = ranges[...]
        while let _ = rest.first {
            var size = 0
            let chunk = rest.prefix { range in
                defer { size += range.count }
                return size < ListScan.chunkSize
            }
            copy.add(chunk, of: body)
            rest = rest.dropFirst(chunk.count)
            if !rest.isEmpty { try await giveWay() }
        }
        return copy.finish()
    }

    private func giveWay() async throws(ServiceError) {
        guard !Task.isCancelled else { throw .givenUp }
        await Task.yield()
    }
}
