/// The greatest coordinate there is; greater ones are clamped to it so that sums can't overflow.
let coordinateLimit = 32_767

/// A number of columns and rows.
public struct Size: Hashable, Sendable {
    /// The width, 0 to 32,767.
    public let columns: Int
    /// The height, 0 to 32,767.
    public let rows: Int

    /// Makes a size; values outside of 0 to 32,767 are clamped.
    public init(columns: Int, rows: Int) {
        self.columns = min(max(columns, 0), coordinateLimit)
        self.rows = min(max(rows, 0), coordinateLimit)
    }

    /// No columns and no rows.
    public static let zero = Size(columns: 0, rows: 0)

    /// Whether there is no cell in it.
    public var isEmpty: Bool { columns == 0 || rows == 0 }

    /// Whether another size fits into this one.
    public func holds(_ other: Size) -> Bool {
        other.columns <= columns && other.rows <= rows
    }
}
