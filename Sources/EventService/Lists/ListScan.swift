import NIOCore

/// The elements of a list that pass a query's filters, found in one pass over the list's bytes.
///
/// It takes the bytes in chunks, so that a long list leaves its thread to others now and then. Of an element it keeps where it
/// stands, 12 bytes, and 16 bytes for each value to sort by, with at most 256 of a text.
struct ListScan {
    /// An element that passed.
    struct Match {
        fileprivate let start: UInt32
        fileprivate let end: UInt32
        /// Where the element stands in the list, from 0.
        let place: Int32

        /// Where its bytes are in the readable bytes.
        var range: Range<Int> { Int(start)..<Int(end) }
    }

    /// The bytes after which a chunk ends with the element that reaches them.
    static let chunkSize = 256 * 1024

    /// The elements that passed, in the list's order.
    private(set) var matches: [Match] = []

    /// What the elements are sorted by: row 0 is the cursor's, row n + 1 is that of match n.
    private(set) var keys: SortKeys

    /// Which columns some element has.
    private(set) var seen: [Bool]

    /// Whether all was scanned.
    private(set) var isFinished = false

    /// The nearest of the cursor's ids that is still there: which one, and where.
    private(set) var anchor: (index: Int, place: Int)?

    private let columns: ListColumns
    private let filters: [ListFilter]
    private let cursor: ListCursor?
    private var found: [ListMember?]
    private var count: Int32 = 0
    private var offset = 0

    init(_ query: ListQuery, _ columns: ListColumns) {
        self.columns = columns
        filters = query.filters
        keys = SortKeys(query.sort)
        if case .cursor(let cursor) = query.start { self.cursor = cursor } else { cursor = nil }
        for column in query.sort.indices { keys.append(cursor?.values[column] ?? .missing) }
        found = Array(repeating: nil, count: columns.names.count)
        seen = Array(repeating: false, count: columns.names.count)
    }

    /// Scans the next chunk of the list.
    /// - Throws: `JSONError` where it is not an array of objects.
    mutating func scanChunk(of body: ByteBuffer) throws(JSONError) {
        let result = body.withUnsafeReadableBytes { bytes in
            Result { () throws(JSONError) in
                var scanner = JSONScanner(bytes)
                scanner.offset = offset
                try scanElements(&scanner)
                offset = scanner.offset
            }
        }
        try result.get()
    }

    private mutating func scanElements(_ scanner: inout JSONScanner) throws(JSONError) {
        let end = scanner.offset + Self.chunkSize
        if count == 0 {
            guard scanner.consume(UInt8(ascii: "[")) else { throw scanner.error("an array should start here") }
            isFinished = scanner.consume(UInt8(ascii: "]"))
        }
        while !isFinished, scanner.offset < end {
            try scanElement(&scanner)
            if scanner.consume(UInt8(ascii: ",")) { continue }
            guard scanner.consume(UInt8(ascii: "]")) else {
                throw scanner.error("a comma or ] should follow the element")
            }
            isFinished = true
        }
        if isFinished { try scanner.finish() }
    }

    private mutating func scanElement(_ scanner: inout JSONScanner) throws(JSONError) {
        scanner.skipWhitespace()
        let start = scanner.offset
        if columns.names.isEmpty {
            guard try scanner.peekKind() == .object else { throw scanner.error("an object should start here") }
            try scanner.skipValue()
        } else {
            try findMembers(&scanner)
        }
        take(start..<scanner.offset, scanner)
        count += 1
    }

    private mutating func findMembers(_ scanner: inout JSONScanner) throws(JSONError) {
        for column in found.indices { found[column] = nil }
        try scanner.scanObject { (scanner, key) throws(JSONError) in
            let kind = try scanner.peekKind()
            let range = try scanner.skipValue()
            for column in columns.names.indices where scanner.string(at: key, equals: columns.names[column]) {
                found[column] = ListMember(kind: kind, range: range)
                seen[column] = true
            }
        }
    }

    /// Keeps the element that was found, if it passes, and looks whether it is one that the cursor knows.
    private mutating func take(_ range: Range<Int>, _ scanner: JSONScanner) {
        let passes = zip(filters, columns.filters).allSatisfy { $0.holds(for: found[$1], in: scanner) }
        let pin = cursor.flatMap { indexOfID(in: $0, scanner) }
        guard passes || pin != nil else { return }
        for column in columns.sort { keys.append(found[column], in: scanner) }
        let row = matches.count + 1
        if let pin, keys.compare(row, 0) == 0 { anchor = (pin, Int(count)) }
        if passes {
            matches.append(Match(start: UInt32(range.lowerBound), end: UInt32(range.upperBound), place: count))
        } else {
            keys.removeLast()
        }
    }

    /// Which of the cursor's ids the element has, if it is nearer than what was found before.
    private func indexOfID(in cursor: ListCursor, _ scanner: JSONScanner) -> Int? {
        guard let column = columns.id, let id = found[column] else { return nil }
        let candidates = cursor.ids[..<(anchor?.index ?? cursor.ids.count)]
        guard !candidates.isEmpty, id.kind == .string || id.kind == .number else { return nil }
        return scanner.withText(of: id) { text in
            candidates.firstIndex { $0.withUnsafeBytes { compareBytes(text, $0) == 0 } }
        } ?? nil
    }
}
