import EventService
import EventServiceTestSupport
import Foundation
import HTTPAPI
import Logging
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

    private func running() async throws -> Running {
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
        let reload = SettingsReload(settings, loader: loader, target: target)
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
