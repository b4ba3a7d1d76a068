import Foundation
import HTTPAPI
import Resilience
import Testing

@testable import evenkeel

@Suite("Settings of who may use the HTTP API")
struct SecuritySettingsTests {
    private func settings(_ variables: [String: String]) throws -> Settings {
        try Settings(SettingsReader(sources: [.flags([:]), .environment(variables)]))
    }

    private func problem(_ variables: [String: String]) -> String? {
        do {
            _ = try settings(variables)
            return nil
        } catch {
            return "\(error)"
        }
    }

    @Test(
        "stop the start where a name is a slip, which would leave the doors open",
        arguments: ["API_TOKEN_FILE", "API_TOKENS_FILES", "CORS_ORIGIN", "RATE_LIMIT_PER_SEC", "TLS_PRIVATE_KEY_PATH"]
    )
    func slips(name: String) {
        #expect(problem([name: "x"])?.hasPrefix("\(name), set in the environment, is no setting; ") == true)
    }

    @Test("leave the token of `evenkeel seed` alone")
    func seedToken() {
        #expect(problem(["API_TOKEN": "0123456789abcdef"]) == nil)
    }

    @Test("are all off by default")
    func defaults() throws {
        let configuration = try settings([:]).api
        #expect(configuration.tokens == nil)
        #expect(configuration.allowedOrigins == .none)
        #expect(configuration.rateLimit == nil)
    }

    @Test("reach the API")
    func taken() throws {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString).path
        try Data("ci read,write abcdefghijklmnop".utf8).write(to: URL(fileURLWithPath: path))
        defer { _ = try? FileManager.default.removeItem(atPath: path) }
        let configuration = try settings([
            "API_TOKENS_FILE": path, "CORS_ORIGINS": "https://a.test, http://b.test:80", "RATE_LIMIT_PER_SECOND": "7",
        ]).api
        #expect(configuration.tokens?.names == ["ci"])
        #expect(configuration.allowedOrigins == .these(["https://a.test", "http://b.test"]))
        #expect(try configuration.rateLimit == RateLimit(tokens: 7, per: .seconds(1), burst: 14))
    }

    @Test("of the limit: the burst can be set, and zero is off")
    func rateLimit() throws {
        let limit = try settings(["RATE_LIMIT_PER_SECOND": "7", "RATE_LIMIT_BURST": "1"]).rateLimit
        #expect(try limit == RateLimit(tokens: 7, per: .seconds(1), burst: 1))
        #expect(try settings(["RATE_LIMIT_PER_SECOND": "0", "RATE_LIMIT_BURST": "5"]).rateLimit == nil)
        #expect(
            problem(["RATE_LIMIT_BURST": "5"])
                == "RATE_LIMIT_BURST has no effect without RATE_LIMIT_PER_SECOND: set both or none"
        )
        #expect(
            problem(["RATE_LIMIT_PER_SECOND": "-1"])
                == #"RATE_LIMIT_PER_SECOND is "-1": allowed is a whole number from 0 to 1000000. It comes from the environment."#
        )
    }

    @Test("that are wrong say so with the reason")
    func wrong() {
        #expect(
            problem(["CORS_ORIGINS": "https://a.test,http://b.test/x"])
                == #"CORS_ORIGINS is "https://a.test,http://b.test/x", but "http://b.test/x" is no origin: it must be a scheme, "#
                + "a host and perhaps a port, no more. Allowed is origins like https://example.com, separated by commas, or "
                + "* alone. It comes from the environment."
        )
        #expect(
            problem(["API_TOKENS_FILE": "/nowhere/tokens"])
                == #"API_TOKENS_FILE is "/nowhere/tokens", but the file can't be read: No such file or directory. Allowed is a "#
                + "file with a token a line: NAME SCOPES TOKEN. It comes from the environment."
        )
        #expect(problem(["API_TOKENS_FILE": ""])?.hasPrefix("API_TOKENS_FILE is empty: allowed is a file") == true)
    }
}
