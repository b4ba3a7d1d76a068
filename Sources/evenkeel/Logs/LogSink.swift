import Foundation
import Storage

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A file or a descriptor that a log is written to.
///
/// Several processes may write the same file: lines are appended, and whoever finds it full puts it aside.
struct LogSink: Sendable {
    private var handle: FileHandle
    /// The file, where there is one; it never grows far beyond `maximumFileSize`.
    private let file: URL?

    /// A log file that has grown to this is put aside, and the one put aside before is dropped.
    static let maximumFileSize = 8 << 20

    static let standardError = LogSink(handle: FileHandle(fileDescriptor: STDERR_FILENO))

    init(handle: FileHandle) {
        self.handle = handle
        file = nil
    }

    /// Opens a file, made if it isn't there, appended to if it is.
    init(file: URL) throws {
        try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        handle = try Self.open(file)
        self.file = file
    }

    /// Writes lines, and starts a new file when this one is full.
    mutating func write(_ lines: Data) {
        do {
            try handle.write(contentsOf: lines)
            if let file, try handle.seekToEnd() > Self.maximumFileSize { try rotate(file) }
        } catch {
            // There is nowhere left to tell of it: a log that can't be written must not stop the service.
        }
    }

    private mutating func rotate(_ file: URL) throws {
        let full = handle
        // Who waited for the lock finds a new file in its place.
        flock(full.fileDescriptor, LOCK_EX)
        defer { try? full.close() }
        if let path = FileIdentity(of: file.path), path == FileIdentity(of: full.fileDescriptor) {
            rename(file.path, file.appendingPathExtension("1").path)
        }
        handle = try Self.open(file)
    }

    private static func open(_ file: URL) throws -> FileHandle {
        let descriptor = Foundation.open(file.path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
        return FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
    }
}
