/// A place on the grid; column 0 and row 0 are at the top left.
public struct Point: Hashable, Sendable {
    /// The column, −32,767 to 32,767.
    public let column: Int
    /// The row, −32,767 to 32,767.
    public let row: Int

    /// Makes a place; values outside of ±32,767 are clamped.
    public init(column: Int, row: Int) {
        self.column = min(max(column, -coordinateLimit), coordinateLimit)
        self.row = min(max(row, -coordinateLimit), coordinateLimit)
    }

    /// The top left.
    public static let zero = Point(column: 0, row: 0)

    /// The place so many columns and rows away.
    public func moved(columns: Int = 0, rows: Int = 0) -> Point {
        Point(
            column: column.addingReportingOverflow(columns).partialValue,
            row: row.addingReportingOverflow(rows).partialValue
        )
    }
}
