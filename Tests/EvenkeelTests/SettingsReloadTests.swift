import EventService
import EventServiceTestSupport
import Foundation
import HTTPAPI
import Logging
import TestSupport
import Testing

@testable import evenkeel

@Suite("Settings that change while the program runs", .timeLimit(.minutes(1)))
struct SettingsReloadTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    /// Something to take settings over, started with what the file `.env` says.
    private struct Running {
        let reload: SettingsReload
        let service: EventService
        let threshold: LogThreshold
        let log: RecordingLog
    }

    private func running(clock: any Clock<Duration> = ContinuousClock()) async throws -> Running {
        let loader = SettingsLoader(flags: [:], file: nil, environment: [:], environmentFile: folder.path(".env"))
        let settings = try await loader.load()
        let log = RecordingLog()
        let service = try EventService(
            api: FakeEventsAPI.working(),
            upstream: ServiceSnapshot.Upstream(url: "http://events.test"),
            configuration: settings.service,
            now: Date(),
            logger: log.logger
        )
        let threshold = LogThreshold(settings.logLevel)
        let api = HTTPAPI(service: service, configuration: settings.api, logger: log.logger)
        let target = SettingsReload.Target(
            service: service,
            accessControl: api.accessControl,
            threshold: threshold,
            logger: log.logger
        )
        let reload = SettingsReload(settings, loader: loader, target: target, clock: clock)
        return Running(reload: reload, service: service, threshold: threshold, log: log)
    }

    private func threshold(of service: EventService) -> Int? {
        service.snapshot().breakers.first?.failureThreshold
    }

    @Test("hold at once, with the old and the new value in the log")
    func takenOver() async throws {
        defer { folder.remove() }
        try folder.write("CIRCUIT_BREAKER_FAILURE_THRESHOLD=4\n", to: ".env")
        let running = try await running()
        #expect(threshold(of: running.service) == 4)
        try folder.write("CIRCUIT_BREAKER_FAILURE_THRESHOLD=7\nLOG_LEVEL=debug\n", to: ".env")
        await running.reload.reload()
        #expect(threshold(of: running.service) == 7)
        #expect(running.threshold.level == .debug)
        let changes = running.log.lines.filter { $0.message == "Setting taken over" }.map(\.metadata)
        #expect(changes.map { $0["setting"] } == ["CIRCUIT_BREAKER_FAILURE_THRESHOLD", "LOG_LEVEL"])
        #expect(changes.map { $0["old"] } == ["4", "default"])
        #expect(changes.map { $0["new"] } == ["7", "debug"])
    }

    @Test("stay as they were where one of them can't be used")
    func refused() async throws {
        defer { folder.remove() }
        try folder.write("CIRCUIT_BREAKER_FAILURE_THRESHOLD=4\n", to: ".env")
        let running = try await running()
        try folder.write("LOG_LEVEL=debug\nCIRCUIT_BREAKER_FAILURE_THRESHOLD=none\n", to: ".env")
        await running.reload.reload()
        #expect(threshold(of: running.service) == 4)
        #expect(running.threshold.level == .info)
        let reason = running.log.lines.first { $0.message == "Settings not taken over" }?.metadata["reason"]
        #expect(reason?.contains("CIRCUIT_BREAKER_FAILURE_THRESHOLD") == true)
    }

    @Test("that only a start reads are named")
    func untilRestart() async throws {
        defer { folder.remove() }
        try folder.write("PORT=3000\n", to: ".env")
        let running = try await running()
        try folder.write("PORT=4000\n", to: ".env")
        await running.reload.reload()
        let change = try #require(running.log.lines.first { $0.message == "Setting holds from the next start on" })
        #expect(change.metadata["setting"] == "PORT")
        #expect(change.metadata["new"] == "4000")
    }

    @Test("that only a start reads are compared with what runs, not with what the file said before")
    func takenBack() async throws {
        defer { folder.remove() }
        try folder.write("PORT=3000\n", to: ".env")
        let running = try await running()
        for port in ["4000", "5000", "3000", "4000"] {
            try folder.write("PORT=\(port)\n", to: ".env")
            await running.reload.reload()
        }
        try folder.write("", to: ".env")
        await running.reload.reload()
        let lines = running.log.lines
        let (waits, runs) = ("Setting holds from the next start on", "Setting is what runs already")
        #expect(lines.map(\.message) == [waits, waits, runs, waits, runs], "3000 is also the default")
        #expect(lines.map(\.metadata["new"]) == ["4000", "5000", "3000", "4000", "default"])
        #expect(lines.allSatisfy { $0.metadata["old"] == "3000" })
    }

    @Test("take back what they don't say any more")
    func backToDefault() async throws {
        defer { folder.remove() }
        try folder.write("CIRCUIT_BREAKER_FAILURE_THRESHOLD=4\n", to: ".env")
        let running = try await running()
        try FileManager.default.removeItem(atPath: folder.path(".env"))
        await running.reload.reload()
        #expect(threshold(of: running.service) == 3)
        #expect(running.log.lines.last?.metadata["new"] == "default")
    }

    @Test("change nothing and say nothing where nothing has changed")
    func unchanged() async throws {
        defer { folder.remove() }
        try folder.write("CIRCUIT_BREAKER_FAILURE_THRESHOLD=4\n", to: ".env")
        let running = try await running()
        await running.reload.reload()
        #expect(running.log.lines.isEmpty)
        await running.reload.reload(isAsked: true)
        #expect(running.log.lines.map(\.message) == ["Settings read again: all as before"])
    }

    @Test("tell that they can be used again after a mistake was corrected")
    func corrected() async throws {
        defer { folder.remove() }
        try folder.write("CIRCUIT_BREAKER_FAILURE_THRESHOLD=4\n", to: ".env")
        let running = try await running()
        try folder.write("CIRCUIT_BREAKER_FAILURE_THRESHOLD=four\n", to: ".env")
        await running.reload.reload()
        try folder.write("CIRCUIT_BREAKER_FAILURE_THRESHOLD=4\n", to: ".env")
        for _ in 1...2 { await running.reload.reload() }
        #expect(running.log.lines.map(\.message) == ["Settings not taken over", "Settings read again: all as before"])
    }

    @Test("tell at each reading that everybody can read the tokens")
    func readableTokens() async throws {
        defer { folder.remove() }
        try folder.write("API_TOKENS_FILE=\(folder.path("tokens"))\n", to: ".env")
        try folder.write("one read 0123456789abcdef\n", to: "tokens")
        func allow(_ permissions: Int) throws {
            try FileManager.default.setAttributes([.posixPermissions: permissions], ofItemAtPath: folder.path("tokens"))
        }
        try allow(0o600)
        let running = try await running()
        await running.reload.reload()
        #expect(running.log.lines.isEmpty)
        for _ in 1...2 {
            try allow(0o644)
            await running.reload.reload()
        }
        let warning = "Everybody on this machine can read the tokens"
        #expect(running.log.lines.map(\.message) == [warning, warning])
        try allow(0o640)
        await running.reload.reload()
        #expect(running.log.lines.count == 2)
    }

    @Test("are read again when a file changed since it was read at the start, and not before")
    func changedBeforeWatching() async throws {
        defer { folder.remove() }
        try folder.write("CIRCUIT_BREAKER_FAILURE_THRESHOLD=4\n", to: ".env")
        let clock = ManualClock()
        let running = try await running(clock: clock)
        try folder.write("CIRCUIT_BREAKER_FAILURE_THRESHOLD=17\n", to: ".env")
        let task = Task { try await running.reload.run() }
        try await clock.waitForSleepers(1)
        #expect(running.log.lines.isEmpty)
        for _ in 1...2 {
            try await clock.waitForSleepers(1)
            clock.advance(by: .seconds(2))
        }
        while threshold(of: running.service) != 17 {
            try Task.checkCancellation()
            await Task.yield()
        }
        task.cancel()
    }

    @Test("bring other tokens, but don't do without any because a line went missing")
    func tokens() async throws {
        defer { folder.remove() }
        let settings = "API_TOKENS_FILE=\(folder.path("tokens"))\n"
        try folder.write(settings, to: ".env")
        try folder.write("one read 0123456789abcdef\n", to: "tokens")
        let running = try await running()
        try folder.write("two read,write fedcba9876543210\n", to: "tokens")
        await running.reload.reload()
        let entry = try #require(running.log.lines.first { $0.message == "Tokens taken over" })
        #expect(entry.metadata["clients"] == "two")
        try FileManager.default.removeItem(atPath: folder.path(".env"))
        await running.reload.reload()
        #expect(running.log.lines.contains { $0.message.hasPrefix("Tokens stay in force") })
    }
}
