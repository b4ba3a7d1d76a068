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
        write(safe(line) + "\n", to: .standardOutput)
    }

    /// Writes a line to standard error.
    static func complain(_ line: String) {
        write(safe(line) + "\n", to: .standardError)
    }

    /// Writes over the line of standard error that the cursor stands in, and leaves the cursor there.
    static func redraw(_ line: String) {
        write("\r\u{1B}[K" + safe(line), to: .standardError)
    }

    /// Where nobody listens any more, there is nobody to tell of that either.
    private static func write(_ text: String, to handle: FileHandle) {
        try? handle.write(contentsOf: Data(text.utf8))
    }

    private static func safe(_ line: String) -> String {
        DisplayText(line, maximumClusters: maximumLength).string
    }
}
