import TextUI

/// The pane of the log.
struct LogState: Equatable, Sendable {
    /// The lines that are serious enough and found, oldest first.
    private(set) var table = TableState<LogLine>(order: .given)
    /// The least serious lines that are shown.
    private(set) var minimum = LogLine.Level.trace
    /// Whether new lines are being told.
    var isFollowed = false
    /// The pane that had the focus before.
    var cameFrom = Pane.users

    private var lines: [LogLine] = []

    /// The number of the last line that is known, 0 before the first.
    var lastNumber: UInt64 { lines.last?.number ?? 0 }

    /// How many lines there are, serious or not.
    var count: Int { lines.count }

    /// Takes new lines, oldest first, each once; the cursor follows the newest for as long as it stands on it.
    mutating func append(_ new: [LogLine]) {
        for line in new where line.number > lastNumber { lines.append(line) }
        lines.removeFirst(max(0, lines.count - LogLine.capacity))
        rebuild()
    }

    /// Shows only what is more serious, and after the most serious level everything again.
    mutating func raiseMinimum() {
        minimum = LogLine.Level(rawValue: minimum.rawValue + 1) ?? .trace
        rebuild()
    }

    mutating func change(_ change: (inout TableState<LogLine>) -> Void) {
        change(&table)
    }

    /// Filters; what was followed to the end still is.
    mutating func apply(_ edit: FilterEdit) {
        keepingEnd { $0.apply(edit) }
    }

    private mutating func rebuild() {
        let shown = minimum == .trace ? lines : lines.filter { $0.level >= minimum }
        keepingEnd { $0.show(shown) }
    }

    private mutating func keepingEnd(_ change: (inout TableState<LogLine>) -> Void) {
        let isAtEnd = table.scroll.selectedIndex >= table.rows.count - 1
        change(&table)
        if isAtEnd { table.move(.bottom) }
    }
}
