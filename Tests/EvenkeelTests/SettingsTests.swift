import Configuration
import EventService
import Foundation
import HTTPAPI
import Logging
import Resilience
import Testing
import UpstreamClient

@testable import evenkeel

@Suite("Settings")
struct SettingsTests {
    private func settings(_ variables: [String: String], flags: [[String]: ConfigValue] = [:]) throws -> Settings {
        try Settings(SettingsReader(sources: [.flags(flags), .environment(variables)]))
    }

    private func problem(_ variables: [String: String]) -> String? {
        do {
            _ = try settings(variables)
            return nil
        } catch {
            return "\(error)"
        }
    }

    @Test("Without any source, every setting has its documented default")
    func defaults() throws {
        let settings = try settings([:])
        #expect(settings.host == "127.0.0.1")
        #expect(settings.port == 3000)
        #expect(settings.upstream == nil)
        #expect(settings.service.breaker == .init())
        #expect(settings.service.readRetries == .init(maximum: 3, firstDelay: .milliseconds(500)))
        #expect(settings.service.addRetries == .init(maximum: 2, firstDelay: .milliseconds(100)))
        #expect(settings.service.attemptTimeout == .seconds(5))
        #expect(settings.service.requestDeadline == .seconds(15))
        #expect(settings.service.fanOutLimit == 50)
        #expect(
            settings.service.cache
                == .init(lifetime: .seconds(1), staleIfError: .seconds(300), maximumSize: 67_108_864)
        )
        #expect(settings.refreshInterval == .seconds(10))
    }

    @Test("Every variable is taken")
    func everyVariable() throws {
        let settings = try settings([
            "HOST": "::1", "PORT": "0", "EVENT_API_BASE_URL": "https://events.example/api/",
            "CIRCUIT_BREAKER_FAILURE_THRESHOLD": "5", "CIRCUIT_BREAKER_FAILURE_WINDOW_MS": "1000",
            "CIRCUIT_BREAKER_RESET_TIMEOUT_MS": "200", "CIRCUIT_BREAKER_MAX_RESET_TIMEOUT_MS": "900",
            "CIRCUIT_BREAKER_RESET_MULTIPLIER": "1.5", "CIRCUIT_BREAKER_JITTER": "0.2",
            "CIRCUIT_BREAKER_HALF_OPEN_PROBES": "2", "CIRCUIT_BREAKER_SUCCESSES_TO_CLOSE": "4",
            "CIRCUIT_BREAKER_RESET_ON_SUCCESS": "true", "GET_RETRIES": "7", "GET_RETRY_DELAY_MS": "8",
            "ADD_EVENT_RETRIES": "9", "ADD_EVENT_RETRY_DELAY_MS": "10", "UPSTREAM_TIMEOUT_MS": "11",
            "REQUEST_DEADLINE_MS": "12", "FAN_OUT_LIMIT": "13", "LOG_LEVEL": "debug", "LOG_FORMAT": "text",
            "REFRESH_INTERVAL_MS": "0", "CACHE_TTL_MS": "14", "CACHE_STALE_IF_ERROR_MS": "15", "CACHE_MAX_BYTES": "16",
        ])
        #expect(settings.host == "::1")
        #expect(settings.port == 0)
        #expect(settings.upstream?.string == "https://events.example/api")
        let breaker = settings.service.breaker
        #expect(breaker.failureThreshold == 5)
        #expect(breaker.failureWindow == .seconds(1))
        #expect(breaker.resetTimeout == .milliseconds(200))
        #expect(breaker.maximumResetTimeout == .milliseconds(900))
        #expect(breaker.resetMultiplier == 1.5)
        #expect(breaker.jitter == 0.2)
        #expect(breaker.halfOpenProbes == 2)
        #expect(breaker.successesToClose == 4)
        #expect(breaker.resetOnSuccess)
        #expect(settings.service.readRetries == .init(maximum: 7, firstDelay: .milliseconds(8)))
        #expect(settings.service.addRetries == .init(maximum: 9, firstDelay: .milliseconds(10)))
        #expect(settings.service.attemptTimeout == .milliseconds(11))
        #expect(settings.service.requestDeadline == .milliseconds(12))
        #expect(settings.service.fanOutLimit == 13)
        #expect(
            settings.service.cache
                == .init(lifetime: .milliseconds(14), staleIfError: .milliseconds(15), maximumSize: 16)
        )
        #expect(settings.logLevel == .debug)
        #expect(settings.logFormat == .text)
        #expect(settings.refreshInterval == .zero)
    }

    @Test("A certificate needs both of its files")
    func tls() throws {
        #expect(try settings([:]).api.tls == nil)
        let both = try settings(["TLS_CERTIFICATE_FILE": "/c.pem", "TLS_PRIVATE_KEY_FILE": "/k.pem"])
        #expect(both.api.tls == TLSFiles(certificateChain: "/c.pem", privateKey: "/k.pem"))
        #expect(
            problem(["TLS_CERTIFICATE_FILE": "/c.pem"])
                == "TLS_CERTIFICATE_FILE is set and TLS_PRIVATE_KEY_FILE isn't: HTTPS needs both, HTTP neither"
        )
        #expect(
            problem(["TLS_PRIVATE_KEY_FILE": "/k.pem"])
                == "TLS_PRIVATE_KEY_FILE is set and TLS_CERTIFICATE_FILE isn't: HTTPS needs both, HTTP neither"
        )
        #expect(problem(["TLS_CERTIFICATE_FILE": "", "TLS_PRIVATE_KEY_FILE": "/k.pem"])?.contains("is empty") == true)
    }

    @Test("A certificate that can't be used is named by its setting and its file")
    func tlsProblem() throws {
        let settings = try settings(["TLS_CERTIFICATE_FILE": "/c.pem", "TLS_PRIVATE_KEY_FILE": "/k.pem"])
        #expect(
            settings.description(of: TLSFilesError(part: .certificateChain, reason: "doesn't exist"))
                == #"the file of TLS_CERTIFICATE_FILE, "/c.pem", doesn't exist"#
        )
        #expect(
            settings.description(of: TLSFilesError(part: .privateKey, reason: "doesn't exist"))
                == #"the file of TLS_PRIVATE_KEY_FILE, "/k.pem", doesn't exist"#
        )
        #expect(
            settings.description(of: TLSFilesError(part: .both, reason: "don't belong together"))
                == #"the files of TLS_CERTIFICATE_FILE, "/c.pem", and TLS_PRIVATE_KEY_FILE, "/k.pem", "#
                + "don't belong together"
        )
    }

    @Test("A flag is stronger than the environment")
    func flagWins() throws {
        let settings = try settings(["PORT": "1"], flags: [["port"]: ConfigValue(.int(2), isSecret: false)])
        #expect(settings.port == 2)
    }

    @Test("A wrong value names the setting, the value, what is allowed and where it came from")
    func wrongValue() {
        #expect(
            problem(["CIRCUIT_BREAKER_JITTER": "2"])
                == "CIRCUIT_BREAKER_JITTER is \"2\": allowed is a number from 0.0 to 1.0. It comes from the environment."
        )
        #expect(
            problem(["PORT": "http"])
                == "PORT is \"http\": allowed is a whole number from 0 to 65535. It comes from the environment."
        )
        #expect(
            problem(["EVENT_API_BASE_URL": "ftp://x"])
                == "EVENT_API_BASE_URL is \"ftp://x\": allowed is an http or https address without user, query and "
                + "fragment. It comes from the environment."
        )
    }

    @Test("A misspelt breaker setting is an error that lists the right ones")
    func unknownName() throws {
        let words = try #require(problem(["CIRCUIT_BREAKER_TRESHOLD": "3"]))
        #expect(words.hasPrefix("CIRCUIT_BREAKER_TRESHOLD, set in the environment, is no setting; there are "))
        #expect(words.contains("CIRCUIT_BREAKER_FAILURE_THRESHOLD"))
    }

    @Test("Objectives hold for every route, unless one has its own")
    func objectives() throws {
        let standard = RouteObjectives(availability: 0.995, latency: nil)
        #expect(try settings([:]).service.objectives.count == UpstreamRoute.allCases.count)
        #expect(try settings([:]).service.objectives.values.allSatisfy { $0 == standard })
        let objectives = try settings([
            "SLO_AVAILABILITY": "99", "SLO_LATENCY_MS": "800", "SLO_GET_USERS_AVAILABILITY": "99.9",
            "SLO_ADD_EVENT_LATENCY_MS": "0", "SLO_GET_USER_BY_ID_AVAILABILITY": "0",
            "SLO_GET_EVENT_BY_ID_LATENCY_PERCENT": "95",
        ]).service.objectives
        let latency = RouteObjectives.Latency(limit: .milliseconds(800), share: 0.99)
        #expect(objectives[.getEvents] == RouteObjectives(availability: 0.99, latency: latency))
        #expect(objectives[.getUsers] == RouteObjectives(availability: 99.9 / 100, latency: latency))
        #expect(objectives[.addEvent] == RouteObjectives(availability: 0.99, latency: nil))
        #expect(objectives[.getUserById] == RouteObjectives(availability: nil, latency: latency))
        #expect(objectives[.getEventById]?.latency == .init(limit: .milliseconds(800), share: 0.95))
    }

    @Test("An objective that can't be kept or burnt, or of no route, is an error")
    func wrongObjectives() throws {
        #expect(
            problem(["SLO_AVAILABILITY": "100"])
                == "SLO_AVAILABILITY is \"100\": allowed is a percentage from 95.0 to 99.999, or 0 for no objective. "
                + "It comes from the environment."
        )
        #expect(problem(["SLO_LATENCY_PERCENT": "0"])?.contains("a percentage from 95.0 to 99.999. It") == true)
        #expect(problem(["SLO_GET_FOO_AVAILABILITY": "99"])?.contains("is no setting") == true)
        #expect(problem(["SLO_GETUSERS_AVAILABILITY": "99"])?.contains("SLO_GET_USERS_AVAILABILITY?") == true)
    }

    @Test("A cap below the first wait is an error; the default cap gives way to a longer first wait")
    func capBelowWait() throws {
        let variables = ["CIRCUIT_BREAKER_RESET_TIMEOUT_MS": "500", "CIRCUIT_BREAKER_MAX_RESET_TIMEOUT_MS": "100"]
        #expect(problem(variables)?.contains("CIRCUIT_BREAKER_MAX_RESET_TIMEOUT_MS don't fit together") == true)
        let settings = try settings(["CIRCUIT_BREAKER_RESET_TIMEOUT_MS": "120000"])
        #expect(settings.service.breaker.maximumResetTimeout == .seconds(120))
    }
}

