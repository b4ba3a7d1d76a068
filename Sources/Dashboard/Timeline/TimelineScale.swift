import EventService
import Foundation

/// How time is laid on a row of cells: every cell is a fixed piece of time, so that what happened stays in its cell until
/// the whole row moves by one.
struct TimelineScale: Equatable {
    /// The spans that can be shown, shortest first; the service keeps no more than the last.
    static let spans: [Duration] =
        [30, 60, 120, 300, 600, 1800, 3600, 3 * 3600, 6 * 3600, 12 * 3600, 24 * 3600].map { .seconds($0) }

    /// The time of one cell in milliseconds, at least 1.
    let cell: Int64
    /// The number of cells, at least 1.
    let count: Int
    /// The number of the newest cell, the one that holds now, counted from 1970.
    let newest: Int64

    init(span: Duration, width: Int, now: Date) {
        count = max(1, width)
        cell = max(1, (span.milliseconds + Int64(count) - 1) / Int64(count))
        newest = Self.number(of: now, cell: cell)
    }

    /// The column that holds a moment; negative when it is older than the row, `count` or more when it is to come.
    func column(of date: Date) -> Int {
        column(ofNumber: Self.number(of: date, cell: cell))
    }

    /// The column that holds the start of a second since 1970.
    func column(ofSecond second: Int64) -> Int {
        let (milliseconds, overflow) = second.multipliedReportingOverflow(by: 1000)
        return overflow ? Int.min : column(ofNumber: Self.floorDivide(milliseconds, cell))
    }

    /// The columns of something that lasted from one second since 1970 until before another; one for what is short.
    func columns(fromSecond first: Int64, toSecond end: Int64) -> Range<Int> {
        let start = column(ofSecond: first)
        let isLong = (end - first).multipliedReportingOverflow(by: 1000).partialValue > cell
        let stop = isLong ? column(ofSecond: end) : start
        let clipped = max(0, start)
        return clipped..<max(clipped, min(count, max(stop, start == .max ? start : start + 1)))
    }

    /// The moment in the middle of a column.
    func date(ofColumn column: Int) -> Date {
        let number = newest - Int64(count - 1 - column)
        return Date(timeIntervalSince1970: (Double(number) + 0.5) * Double(cell) / 1000)
    }

    /// The column that is this far back from now.
    func column(back: Duration) -> Int {
        count - 1 - Int(clamping: back.milliseconds / cell)
    }

    /// The time until the row moves by a cell.
    func untilNextMove(now: Date) -> Duration {
        let milliseconds = Self.milliseconds(now)
        return .milliseconds((newest + 1) * cell - milliseconds)
    }

    private func column(ofNumber number: Int64) -> Int {
        let (back, overflow) = newest.subtractingReportingOverflow(number)
        if overflow { return number > newest ? Int.max : Int.min }
        let (column, outside) = (count - 1).subtractingReportingOverflow(Int(clamping: back))
        return outside ? (back > 0 ? Int.min : Int.max) : column
    }

    private static func number(of date: Date, cell: Int64) -> Int64 {
        floorDivide(milliseconds(date), cell)
    }

    private static func milliseconds(_ date: Date) -> Int64 {
        Int64(exactly: (date.timeIntervalSince1970 * 1000).rounded()) ?? 0
    }

    private static func floorDivide(_ value: Int64, _ divisor: Int64) -> Int64 {
        let quotient = value / divisor
        return value % divisor < 0 ? quotient - 1 : quotient
    }
}
