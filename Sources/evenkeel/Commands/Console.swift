import Foundation
import TextUI

/// What a command says to its user; logs go elsewhere.
///
/// Parts of it may come from the events API, so nothing reaches the terminal but what is safe to show there.
enum Console {
    /// The longest line, in characters.
    private static let maximumLength = 4000

    /// Writes a line to standard output at once, also when that is a pipe.
    static func say(_ line: String) {
        FileHandle.standardOutput.write(Data((safe(line) + "\n").utf8))
    }

    /// Writes a line to standard error.
    static func complain(_ line: String) {
        FileHandle.standardError.write(Data((safe(line) + "\n").utf8))
    }

    /// Writes over the line of standard error that the cursor stands in, and leaves the cursor there.
    static func redraw(_ line: String) {
        FileHandle.standardError.write(Data(("\r\u{1B}[K" + safe(line)).utf8))
    }

    private static func safe(_ line: String) -> String {
        DisplayText(line, maximumClusters: maximumLength).string
    }
}