@Suite("Settings files")
struct SettingsFileTests {
    private func withFile<Value>(_ name: String, _ text: String, _ body: (String) async throws -> Value) async throws
        -> Value
    {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { _ = try? FileManager.default.removeItem(at: folder) }
        let file = folder.appendingPathComponent(name)
        try text.write(to: file, atomically: true, encoding: .utf8)
        return try await body(file.path)
    }

    @Test(
        "A file is read",
        arguments: [
            ("a.json", #"{"port": 4321, "circuitBreaker": {"failureThreshold": 9}}"#),
            ("a.yaml", "port: 4321\ncircuitBreaker:\n  failureThreshold: 9\n"),
        ]
    )
    func file(name: String, text: String) async throws {
        let settings = try await withFile(name, text) { path in
            try Settings(SettingsReader(sources: [try await .file(path)]))
        }
        #expect(settings.port == 4321)
        #expect(settings.service.breaker.failureThreshold == 9)
    }

    @Test("Objectives are read from a file, also whole percentages")
    func objectives() async throws {
        let text = "slo: {availability: 99, latencyMs: 500, getUsers: {availability: 99.9}}"
        let settings = try await withFile("a.yaml", text) { path in
            try Settings(SettingsReader(sources: [try await .file(path)]))
        }
        #expect(settings.service.objectives[.addEvent]?.availability == 0.99)
        #expect(settings.service.objectives[.getUsers]?.availability == 99.9 / 100)
        #expect(settings.service.objectives[.getUsers]?.latency?.limit == .milliseconds(500))
    }

    @Test("The environment is stronger than .env, and .env stronger than the file")
    func precedence() async throws {
        let settings = try await withFile("a.json", #"{"host": "file", "port": 1, "fanOut": {"limit": 7}}"#) { file in
            try await withFile(".env", "PORT=2\nHOST=dotenv\n# FAN_OUT_LIMIT=9\n") { environmentFile in
                let dotenv = try #require(try await SettingsSource.environmentFile(environmentFile))
                let sources: [SettingsSource] = [.environment(["PORT": "3"]), dotenv, try await .file(file)]
                return try Settings(SettingsReader(sources: sources))
            }
        }
        #expect(settings.port == 3)
        #expect(settings.host == "dotenv")
        #expect(settings.service.fanOutLimit == 7)
    }

    @Test("A misspelt breaker setting is found in every kind of file")
    func unknownName() async throws {
        for (name, text) in [
            ("a.json", #"{"circuitBreaker": {"treshold": 9}}"#), ("a.yml", "circuitBreaker: {treshold: 9}"),
        ] {
            await #expect(throws: SettingsError.self) {
                try await withFile(name, text) { path in
                    _ = try Settings(SettingsReader(sources: [try await .file(path)]))
                }
            }
        }
        await #expect(throws: SettingsError.self) {
            try await withFile(".env", "CIRCUIT_BREAKER_TRESHOLD=1\n") { path in
                _ = try Settings(SettingsReader(sources: [try #require(try await .environmentFile(path))]))
            }
        }
    }

    @Test("A missing or broken file is an error that names it; a missing .env is none")
    func missing() async throws {
        await #expect(throws: SettingsError("--config names /nowhere/a.json, but there is no such file")) {
            _ = try await SettingsSource.file("/nowhere/a.json")
        }
        await #expect(throws: SettingsError.self) {
            try await withFile("a.json", "{") { _ = try await SettingsSource.file($0) }
        }
        let none = try await SettingsSource.environmentFile("/nowhere/.env")
        #expect(none?.name == nil)
    }

    @Test("A wrong value in a file names the file")
    func wrongValue() async throws {
        let error = await #expect(throws: SettingsError.self) {
            try await withFile("a.json", #"{"port": "many"}"#) { path in
                _ = try Settings(SettingsReader(sources: [try await .file(path)]))
            }
        }
        #expect(
            error?.description.hasPrefix(
                "PORT is \"many\": allowed is a whole number from 0 to 65535. It comes from the file /"
            ) == true
        )
    }
}
