import Foundation

/// A file that only its owner may read, written as a whole or not at all.
struct PrivateFile {
    let url: URL

    /// Why a file was not written.
    enum WriteError: Error, Equatable, CustomStringConvertible {
        /// There is one, and it is not to be replaced.
        case exists
        /// A system call failed.
        case system(Int32)

        var description: String {
            switch self {
            case .exists: "it is there already"
            case .system(let code): String(cString: strerror(code))
            }
        }
    }

    /// Writes the file; after a failure it is as it was.
    /// - Parameter isReplacing: Whether one that is there is replaced.
    func write(_ bytes: [UInt8], isReplacing: Bool) throws(WriteError) {
        // Beside it, under a name that is short enough for every file system, so that it takes its place in one step.
        let name = ".evenkeel-\(UInt32.random(in: .min ... .max)).part"
        let part = url.deletingLastPathComponent().appendingPathComponent(name).path
        let descriptor = open(part, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw .system(errno) }
        defer { unlink(part) }
        let failure = Self.fill(descriptor, with: bytes)
        close(descriptor)
        if let failure { throw failure }
        if isReplacing {
            guard rename(part, url.path) == 0 else { throw .system(errno) }
        } else {
            try Self.place(part, at: url.path)
        }
    }

    /// Gives a file its name unless another has it.
    private static func place(_ part: String, at path: String) throws(WriteError) {
        if link(part, path) == 0 { return }
        switch errno {
        case EEXIST: throw .exists
        case EPERM, EOPNOTSUPP, ENOSYS:
            // A file system without links: the name is taken first, for want of something better.
            let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
            guard descriptor >= 0 else { throw errno == EEXIST ? .exists : .system(errno) }
            close(descriptor)
            guard rename(part, path) == 0 else { throw .system(errno) }
        case let code: throw .system(code)
        }
    }

    private static func fill(_ descriptor: Int32, with bytes: [UInt8]) -> WriteError? {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno != EINTR { return .system(errno) }
            rest = rest.dropFirst(max(0, count))
        }
        return fsync(descriptor) == 0 ? nil : .system(errno)
    }
}
