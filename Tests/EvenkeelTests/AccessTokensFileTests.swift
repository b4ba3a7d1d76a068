import AsyncHTTPClient
import Foundation
import HTTPAPI
import NIOHTTP1
import Testing
import UpstreamSimulator

@testable import evenkeel

@Suite("The file of tokens")
struct AccessTokensFileTests {
    private func withFile<Value>(_ data: Data, permissions: Int = 0o600, _ body: (String) throws -> Value) throws
        -> Value
    {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString).path
        try #require(
            FileManager.default.createFile(atPath: path, contents: data, attributes: [.posixPermissions: permissions])
        )
        defer { _ = try? FileManager.default.removeItem(atPath: path) }
        return try body(path)
    }

    private func refusal(_ data: Data) throws -> String? {
        try withFile(data) { path -> String? in
            do {
                _ = try AccessTokensFile(path: path)
                return nil
            } catch let error as SettingRefusal {
                return error.reason
            }
        }
    }

    @Test("is read, and whether everybody can read it is noticed", arguments: [0o600, 0o640, 0o604, 0o644])
    func reading(permissions: Int) throws {
        try withFile(Data("ci read abcdefghijklmnop\n".utf8), permissions: permissions) { path in
            let file = try AccessTokensFile(path: path)
            #expect(file.path == path)
            #expect(file.tokens.names == ["ci"])
            #expect(file.isReadableByEverybody == [0o604, 0o644].contains(permissions))
        }
    }

    @Test("may be a link, which everybody can read: the file counts")
    func link() throws {
        try withFile(Data("ci read abcdefghijklmnop\n".utf8)) { path in
            try FileManager.default.createSymbolicLink(atPath: path + ".link", withDestinationPath: path)
            defer { _ = try? FileManager.default.removeItem(atPath: path + ".link") }
            #expect(try AccessTokensFile(path: path + ".link").isReadableByEverybody == false)
        }
    }

    @Test("guards a running instance, which those who have a token can use, and seed")
    func instance() async throws {
        let file = try withFile(Data("seeder read,write abcdefghijklmnop".utf8)) { try AccessTokensFile(path: $0) }
        try await withInstance(scenario: .steady, tokensFile: file) { _, api in
            #expect(try await api.get("/getUsers").response.status == .unauthorized)
            #expect(try await api.get("/healthz").response.status == .ok)
            let stranger = SeedTarget(client: api.client, baseURL: api.url)
            await #expect(throws: SeedTarget.Later.self) { try await stranger.identifiers("/getUsers").get() }
            let target = SeedTarget(client: api.client, baseURL: api.url, token: "abcdefghijklmnop")
            let userIDs = try await target.identifiers("/getUsers").get()
            let item = SeedPlan(count: 1, seed: 1, userIDs: userIDs).item(at: 0)
            #expect(try await stranger.add(item) != .added)
            #expect(try await target.add(item) == .added)
        }
    }

    @Test("with a mistake is refused with its line")
    func mistake() throws {
        #expect(
            try refusal(Data("ci read abcdefghijklmnop\nme read short\n".utf8))
                == "the file has a mistake: line 2: the token has fewer than 16 characters"
        )
        #expect(try refusal(Data([0xFF, 0xFE])) == "the file is not UTF-8")
    }

    @Test("may have two megabytes and no more")
    func size() throws {
        let line = "ci read abcdefghijklmnop\n"
        let comment = String(repeating: "#", count: AccessTokensFile.maximumSize - line.utf8.count)
        #expect(try refusal(Data((line + comment).utf8)) == nil)
        #expect(try refusal(Data((line + comment + "#").utf8)) == "the file has more than 2097152 bytes")
    }

    @Test("that isn't there, or is a folder, is refused with the reason")
    func unreadable() {
        #expect(throws: SettingRefusal(reason: "the file can't be read: No such file or directory")) {
            try AccessTokensFile(path: "/nowhere/tokens")
        }
        #expect(throws: SettingRefusal(reason: "the file can't be read: Is a directory")) {
            try AccessTokensFile(path: "/")
        }
    }
}
