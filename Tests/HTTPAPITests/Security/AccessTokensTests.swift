import Crypto
import Testing

@testable import HTTPAPI

@Suite("Access tokens")
struct AccessTokensTests {
    private static let token = "abcdefghijklmnop"
    /// What `printf abcdefghijklmnop | sha256sum` says.
    private static let digest = "f39dac6cbaba535e2c207cd0cd8f154974223c848f727f98b3564cea569b41cf"

    private func problem(_ text: String) -> String? {
        do {
            _ = try AccessTokens(parsing: text)
            return nil
        } catch {
            return error.description
        }
    }

    @Test("are read with names and scopes; comments and empty lines are skipped")
    func reading() throws {
        let tokens = try AccessTokens(
            parsing:
                "# who may what\r\n\n ci\twrite   \(Self.token)\r\n\n  # more\nops.1_x-y read,admin,read \(Self.token)q=="
        )
        #expect(tokens.names == ["ci", "ops.1_x-y"])
        #expect(tokens.client(of: Self.token[...]) == .init(name: "ci", scopes: [.write]))
        #expect(tokens.client(of: "\(Self.token)q==") == .init(name: "ops.1_x-y", scopes: [.read, .admin]))
        #expect("\(tokens)" == "ci, ops.1_x-y")
    }

    @Test("may stand as digests", arguments: [digest, digest.uppercased()])
    func digests(digest: String) throws {
        let tokens = try AccessTokens(parsing: "ci read sha256:\(digest)")
        #expect(tokens.client(of: Self.token[...])?.name == "ci")
        #expect(tokens.client(of: digest[...]) == nil)
        #expect(try tokens == AccessTokens(parsing: "ci read \(Self.token)"))
    }

    @Test(
        "are known to the last character and no further",
        arguments: ["", "abcdefghijklmno", "abcdefghijklmnopq", "Abcdefghijklmnop", "abcdefghijklmnoq"]
    )
    func unknown(token: String) throws {
        #expect(try AccessTokens(parsing: "ci read \(Self.token)").client(of: token[...]) == nil)
    }

    @Test("are all compared, whichever it is", arguments: [0, 7, 19, nil])
    func allCompared(position: Int?) throws {
        let tokens = try AccessTokens(
            parsing: (0..<20).map { "n\($0) read \(Self.token)\($0)" }.joined(separator: "\n")
        )
        var compared: [[UInt8]] = []
        let token = position.map { "\(Self.token)\($0)" } ?? "another-token-of-no-one"
        let client = tokens.client(digest: AccessTokens.digest(of: token[...])) { digest, entry in
            compared.append(entry)
            return digest == entry
        }
        #expect(client?.name == position.map { "n\($0)" })
        #expect(compared == tokens.entries.map(\.digest))
    }

    @Test(
        "that are wrong are refused with the line and the reason",
        arguments: [
            ("", "there is no token in it"),
            ("# nothing\n", "there is no token in it"),
            ("\nci read", "line 2: there are 2 words, not three: NAME SCOPES TOKEN"),
            ("ci read abcdefghijklmnop x", "line 1: there are 4 words, not three: NAME SCOPES TOKEN"),
            ("c/i read abcdefghijklmnop", #"line 1: a name may have 1 to 64 letters, digits, ".", "_" or "-""#),
            (
                "ci Read abcdefghijklmnop",
                "line 1: a scope is unknown: allowed are read, write, admin, separated by commas alone"
            ),
            (
                "ci read, abcdefghijklmnop",
                "line 1: a scope is unknown: allowed are read, write, admin, separated by commas alone"
            ),
            ("ci read abcdefghijklmno", "line 1: the token has fewer than 16 characters"),
            (
                "ci read abcdefghijklmnop\u{e9}",
                #"line 1: a token may have 16 to 1024 letters, digits, "-._~+/", and "=" at its end"#
            ),
            (
                "ci read ================",
                #"line 1: a token may have 16 to 1024 letters, digits, "-._~+/", and "=" at its end"#
            ),
            ("ci read sha256:f39d", "line 1: sha256: must be followed by 64 hexadecimal digits"),
            ("ci read sha256:\(digest.dropLast())g", "line 1: sha256: must be followed by 64 hexadecimal digits"),
            ("ci read abcdefghijklmnop\n\nci read abcdefghijklmnoq", "line 3: the name is the same as in line 1"),
            ("a read abcdefghijklmnop\nb read sha256:\(digest)", "line 2: the token is the same as in line 1"),
        ]
    )
    func refused(text: String, words: String) {
        #expect(problem(text) == words)
    }

    @Test("may have 16 to 1,024 characters, names up to 64, and there may be 1,000")
    func limits() throws {
        let line = { (name: Int, token: Int) in
            "\(String(repeating: "n", count: name)) read \(String(repeating: "t", count: token))"
        }
        for good in [line(1, 16), line(64, 1024)] { #expect(problem(good) == nil) }
        for bad in [line(65, 16), line(1, 15), line(1, 1025)] { #expect(problem(bad) != nil) }
        let lines = (0...1000).map { "n\($0) read \(Self.token)\($0)" }
        #expect(problem(lines.dropLast().joined(separator: "\n")) == nil)
        #expect(problem(lines.joined(separator: "\n")) == "it has 1001 tokens: allowed are 1000")
    }

    @Test(
        "are never quoted, wherever somebody puts them by mistake",
        arguments: [
            "SECRET-SECRET-SECRET", "SECRET-SECRET-SECRET read", "ci SECRET-SECRET-SECRET read",
            "SECRET/SECRET read ci",
            "ci read SECRET-SECRET-\u{e9}", "ci read SECRET-SECRET-SECRET\nci read SECRET-SECRET-SECRET",
            "ci read SECRET-SECRET-SECRET\nsi read SECRET-SECRET-SECRET", "ci read SECRET",
        ]
    )
    func secrets(text: String) throws {
        let words = try #require(problem(text))
        #expect(!words.contains("SECRET"))
    }
}
