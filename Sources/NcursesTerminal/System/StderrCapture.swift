import CNcurses
import TextUI

/// Keeps standard error off the screen: while it is open, what is written there goes to a file without a name.
///
/// Only a standard error that is a terminal is captured; one that the user redirected stays where it goes.
struct StderrCapture {
    /// More than this in the file is thrown away while the screen is open.
    static let limit: off_t = 4 << 20
    /// How much is shown in the end.
    private static let replayed: off_t = 64 << 10

    /// The file.
    let file: Int32
    /// The real standard error.
    let standardError: Int32

    /// Begins to capture; nil when there is nothing to capture or no file to do it with.
    init?() {
        guard isatty(STDERR_FILENO) == 1 else { return nil }
        let file = cn_temporary_file()
        guard file >= 0 else { return nil }
        let standardError = cn_duplicate(STDERR_FILENO)
        guard standardError >= 0, dup2(file, STDERR_FILENO) >= 0 else {
            Descriptor.close(file)
            return nil
        }
        self.file = file
        self.standardError = standardError
    }

    /// Empties the file when it has grown too large.
    func bound() {
        if lseek(file, 0, SEEK_END) > Self.limit, ftruncate(file, 0) != 0 {
            // Can't fail for a regular file; if it does, the file just grows.
            return
        }
    }

    /// Puts standard error back.
    ///
    /// - Returns: The last lines that were captured, safe to print.
    func finish() -> [DisplayText] {
        dup2(standardError, STDERR_FILENO)
        let end = lseek(file, 0, SEEK_END)
        let bytes = Self.read(file, from: max(0, end - Self.replayed))
        Descriptor.close(file)
        Descriptor.close(standardError)
        return Self.lines(bytes)
    }

    /// The lines of captured bytes.
    static func lines(_ bytes: [UInt8]) -> [DisplayText] {
        bytes.split(separator: UInt8(ascii: "\n")).map { line in
            DisplayText(String(decoding: line, as: UTF8.self), maximumClusters: 2_000)
        }
    }

    private static func read(_ file: Int32, from start: off_t) -> [UInt8] {
        var bytes: [UInt8] = []
        guard lseek(file, start, SEEK_SET) >= 0 else { return bytes }
        while case .bytes(let more) = Descriptor.read(file) {
            bytes += more
        }
        return bytes
    }
}
