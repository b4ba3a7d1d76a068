import EventServiceTestSupport
import Foundation
import TestSupport
import Testing

@testable import evenkeel

@Suite("Names of settings")
struct SettingNamesTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    private func problem(environment: [String: String]) -> String? {
        do {
            _ = try Settings(SettingsReader(sources: [.environment(environment)]))
            return nil
        } catch {
            return "\(error)"
        }
    }

    private func problem(file: String) async throws -> String? {
        try folder.write(file, to: "a.yaml")
        do {
            _ = try Settings(SettingsReader(sources: [try await .file(folder.path("a.yaml"))]))
            return nil
        } catch {
            return "\(error)".replacing(folder.path("a.yaml"), with: "a.yaml")
        }
    }

    @Test("are all known, in every spelling")
    func all() {
        let keys = SettingNames.all.keys
        #expect(keys.count == 57)
        #expect(keys["CIRCUIT_BREAKER_JITTER"] == "circuitBreaker.jitter")
        #expect(keys["TLS_PRIVATE_KEY_FILE"] == "tls.privateKeyFile")
        #expect(keys["RATE_LIMIT_BURST"] == "rateLimit.burst")
    }

    @Test(
        "that can only be slips stop the start, with what was meant",
        arguments: [
            ("CACHE_TTL", "CACHE_TTL_MS"), ("CACHE_TTL_S", "CACHE_TTL_MS"), ("CACHE_TLL_MS", "CACHE_TTL_MS"),
            ("CACHE_STALE_MS", nil), ("CACHE_MAX_BYTE", "CACHE_MAX_BYTES"), ("GET_RETRY", nil),
            ("GET_RETRYS", "GET_RETRIES"), ("GET_RETRY_DELAY", "GET_RETRY_DELAY_MS"),
            ("ADD_EVENT_RETRYS", "ADD_EVENT_RETRIES"), ("UPSTREAM_TIMEOUT", "UPSTREAM_TIMEOUT_MS"),
            ("UPSTREAM_TIMEOUT_SECONDS", nil), ("REQUEST_DEADLINE", "REQUEST_DEADLINE_MS"),
            ("REFRESH_INTERVAL", "REFRESH_INTERVAL_MS"), ("FAN_OUT_LIMITS", "FAN_OUT_LIMIT"),
            ("RATE_LIMIT_PER_SEC", "RATE_LIMIT_PER_SECOND"), ("RATE_LIMIT_BRUST", "RATE_LIMIT_BURST"),
            ("EVENT_API_URL", nil), ("EVENTS_API_BASE_URL", "EVENT_API_BASE_URL"),
            ("CIRCUT_BREAKER_JITTER", "CIRCUIT_BREAKER_JITTER"), ("API_TOKEN_FILE", "API_TOKENS_FILE"),
            ("CORS_ORIGIN", "CORS_ORIGINS"), ("TLS_PRIVATE_KEY_PATH", nil),
            ("OUTBOX_CONCURENCY", "OUTBOX_CONCURRENCY"), ("OUTBOX_MAX_ENTRY", nil),
            ("HISTORY_KEEP_DAY", "HISTORY_KEEP_DAYS"),
            ("DATA_EPHEMERALL", "DATA_EPHEMERAL"),
        ] as [(String, String?)]
    )
    func slips(name: String, meant: String?) throws {
        let words = try #require(problem(environment: [name: "1"]))
        if let meant {
            #expect(words == "\(name), set in the environment, is no setting; did you mean \(meant)?")
        } else {
            #expect(words.hasPrefix("\(name), set in the environment, is no setting; "))
        }
    }

    @Test(
        "of other programs leave the start alone",
        arguments: [
            "CACHE_DIR", "CACHE_URL", "CACHE_MAX_SIZE", "CACHE", "GET_OPTS", "UPSTREAM", "UPSTREAM_URL", "REQUEST_ID",
            "REQUEST_TIMEOUT", "REFRESH_TOKEN", "RATE", "TLS_CERT_FILE", "API_KEY", "EVENT_API", "LOGLEVEL",
            "LOG_LEVELS", "HOSTS", "HOSTNAME", "PORTS", "API_TOKEN", "LOG_FILE", "FAN",
        ]
    )
    func others(name: String) {
        #expect(problem(environment: [name: "1"]) == nil)
    }

    @Test(
        "that Kubernetes sets for services leave the start alone, whatever the services are called",
        arguments: [
            "EVENT_API_SERVICE_HOST", "EVENT_API_SERVICE_PORT", "EVENT_API_SERVICE_PORT_HTTP", "EVENT_API_PORT",
            "RATE_LIMIT_PORT_80_TCP", "RATE_LIMIT_PORT_80_TCP_PROTO", "FAN_OUT_PORT_443_TCP_ADDR",
        ]
    )
    func serviceLinks(name: String) {
        #expect(problem(environment: [name: "1"]) == nil)
    }

    @Test("are found before what is amiss because of them")
    func first() {
        let variables = ["RATE_LIMIT_BURST": "5", "RATE_LIMIT_PER_SECONDS": "5"]
        #expect(problem(environment: variables)?.contains("did you mean RATE_LIMIT_PER_SECOND?") == true)
    }

    @Test(
        "in a settings file are Evenkeel's: every one that isn't known is a slip",
        arguments: [
            ("fanout: {limit: 5}", "fanout.limit, set in the file a.yaml, is no setting; did you mean fanOut.limit?"),
            ("fan_out: {limit: 5}", "fan_out.limit, set in the file a.yaml, is no setting; did you mean fanOut.limit?"),
            ("PORT: 1", "PORT, set in the file a.yaml, is no setting; did you mean port?"),
            ("prot: 1", "prot, set in the file a.yaml, is no setting; did you mean port?"),
            (
                "get: {limit: 5}",
                "get.limit, set in the file a.yaml, is no setting; there are get.retries, get.retryDelayMs"
            ),
            ("colour: red", "colour, set in the file a.yaml, is no setting"), ("port: 1", nil), ("{}", nil),
        ] as [(String, String?)]
    )
    func file(text: String, words: String?) async throws {
        defer { folder.remove() }
        #expect(try await problem(file: text) == words)
    }

    @Test("in .env that are near to a setting's stop the start, and all others are told of")
    func environmentFile() async throws {
        defer { folder.remove() }
        func load(_ text: String) async throws -> Settings {
            try folder.write(text, to: ".env")
            let loader = SettingsLoader(flags: [:], file: nil, environment: [:], environmentFile: folder.path(".env"))
            return try await loader.load()
        }
        await #expect(throws: SettingsError.self) { try await load("LOGLEVEL=debug\n") }
        await #expect(throws: SettingsError.self) { try await load("CACHE_TTL=5\n") }
        let settings = try await load("COMPOSE_PROJECT_NAME=x\nPORT=1\nAPI_TOKEN=0123456789abcdef\n")
        let log = RecordingLog()
        settings.warn(log.logger)
        #expect(log.lines.map(\.message) == ["A name is no setting"])
        #expect(log.lines.first?.metadata["name"] == "COMPOSE_PROJECT_NAME in the file \(folder.path(".env"))")
    }
}

@Suite("The distance between texts")
struct EditDistanceTests {
    @Test(
        "is how many letters to insert, leave out, replace, or swap",
        arguments: [
            ("", "", 0), ("a", "", 1), ("", "abc", 3), ("PORT", "PORT", 0), ("PROT", "PORT", 1), ("PRT", "PORT", 1),
            ("PORTS", "PORT", 1), ("PART", "PORT", 1), ("HOTS", "PORT", 3), ("kitten", "sitting", 3), ("ca", "abc", 3),
        ]
    )
    func distance(first: String, second: String, distance: Int) {
        #expect(Array(first).editDistance(to: Array(second)) == distance)
        #expect(Array(second).editDistance(to: Array(first)) == distance)
    }
}
