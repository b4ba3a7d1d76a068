import Foundation
import Testing
import TextUI

/// Compares a screen with the text file of that name beside the tests.
///
/// A golden that is missing is recorded and fails, so that somebody has to look at it. To record one again, delete it.
func expectGolden(_ grid: Grid, _ name: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "Goldens")
    let file = folder.appending(path: "\(name).txt")
    let screen = grid.lines.joined(separator: "\n") + "\n"
    guard FileManager.default.fileExists(atPath: file.path) else {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try screen.write(to: file, atomically: true, encoding: .utf8)
        Issue.record("\(name) was recorded: look at it, then run again", sourceLocation: sourceLocation)
        return
    }
    let golden = try String(contentsOf: file, encoding: .utf8)
    #expect(screen == golden, "\(name) differs:\n\(screen)", sourceLocation: sourceLocation)
}
