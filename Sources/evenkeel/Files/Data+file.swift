import Foundation

extension Data {
    /// Reads a file that may be of any size, or never end.
    /// - Parameter maximumSize: The most bytes that are of use.
    /// - Returns: All the bytes, or `nil` where there are more.
    /// - Throws: Why the file can't be read.
    static func contents(of file: URL, maximumSize: Int) throws -> Data? {
        let handle = try FileHandle(forReadingFrom: file)
        defer { try? handle.close() }
        let data = try handle.read(upToCount: maximumSize + 1) ?? Data()
        return data.count <= maximumSize ? data : nil
    }
}
