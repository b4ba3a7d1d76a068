import EventService
import Synchronization

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A lock on a file or folder that one process has at a time.
///
/// The kernel gives it back when the process ends, however it ends, and no program that the process starts inherits it.
final class FileLock: Sendable {
    private let descriptor: Mutex<Int32?>

    /// Takes the lock of a file, which is made where there is none; `nil` if somebody has it.
    static func take(file path: String) throws(StoreError) -> FileLock? {
        try take(open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600), path)
    }

    /// Takes the lock of a folder; `nil` if somebody has it.
    static func take(folder path: String) throws(StoreError) -> FileLock? {
        try take(open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC), path)
    }

    private static func take(_ descriptor: Int32, _ path: String) throws(StoreError) -> FileLock? {
        guard descriptor >= 0 else { throw StoreError(errno: errno, in: path) }
        if flock(descriptor, LOCK_EX | LOCK_NB) == 0 { return FileLock(descriptor) }
        let code = errno
        close(descriptor)
        guard code == EWOULDBLOCK else { throw StoreError(errno: code, in: path) }
        return nil
    }

    private init(_ descriptor: Int32) {
        self.descriptor = Mutex(descriptor)
    }

    deinit { release() }

    /// Gives the lock back.
    func release() {
        descriptor.withLock { descriptor in
            if let descriptor { close(descriptor) }
            descriptor = nil
        }
    }
}
