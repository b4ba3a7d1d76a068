import Foundation
import Synchronization

/// Shows how far a long command is: a bar on a terminal, a line every tenth elsewhere.
final class ProgressBar: Sendable {
    private let total: Int
    private let isTerminal: Bool
    private let lastTenth = Mutex(-1)
    private static let width = 30

    init(total: Int) {
        self.total = total
        self.isTerminal = isatty(STDERR_FILENO) == 1
    }

    func show(done: Int, note: String) {
        let share = total == 0 ? 1 : Double(done) / Double(total)
        if isTerminal {
            let filled = Int(share * Double(Self.width))
            let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: Self.width - filled)
            Console.redraw("\(bar) \(done)/\(total)  \(note)")
        } else {
            let tenth = Int(share * 10)
            let isNew = lastTenth.withLock { last in
                defer { last = max(last, tenth) }
                return tenth > last
            }
            if isNew { Console.complain("\(done)/\(total)  \(note)") }
        }
    }

    /// Leaves the line of the bar.
    func finish() {
        if isTerminal { Console.complain("") }
    }
}
