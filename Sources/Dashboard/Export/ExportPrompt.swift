import TextUI

/// What the dashboard can write to a file.
public enum ExportSource: String, Equatable, Sendable {
    case users
    case events
    case outbox
    case timeline
}

/// The question where to write what is shown.
public struct ExportPrompt: Equatable, Sendable {
    /// What is written.
    var source: ExportSource
    /// The name of the file.
    var name: LineEditor
    /// What is wrong with the name, or why nothing was written to it, once it was tried.
    var problem: String?
    /// What is being written, until it is known what became of it.
    var writing: Export?
}

/// A table on its way to a file.
public struct Export: Equatable, Sendable {
    /// The rows.
    public var table: ExportTable
    /// How they are written.
    public var format: ExportFormat
    /// The file, as typed.
    public var file: String

    /// Creates an export from its parts.
    public init(table: ExportTable, format: ExportFormat, file: String) {
        self.table = table
        self.format = format
        self.file = file
    }
}

/// What became of an export.
public enum ExportOutcome: Equatable, Sendable {
    /// It was written, to a file of this name in this folder.
    case written(name: String, folder: String)
    /// There is such a file, and it was left as it is.
    case exists
    /// It could not be written, for this reason.
    case failed(String)
}
