/// A column of a table.
public struct TableColumn: Hashable, Sendable {
    /// Its heading.
    public var title: DisplayText
    /// The least width it is any use with, 1 at least.
    public var minimum: Int
    /// The width beyond which it gets no more; nil for no limit.
    public var maximum: Int?
    /// Its share of what the columns leave over; 0 keeps it at its minimum.
    public var weight: Int
    /// Where its text stands.
    public var alignment: Alignment
    /// Columns with a lower priority are dropped first when the table gets narrow.
    public var priority: Int

    /// Makes a column.
    public init(
        _ title: DisplayText,
        minimum: Int,
        maximum: Int? = nil,
        weight: Int = 0,
        alignment: Alignment = .leading,
        priority: Int = 0
    ) {
        self.title = title
        self.minimum = max(1, min(minimum, coordinateLimit))
        self.maximum = maximum.map { max(1, $0) }
        self.weight = max(0, weight)
        self.alignment = alignment
        self.priority = priority
    }
}

/// Which of a table's columns show, and where.
public struct TableLayout: Hashable, Sendable {
    /// A column that shows.
    public struct Place: Hashable, Sendable {
        /// Its position among all columns.
        public let column: Int
        /// The columns of the screen left of it, counted from the table's left.
        public let offset: Int
        /// Its width.
        public let width: Int
    }

    /// The columns that show, from left to right.
    public let places: [Place]

    /// Lays columns out.
    ///
    /// - Parameters:
    ///   - columns: All columns.
    ///   - width: The room there is.
    ///   - spacing: The blanks between two columns.
    public init(_ columns: [TableColumn], width: Int, spacing: Int = 2) {
        let spacing = max(0, min(spacing, 16))
        var shown = Array(columns.indices)
        func needed() -> Int {
            shown.reduce(0) { $0 + columns[$1].minimum } + spacing * max(0, shown.count - 1)
        }
        while needed() > width, shown.count > 1 {
            // Of the least important ones the last goes first.
            guard
                let victim = shown.indices.reversed().min(by: {
                    columns[shown[$0]].priority < columns[shown[$1]].priority
                })
            else { break }
            shown.remove(at: victim)
        }
        let widths = Self.widths(shown.map { columns[$0] }, room: width - spacing * max(0, shown.count - 1))
        var offset = 0
        places = zip(shown, widths).compactMap { column, width in
            defer { offset += width + spacing }
            return width > 0 ? Place(column: column, offset: offset, width: width) : nil
        }
    }

    /// Gives each its minimum, then shares the rest by weight up to the maximums.
    private static func widths(_ columns: [TableColumn], room: Int) -> [Int] {
        var widths = columns.map(\.minimum)
        if columns.count == 1 {
            widths[0] = min(widths[0], max(0, room))
        }
        var growing = columns.indices.filter { columns[$0].weight > 0 }
        while !growing.isEmpty {
            let left = room - widths.reduce(0, +)
            guard left > 0 else { break }
            let lengths = growing.map { Length.flexible(weight: columns[$0].weight) }
            let shares = Rect.distribute(left, over: lengths)
            let full = zip(growing, shares).filter { index, share in
                columns[index].maximum.map { widths[index] + share >= $0 } ?? false
            }
            if full.isEmpty {
                for (index, share) in zip(growing, shares) {
                    widths[index] += share
                }
                break
            }
            for (index, _) in full {
                widths[index] = max(widths[index], columns[index].maximum ?? 0)
            }
            growing.removeAll { index in full.contains { $0.0 == index } }
        }
        return widths
    }

    /// The column at a place of the table, for a click on its heading; nil between columns.
    public func column(at offset: Int) -> Int? {
        places.first { $0.offset <= offset && offset < $0.offset + $0.width }?.column
    }
}
