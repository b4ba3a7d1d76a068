import Foundation
import Testing

@testable import evenkeel

/// Files that only their owner may read.
@Suite
struct PrivateFileTests {
    private func withFolder(_ body: (URL) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("evenkeel-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try body(folder)
    }

    private func names(in folder: URL) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
    }

    @Test("What is written only its owner may read", arguments: [false, true])
    func writes(isReplacing: Bool) throws {
        try withFolder { folder in
            let url = folder.appendingPathComponent("a.csv")
            try PrivateFile(url: url).write(Array("one".utf8), isReplacing: isReplacing)
            #expect(try String(contentsOf: url, encoding: .utf8) == "one")
            let attributes = try FileManager.default.attributesOfItem(atPath: url.path)
            #expect(attributes[.posixPermissions] as? Int == 0o600)
            #expect(try names(in: folder) == ["a.csv"])
        }
    }

    @Test("A name may be as long as the file system lets it", arguments: [false, true])
    func longName(isReplacing: Bool) throws {
        try withFolder { folder in
            let url = folder.appendingPathComponent(String(repeating: "a", count: 251) + ".csv")
            try PrivateFile(url: url).write(Array("one".utf8), isReplacing: isReplacing)
            #expect(try names(in: folder) == [url.lastPathComponent])
        }
    }

    @Test("A file that is there stays as it is unless it is to be replaced")
    func replaces() throws {
        try withFolder { folder in
            let url = folder.appendingPathComponent("a.csv")
            try Data("old".utf8).write(to: url)
            #expect(throws: PrivateFile.WriteError.exists) {
                try PrivateFile(url: url).write(Array("new".utf8), isReplacing: false)
            }
            #expect(try String(contentsOf: url, encoding: .utf8) == "old")
            try PrivateFile(url: url).write(Array("new".utf8), isReplacing: true)
            #expect(try String(contentsOf: url, encoding: .utf8) == "new")
            #expect(try names(in: folder) == ["a.csv"])
        }
    }

    @Test("A file isn't written through a link that somebody has put there")
    func leavesLinks() throws {
        try withFolder { folder in
            let target = folder.appendingPathComponent("target")
            let link = folder.appendingPathComponent("a.csv")
            try FileManager.default.createSymbolicLink(at: link, withDestinationURL: target)
            #expect(throws: PrivateFile.WriteError.exists) {
                try PrivateFile(url: link).write(Array("new".utf8), isReplacing: false)
            }
            #expect(try names(in: folder) == ["a.csv"])
        }
    }

    @Test("Where it can't be written the reason is told and nothing is left")
    func fails() throws {
        try withFolder { folder in
            let nowhere = folder.appendingPathComponent("no/a.csv")
            #expect(throws: PrivateFile.WriteError.system(ENOENT)) {
                try PrivateFile(url: nowhere).write([], isReplacing: false)
            }
            let taken = folder.appendingPathComponent("folder")
            try FileManager.default.createDirectory(at: taken, withIntermediateDirectories: true)
            #expect(throws: PrivateFile.WriteError.self) {
                try PrivateFile(url: taken).write([1], isReplacing: true)
            }
            #expect(try names(in: folder) == ["folder"])
        }
    }
}
