import Foundation
import TestSupport
import Testing

@testable import evenkeel

@Suite("Files that are watched", .timeLimit(.minutes(1)))
struct FileWatchTests {
    private let folder: URL

    init() throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("evenkeel-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    private func path(_ name: String) -> String { folder.appendingPathComponent(name).path }

    private func write(_ text: String, to name: String) throws {
        try Data(text.utf8).write(to: folder.appendingPathComponent(name))
    }

    /// Runs a watch of two files and tells after each step which changes it told of.
    private func watching(_ steps: [@Sendable () throws -> Void]) async throws -> [Set<String>] {
        defer { try? FileManager.default.removeItem(at: folder) }
        let clock = ManualClock()
        let told = Observed<[Set<String>]>([])
        let watch = FileWatch({ [path("a"), path("b")] }, every: .seconds(2), clock: clock)
        let task = Task { try await watch.run { changed in told.change { $0.append(changed) } } }
        for step in steps {
            try await clock.waitForSleepers(1)
            try step()
            clock.advance(by: .seconds(2))
        }
        try await clock.waitForSleepers(1)
        task.cancel()
        return told.value
    }

    @Test("are told of once, when they have come to rest")
    func changes() async throws {
        try write("one", to: "a")
        let told = try await watching([
            {}, { try write("three", to: "a") }, { try write("three and more", to: "a") }, {}, {},
        ])
        #expect(told == [[path("a")]])
    }

    @Test("may come and go")
    func comeAndGo() async throws {
        let told = try await watching([
            { try write("new", to: "b") }, {}, { try FileManager.default.removeItem(atPath: path("b")) }, {}, {},
        ])
        #expect(told == [[path("b")], [path("b")]])
    }

    @Test("may be links that are put elsewhere")
    func links() async throws {
        try write("one", to: "first")
        try write("two", to: "other")
        try FileManager.default.createSymbolicLink(atPath: path("a"), withDestinationPath: path("first"))
        let told = try await watching([
            {
                try FileManager.default.removeItem(atPath: path("a"))
                try FileManager.default.createSymbolicLink(atPath: path("a"), withDestinationPath: path("other"))
            }, {}, {},
        ])
        #expect(told == [[path("a")]])
    }

    @Test("say nothing while nothing changes")
    func quiet() async throws {
        try write("one", to: "a")
        #expect(try await watching([{}, {}, {}]).isEmpty)
    }
}
