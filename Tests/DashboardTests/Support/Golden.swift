import Foundation
import Testing
import TextUI

/// Compares a scene with the text file of that name beside the tests, as it is on each terminal.
///
/// A golden that is missing is recorded and fails, so that somebody has to look at it. To record one again, delete it.
func expectGolden(
    _ name: String,
    on terminals: [Terminal] = Terminal.all,
    sourceLocation: SourceLocation = #_sourceLocation,
    _ scene: (Terminal) throws -> Session
) throws {
    let screens = try terminals.map { (title: "═══ \($0) ═══", screen: $0.text(of: try scene($0).frame.grid)) }
    let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "Goldens")
    let file = folder.appending(path: "\(name).txt")
    let text = screens.map { "\($0.title)\n\($0.screen)\n" }.joined()
    guard FileManager.default.fileExists(atPath: file.path) else {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try text.write(to: file, atomically: true, encoding: .utf8)
        Issue.record("\(name) was recorded: look at it, then run again", sourceLocation: sourceLocation)
        return
    }
    let golden = try String(contentsOf: file, encoding: .utf8)
    guard text != golden else { return }
    let differing = screens.filter { !golden.contains("\($0.title)\n\($0.screen)\n") }
    let shown = differing.prefix(2).map { "\($0.title)\n\($0.screen)" }.joined(separator: "\n")
    Issue.record("\(name) differs on \(differing.count) terminals:\n\(shown)", sourceLocation: sourceLocation)
}
