import Dashboard
import EventServiceTestSupport
import Foundation
import Synchronization
import TestSupport
import Testing

@testable import evenkeel

/// Where exports are written, and in which order.
@Suite(.timeLimit(.minutes(3)))
struct ExporterTests {
    private func export(_ file: String, _ text: String) -> Export {
        Export(table: ExportTable(columns: ["a"], rows: [[.text(text)]]), format: .csv, file: file)
    }

    @Test("A name is of the folder where the program was started, unless it says otherwise")
    func names() {
        let exporter = Exporter(folder: URL(fileURLWithPath: "/srv/here", isDirectory: true))
        #expect(exporter.url(of: "a.csv").path == "/srv/here/a.csv")
        #expect(exporter.url(of: "b/../a.csv").path == "/srv/here/a.csv")
        #expect(exporter.url(of: "/tmp/a.csv").path == "/tmp/a.csv")
        #expect(exporter.url(of: "~/a.csv").path == NSHomeDirectory() + "/a.csv")
    }

    @Test("Exports are written one after the other; one that would replace another is refused")
    func order() async throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        let exporter = Exporter(folder: URL(fileURLWithPath: folder.url.path, isDirectory: true))
        let outcomes = Mutex<[ExportOutcome]>([])
        func write(_ text: String, _ isReplacing: Bool) {
            exporter.export(export("a.csv", text), isReplacing: isReplacing) { outcome in
                outcomes.withLock { $0.append(outcome) }
            }
        }
        write("first", false)
        write("second", false)
        write("third", true)
        _ = await exporter.finish(within: .seconds(60))
        let written = ExportOutcome.written(name: "a.csv", folder: folder.url.path)
        #expect(outcomes.withLock { $0 } == [written, .exists, written])
        let text = try String(contentsOf: folder.url.appendingPathComponent("a.csv"), encoding: .utf8)
        #expect(text.contains("third") && !text.contains("first"))
    }

    @Test("Who leaves is told what became of each that was under way: written or not, or not known in time")
    func leaving() async throws {
        let exporter = Exporter(folder: FileManager.default.temporaryDirectory)
        let gate = Gate()
        let (release, continuation) = AsyncStream.makeStream(of: Void.self)
        exporter.export(export("/nowhere/a.csv", ""), isReplacing: false) { _ in try? await gate.pass() }
        exporter.export(export("/nowhere/b.csv", ""), isReplacing: false) { _ in }
        let late = await exporter.finish(within: .zero)
        #expect(late.last?.file == "/nowhere/b.csv")
        #expect(late.last?.outcome == nil)
        exporter.export(export("/nowhere/c.csv", ""), isReplacing: false) { _ in continuation.finish() }
        gate.open()
        let ended = await exporter.finish(within: .seconds(60))
        #expect(ended.last?.file == "/nowhere/c.csv")
        #expect(ended.last?.outcome == .failed("No such file or directory"))
        for await _ in release {}
    }
}
