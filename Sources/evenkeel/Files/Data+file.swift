import Foundation

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

extension Data {
    /// Reads a regular file of any size; it waits for nobody, as it would where the name is that of a pipe or a device.
    /// - Parameter maximumSize: The most bytes that are of use.
    /// - Returns: All the bytes, or `nil` where there are more.
    /// - Throws: Why the file can't be read.
    static func contents(of file: URL, maximumSize: Int) throws -> Data? {
        let descriptor = open(file.path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
        guard descriptor >= 0 else { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
        let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
        switch status.st_mode & S_IFMT {
        case S_IFREG: break
        case S_IFDIR: throw POSIXError(.EISDIR)
        default:
            throw CocoaError(.fileReadUnknown, userInfo: [NSLocalizedDescriptionKey: "it is no regular file"])
        }
        let data = try handle.read(upToCount: maximumSize + 1) ?? Data()
        return data.count <= maximumSize ? data : nil
    }
}
