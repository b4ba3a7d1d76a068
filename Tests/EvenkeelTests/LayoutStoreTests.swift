import Dashboard
import Foundation
import Logging
import Testing

@testable import evenkeel

/// The file that the layout is kept in.
@Suite
struct LayoutStoreTests {
    private let ring = LogRing()

    private func withFile(_ body: (URL, () -> LayoutStore) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("evenkeel-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appendingPathComponent("state/dashboard.json")
        let logger = Logger(label: "test") { _ in RingLogHandler(ring) }
        try body(file) { LayoutStore(file: file, logger: logger) }
    }

    private var layout: RememberedLayout {
        var layout = RememberedLayout()
        layout.theme = "dark"
        layout.timelineSeconds = 60
        return layout
    }

    @Test("What was kept last is there again, and only for its owner")
    func keeps() throws {
        try withFile { file, make in
            #expect(make().load() == RememberedLayout())
            let store = make()
            store.save(RememberedLayout())
            store.save(layout)
            store.flush()
            #expect(make().load() == layout)
            let attributes = try FileManager.default.attributesOfItem(atPath: file.path)
            #expect(attributes[.posixPermissions] as? Int == 0o600)
            #expect(ring.lines(after: 0).isEmpty)
        }
    }

    @Test("It is written after a while by itself, every time anew", .timeLimit(.minutes(1)))
    func writesByItself() throws {
        try withFile { file, make in
            let store = LayoutStore(file: file, interval: .milliseconds(1), logger: Logger(label: "test"))
            for seconds in [30, 60] {
                var layout = layout
                layout.timelineSeconds = seconds
                store.save(layout)
                while make().load() != layout { sched_yield() }
            }
        }
    }

    @Test("Nothing is written until a second has passed, or somebody leaves")
    func waits() throws {
        try withFile { file, make in
            let store = make()
            store.flush()
            #expect(!FileManager.default.fileExists(atPath: file.path))
            store.save(layout)
            #expect(!FileManager.default.fileExists(atPath: file.path))
            store.flush()
            #expect(FileManager.default.fileExists(atPath: file.path))
        }
    }

    @Test(
        "A file that can't be used is ignored with a line in the log",
        arguments: ["", "{", "[]", #"{"version":2}"#, #"{"version":1,"users":7}"#]
    )
    func ignores(text: String) throws {
        try withFile { file, make in
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(),
                withIntermediateDirectories: true
            )
            try Data(text.utf8).write(to: file)
            #expect(make().load() == RememberedLayout())
            #expect(ring.lines(after: 0).map(\.message) == ["The layout that was kept can't be used"])
        }
    }

    @Test("Where it can't be kept, the log says so once")
    func fails() throws {
        try withFile { file, make in
            // A file in place of the folder.
            let folder = file.deletingLastPathComponent()
            try FileManager.default.createDirectory(
                at: folder.deletingLastPathComponent(),
                withIntermediateDirectories: true
            )
            try Data().write(to: folder)
            let store = make()
            for _ in 0..<2 {
                store.save(layout)
                store.flush()
            }
            #expect(ring.lines(after: 0).map(\.message) == ["The dashboard's layout can't be kept"])
        }
    }
}
