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
        // What takes the place of another file is written beside it, so that it does so in one step.
        let path = isReplacing ? url.path + ".\(UInt32.random(in: .min ... .max)).part" : url.path
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw errno == EEXIST ? .exists : .system(errno) }
        var failure = Self.fill(descriptor, with: bytes)
        close(descriptor)
        if failure == nil, isReplacing, rename(path, url.path) != 0 { failure = .system(errno) }
        guard let failure else { return }
        unlink(path)
        throw failure
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
