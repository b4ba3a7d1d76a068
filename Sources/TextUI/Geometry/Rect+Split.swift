/// How much of an area one part gets when it is split.
public enum Length: Hashable, Sendable {
    /// So many cells, fewer where there are not enough. Negative counts as 0.
    case fixed(Int)
    /// A share of what the fixed ones leave, by weight, and at least a minimum while there is room.
    case flexible(weight: Int = 1, minimum: Int = 0)

    /// One share, without a minimum.
    public static let rest = Length.flexible()
}

extension Rect {
    /// Splits the area into one below the other.
    ///
    /// - Parameters:
    ///   - lengths: The height of each part. Where there is not enough room the first parts are served first.
    ///   - overlap: Rows that neighbours share (1 for a common border); counted for both.
    /// - Returns: As many areas as lengths, some perhaps without cells.
    public func splitRows(_ lengths: [Length], overlap: Int = 0) -> [Rect] {
        Self.spans(lengths, of: rows, overlap: overlap).map { start, length in
            Rect(column: column, row: row + start, columns: columns, rows: length)
        }
    }

    /// Splits the area into one beside the other.
    ///
    /// - Parameters:
    ///   - lengths: The width of each part. Where there is not enough room the first parts are served first.
    ///   - overlap: Columns that neighbours share; counted for both.
    /// - Returns: As many areas as lengths, some perhaps without cells.
    public func splitColumns(_ lengths: [Length], overlap: Int = 0) -> [Rect] {
        Self.spans(lengths, of: columns, overlap: overlap).map { start, length in
            Rect(column: column + start, row: row, columns: length, rows: rows)
        }
    }

    private static func spans(_ lengths: [Length], of total: Int, overlap: Int) -> [(start: Int, length: Int)] {
        let overlap = max(0, min(overlap, total))
        let shared = overlap * max(0, lengths.count - 1)
        var start = 0
        return distribute(total + shared, over: lengths).map { length in
            let length = max(0, min(length, total - start))
            defer { start += max(0, length - overlap) }
            return (start, length)
        }
    }

    /// The cells each part gets; never more than the total, and all of it while there is a flexible part.
    static func distribute(_ total: Int, over lengths: [Length]) -> [Int] {
        var left = max(0, total)
        var result = lengths.map { length in
            let wanted =
                switch length {
                case .fixed(let count): count
                case .flexible(_, let minimum): minimum
                }
            let given = max(0, min(wanted, left))
            left -= given
            return given
        }
        // Shares are of everything the flexible parts get, so that a minimum isn't added on top of a share.
        for (index, extra) in shares(of: left, over: lengths, minimums: result) {
            result[index] += extra
        }
        return result
    }

    private static func shares(of left: Int, over lengths: [Length], minimums: [Int]) -> [(Int, Int)] {
        var open = lengths.indices.compactMap { index -> (index: Int, weight: Int)? in
            guard case .flexible(let weight, _) = lengths[index], weight > 0 else { return nil }
            return (index, min(weight, coordinateLimit))
        }
        // A part whose minimum is more than its share keeps the minimum; the others share the rest.
        while !open.isEmpty {
            let pool = left + open.reduce(0) { $0 + minimums[$1.index] }
            let weights = open.reduce(0) { $0 + $1.weight }
            let satisfied = open.firstIndex { minimums[$0.index] * weights > pool * $0.weight }
            guard let satisfied else { return divide(pool, over: open, minimums: minimums) }
            open.remove(at: satisfied)
        }
        return []
    }

    private static func divide(_ pool: Int, over parts: [(index: Int, weight: Int)], minimums: [Int]) -> [(Int, Int)] {
        var pool = pool
        var weights = parts.reduce(0) { $0 + $1.weight }
        return parts.map { part in
            // At least the minimum: rounding down the parts before may have left exactly that.
            let share = max(minimums[part.index], pool * part.weight / weights)
            pool -= share
            weights -= part.weight
            return (part.index, share - minimums[part.index])
        }
    }
}
