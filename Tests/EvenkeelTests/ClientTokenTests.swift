import Foundation
import TestSupport
import Testing

@testable import evenkeel

@Suite("The token for an instance", .timeLimit(.minutes(3)))
struct ClientTokenTests {
    @Test("Blanks and line ends around it don't count")
    func trims() throws {
        #expect(try ClientToken(checking: " abc.DEF-1/+~_==\r\n").text == "abc.DEF-1/+~_==")
    }

    @Test("What can't stand in a header field is refused", arguments: ["", " ", "a b", "é", "a\u{0}", "a\nb", "a\"b"])
    func refuses(text: String) {
        #expect(throws: SettingRefusal.self) { try ClientToken(checking: text) }
    }

    @Test("An empty one in the environment is none, as docker compose sets it; what can't be one is refused")
    func environment() throws {
        #expect(try ClientToken.fromEnvironment([:]) == nil)
        #expect(try ClientToken.fromEnvironment(["API_TOKEN": ""]) == nil)
        #expect(try ClientToken.fromEnvironment(["API_TOKEN": "abc"])?.text == "abc")
        #expect(throws: SettingRefusal.self) { try ClientToken.fromEnvironment(["API_TOKEN": "a b"]) }
    }

    @Test("A token is refused for its length without being quoted")
    func tooLong() {
        let token = String(repeating: "x", count: 1025)
        do {
            _ = try ClientToken(checking: token)
            Issue.record("it was taken")
        } catch {
            #expect(!error.reason.contains("xx"))
        }
    }

    @Test("The file is read again when it changes, and its last token stays when it is gone")
    func file() async throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        let url = folder.url.appendingPathComponent("token")
        try Data("first\n".utf8).write(to: url)
        let file = try ClientTokenFile(path: url.path)
        #expect(await file.token.text == "first")
        try Data("second".utf8).write(to: url)
        #expect(await file.token.text == "second")
        try Data("not one".utf8).write(to: url)
        #expect(await file.token.text == "second")
        try FileManager.default.removeItem(at: url)
        #expect(await file.token.text == "second")
    }

    @Test("A file that everybody can read is told of", arguments: [(0o600, false), (0o640, false), (0o644, true)])
    func permissions(mode: Int, isReadable: Bool) throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        let url = folder.url.appendingPathComponent("token")
        try Data("secret".utf8).write(to: url)
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: url.path)
        #expect(try ClientTokenFile(path: url.path).isReadableByEverybody == isReadable)
    }

    @Test("A pipe is refused, and not waited for")
    func pipe() throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        let path = folder.url.appendingPathComponent("token").path
        try #require(mkfifo(path, 0o600) == 0)
        #expect(throws: SettingRefusal(reason: "the file can't be read: it is a pipe or a device")) {
            try ClientTokenFile(path: path)
        }
    }

    @Test("A disk that doesn't answer holds nobody up but one, and not once that is cancelled")
    func hanging() async throws {
        let (isBeingRead, began) = AsyncStream.makeStream(of: Void.self)
        let answers = DispatchSemaphore(value: 0)
        let second = try ClientToken(checking: "second")
        let file = ClientTokenFile(try ClientToken(checking: "first")) {
            began.finish()
            answers.wait()
            return second
        }
        let first = Task { await file.token.text }
        for await _ in isBeingRead {}
        #expect(await file.token.text == "first")
        first.cancel()
        #expect(await first.value == "first")
        answers.signal()
        answers.signal()
        while await file.token.text == "first" { await Task.yield() }
    }

    @Test("A file that isn't there is an error")
    func missing() {
        #expect(throws: SettingRefusal.self) { try ClientTokenFile(path: "/nowhere/at/all") }
    }
}
