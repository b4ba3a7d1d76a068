import Foundation

extension Data {
    /// Reads a file that may be of any size, or never end; it waits for nobody, as it would where the name is a pipe's.
    /// - Parameter maximumSize: The most bytes that are of use.
    /// - Returns: All the bytes, or `nil` where there are more.
    /// - Throws: Why the file can't be read.
    static func contents(of file: URL, maximumSize: Int) throws -> Data? {
        let descriptor = open(file.path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
        guard descriptor >= 0 else { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
        let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        // Nothing but a file has places: a pipe that nobody writes would look like a file that is empty.
        guard lseek(descriptor, 0, SEEK_CUR) == 0 else {
            throw CocoaError(.fileReadUnknown, userInfo: [NSLocalizedDescriptionKey: "it is a pipe or a device"])
        }
        let data = try handle.read(upToCount: maximumSize + 1) ?? Data()
        return data.count <= maximumSize ? data : nil
    }
}
