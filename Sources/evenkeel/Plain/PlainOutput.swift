import NIOPosix
import Synchronization
import SystemPackage

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A descriptor that text is written to, and that perhaps nobody reads: waiting for that can be cancelled.
final class PlainOutput: Sendable {
    private let descriptor: FileDescriptor
    private let rest = Mutex<[UInt8]>([])

    /// As many bytes at once a pipe that has room takes without blocking.
    private static let portion = Int(PIPE_BUF)
    private static let patience = Duration.milliseconds(50)

    init(_ descriptor: FileDescriptor) {
        self.descriptor = descriptor
    }

    /// Writes what an earlier call had to leave, and the text; of what it leaves when it is cancelled, the next call begins.
    /// - Throws: `CancellationError`, or the `Errno` of the system call.
    func write(_ text: String) async throws {
        rest.withLock { $0 += text.utf8 }
        while true {
            let portion = rest.withLock { Array($0.prefix(Self.portion)) }
            guard !portion.isEmpty else { return }
            try Task.checkCancellation()
            // Not on the threads that serve: a disk may be slow.
            let count = try await NIOThreadPool.singleton.runIfActive { [descriptor] in
                try Self.write(portion, to: descriptor)
            }
            rest.withLock { $0.removeFirst(count) }
            if count == 0 { try await Task.sleep(for: Self.patience) }
        }
    }

    /// - Returns: How many bytes were written, none where there is no room.
    private static func write(_ bytes: [UInt8], to descriptor: FileDescriptor) throws -> Int {
        var state = pollfd(fd: descriptor.rawValue, events: Int16(POLLOUT), revents: 0)
        guard poll(&state, 1, 0) > 0 else { return 0 }
        do {
            return try bytes.withUnsafeBytes { try descriptor.write($0) }
        } catch Errno.resourceTemporarilyUnavailable {
            return 0
        }
    }
}
