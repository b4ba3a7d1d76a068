/// Rows as they leave the dashboard for a file.
public struct ExportTable: Equatable, Sendable {
    /// A cell.
    public enum Value: Equatable, Sendable {
        /// Text, which may be untrusted.
        case text(String)
        /// A whole number.
        case number(Int)
        /// Nothing is known.
        case nothing

        init(_ text: String?) {
            self = text.map(Value.text) ?? .nothing
        }
    }

    /// The names of the columns, no two alike.
    public var columns: [String]
    /// The rows, each with a value for every column.
    public var rows: [[Value]]

    /// Creates a table from its parts.
    public init(columns: [String], rows: [[Value]]) {
        self.columns = columns
        self.rows = rows
    }
}

/// How a table is written to a file.
public enum ExportFormat: String, CaseIterable, Equatable, Sendable {
    /// Comma-separated values (RFC 4180).
    case csv
    /// An array of objects.
    case json

    /// The format that a file's name ends in, whatever its case.
    init?(fileName: String) {
        let parts = fileName.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count > 1, let end = parts.last else { return nil }
        self.init(rawValue: end.lowercased())
    }
}
