import Foundation
import TestSupport
import Testing

@testable import evenkeel

@Suite("Files that are watched", .timeLimit(.minutes(1)))
struct FileWatchTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    /// Runs a watch of two files and tells after each step which changes it told of.
    private func watching(_ steps: [@Sendable () throws -> Void]) async throws -> [Set<String>] {
        defer { folder.remove() }
        let clock = ManualClock()
        let told = Observed<[Set<String>]>([])
        let paths = [folder.path("a"), folder.path("b")]
        let watch = FileWatch({ paths }, since: FileWatch.Look.all(at: paths), every: .seconds(2), clock: clock)
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
        try folder.write("one", to: "a")
        let told = try await watching([
            {}, { try folder.write("three", to: "a") }, { try folder.write("three and more", to: "a") }, {}, {},
        ])
        #expect(told == [[folder.path("a")]])
    }

    @Test("may come and go")
    func comeAndGo() async throws {
        let told = try await watching([
            { try folder.write("new", to: "b") }, {}, { try FileManager.default.removeItem(atPath: folder.path("b")) },
            {}, {},
        ])
        #expect(told == [[folder.path("b")], [folder.path("b")]])
    }

    @Test("may be links that are put elsewhere")
    func links() async throws {
        try folder.write("one", to: "first")
        try folder.write("two", to: "other")
        try FileManager.default.createSymbolicLink(atPath: folder.path("a"), withDestinationPath: folder.path("first"))
        let told = try await watching([
            {
                try FileManager.default.removeItem(atPath: folder.path("a"))
                try FileManager.default.createSymbolicLink(
                    atPath: folder.path("a"),
                    withDestinationPath: folder.path("other")
                )
            }, {}, {},
        ])
        #expect(told == [[folder.path("a")]])
    }

    @Test("are told of where others may read them")
    func permissions() async throws {
        try folder.write("one", to: "a")
        let allow: @Sendable () throws -> Void = {
            try FileManager.default.setAttributes([.posixPermissions: 0o604], ofItemAtPath: folder.path("a"))
        }
        let told = try await watching([allow, {}, {}])
        #expect(told == [[folder.path("a")]])
    }

    @Test("say nothing while nothing changes")
    func quiet() async throws {
        try folder.write("one", to: "a")
        #expect(try await watching([{}, {}, {}]).isEmpty)
    }
}
