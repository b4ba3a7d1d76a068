import Foundation

/// A file or a descriptor that a log is written to.
struct LogSink: Sendable {
    private var handle: FileHandle
    private var size: UInt64
    /// The file, where there is one; it never grows far beyond `maximumFileSize`.
    private let file: URL?

    /// A log file that has grown to this is put aside, and the one put aside before is dropped.
    static let maximumFileSize: UInt64 = 8 << 20

    static let standardError = LogSink(handle: FileHandle(fileDescriptor: STDERR_FILENO), size: 0, file: nil)

    init(handle: FileHandle, size: UInt64, file: URL?) {
        self.handle = handle
        self.size = size
        self.file = file
    }

    /// Opens a file, made if it isn't there, appended to if it is.
    init(file: URL) throws {
        try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        let (handle, size) = try Self.open(file)
        self.init(handle: handle, size: size, file: file)
    }

    /// Writes lines, and starts a new file when this one is full.
    mutating func write(_ lines: Data) {
        do {
            try handle.write(contentsOf: lines)
            size += UInt64(lines.count)
            if let file, size > Self.maximumFileSize { try rotate(file) }
        } catch {
            // There is nowhere left to tell of it: a log that can't be written must not stop the service.
        }
    }

    private mutating func rotate(_ file: URL) throws {
        let previous = file.appendingPathExtension("1")
        if FileManager.default.fileExists(atPath: previous.path) { try FileManager.default.removeItem(at: previous) }
        try FileManager.default.moveItem(at: file, to: previous)
        try handle.close()
        (handle, size) = try Self.open(file)
    }

    private static func open(_ file: URL) throws -> (FileHandle, UInt64) {
        if !FileManager.default.fileExists(atPath: file.path) {
            guard
                FileManager.default.createFile(atPath: file.path, contents: nil, attributes: [.posixPermissions: 0o600])
            else { throw CocoaError(.fileWriteUnknown) }
        }
        let handle = try FileHandle(forWritingTo: file)
        return (handle, try handle.seekToEnd())
    }
}
