import EventService
import Foundation

/// The folder of the files, for nobody but its owner.
struct DataFolder {
    /// Where it is.
    let path: String

    /// Makes the folder, where there is none, so that it is still there after a loss of power.
    static func make(at url: URL) throws(StoreError) -> DataFolder {
        let folder = DataFolder(path: url.standardizedFileURL.path)
        try make(URL(fileURLWithPath: folder.path, isDirectory: true))
        return folder
    }

    /// The path of a file in it.
    func path(of file: String) -> String { path + "/" + file }

    /// Makes an empty file, where there is none, which is still there after a loss of power.
    ///
    /// SQLite would make one that others may read, and gives the files that it makes beside it the rights of this one.
    func make(file: String) throws(StoreError) {
        let path = path(of: file)
        let descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            guard errno == EEXIST else { throw StoreError(errno: errno, in: path) }
            // SQLite would call a folder an error of the disk.
            var status = stat()
            let isFolder = stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
            if isFolder { throw StoreError(errno: EISDIR, in: path) }
            return
        }
        close(descriptor)
        try Self.sync(self.path)
    }

    /// Does something that only one process may do at a time, and waits for others who do.
    /// - Parameter patience: How long to wait.
    func whileLocked<Value>(
        patience: Duration,
        _ body: () throws(StoreError) -> Value
    ) throws(StoreError) -> Value {
        let end = ContinuousClock.now + patience
        while ContinuousClock.now < end {
            if let lock = try FileLock.take(folder: path) {
                defer { lock.release() }
                return try body()
            }
            usleep(10_000)
        }
        throw StoreError(.unavailable, in: path, reason: "another process is still opening it")
    }

    private static func make(_ folder: URL) throws(StoreError) {
        if mkdir(folder.path, 0o700) == 0 { return try sync(folder.deletingLastPathComponent().path) }
        switch errno {
        case EEXIST: return
        case ENOENT where folder.path != "/":
            try make(folder.deletingLastPathComponent())
            guard mkdir(folder.path, 0o700) == 0 || errno == EEXIST else {
                throw StoreError(errno: errno, in: folder.path)
            }
            try sync(folder.deletingLastPathComponent().path)
        default: throw StoreError(errno: errno, in: folder.path)
        }
    }

    private static func sync(_ folder: String) throws(StoreError) {
        let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw StoreError(errno: errno, in: folder) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw StoreError(errno: errno, in: folder) }
    }
}
