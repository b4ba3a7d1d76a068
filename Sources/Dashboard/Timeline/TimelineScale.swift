import EventService
import Foundation

/// How time is laid on a row of cells: every cell is a fixed piece of time, so that what happened stays in its cell until
/// the whole row moves by one.
struct TimelineScale: Equatable {
    /// The spans that can be shown, shortest first; the service keeps no more than the last.
    static let spans: [Duration] = [.seconds(30), .seconds(60), .seconds(120), .seconds(300), .seconds(600)]

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
