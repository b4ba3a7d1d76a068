import Dashboard
import EventService
import EventServiceTestSupport
import Foundation
import Synchronization
import TestSupport
import Testing

@testable import evenkeel

/// What becomes of what is under way when somebody leaves.
@Suite(.timeLimit(.minutes(3)))
struct EffectRunnerTests {
    /// A service elsewhere that answers once it may, or never.
    private struct SlowService: DashboardSource {
        let gate = Gate()
        var failure: ServiceError?
        var isKept = true
        /// Whether it had done what it was asked for when that was given up.
        var isDoneAnyway = false

        private func answer() async throws(ServiceError) {
            do throws(UpstreamError) {
                try await gate.pass()
            } catch {
                if !isDoneAnyway { throw ServiceError(.cancelled, message: "cancelled") }
            }
            if let failure { throw failure }
        }

        func known() -> KnownService { KnownService(snapshot: nil, connection: nil) }
        func changes() -> AsyncStream<Void> { AsyncStream { $0.finish() } }
        var now: Date { Date(timeIntervalSince1970: 0) }
        func newEventID() -> String { "id" }

        func listUsers(for context: CallContext, policy: CachePolicy) async throws(ServiceError) -> ReadResult<[User]> {
            try await answer()
            throw ServiceError(.busy, message: "service busy")
        }

        func listEvents(
            ofUser id: String,
            for context: CallContext,
            policy: CachePolicy
        ) async throws(ServiceError) -> ReadResult<UserEvents> {
            try await answer()
            throw ServiceError(.busy, message: "service busy")
        }

        func submit(
            _ draft: EventDraft,
            whenDown: EventServiceConfiguration.WhenDown?,
            for context: CallContext
        ) async throws(ServiceError) -> DraftFate {
            try await answer()
            throw ServiceError(.busy, message: "service busy")
        }

        func listKept(atMost limit: Int) async throws(ServiceError) -> KeptEvents {
            try await answer()
            return KeptEvents(events: [])
        }

        func retryKept(_ id: String, for context: CallContext) async throws(ServiceError) -> Bool {
            try await answer()
            return isKept
        }

        func discardKept(_ id: String, for context: CallContext) async throws(ServiceError) -> Bool {
            try await answer()
            return isKept
        }

        func timelinePage(_ query: HistoryQuery) async throws(ServiceError) -> TimelinePage {
            try await answer()
            return TimelinePage()
        }

        func setMode(_ mode: BreakerStatus.Mode, of route: UpstreamRoute) async throws(ServiceError) {
            try await answer()
        }

        func reset(_ route: UpstreamRoute) async throws(ServiceError) { try await answer() }
        func probe(_ route: UpstreamRoute) async throws(ServiceError) { try await answer() }
    }

    private func runner(_ service: SlowService) -> EffectRunner {
        EffectRunner(source: service, simulator: nil, log: LogRing()) { _ in }
    }

    private let changes: [Effect] = [
        .changeBreaker(.addEvent, .forceOpen), .probe(.getUsers), .retryKept(id: "k1"), .discardKept(id: "k2"),
    ]

    @Test("What is not known to be done in time is told, each in a line")
    func unknown() async {
        let runner = runner(SlowService())
        changes.forEach(runner.run)
        #expect(
            await runner.finish(within: .zero) == [
                "Forcing addEvent open: it may or may not be done.", "Probing getUsers: it may or may not be done.",
                "Trying event k1 again: it may or may not be done.", "Discarding event k2: it may or may not be done.",
            ]
        )
    }

    @Test("What is done while somebody leaves is told, and why not what isn't")
    func ends() async {
        var service = SlowService()
        (service.isKept, service.isDoneAnyway) = (false, true)
        let runner = runner(service)
        changes.forEach(runner.run)
        #expect(
            await runner.finish(within: .zero) == [
                "Forcing addEvent open: done.", "Probing getUsers: done.",
                "Trying event k1 again: not done, it is not in the outbox any more.",
                "Discarding event k2: not done, it is not in the outbox any more.",
            ]
        )
    }

    @Test("What has ended before was told on the screen")
    func before() async throws {
        var service = SlowService()
        service.failure = ServiceError(.busy, message: "service busy")
        service.gate.open()
        let answers = Observed<[Message]>([])
        let runner = EffectRunner(source: service, simulator: nil, log: LogRing()) { message in
            answers.change { $0.append(message) }
        }
        runner.run(.changeBreaker(.addEvent, .reset))
        runner.run(.selectScenario("flaky"))
        try await answers.wait { $0.count == 2 }
        #expect(answers.value.contains(.breakerChanged(.addEvent, .reset, failure: "service busy")))
        #expect(
            answers.value.contains(
                .scenarioFinished(name: "flaky", failure: "the events API is not the built-in simulator")
            )
        )
    }

    @Test("A file that can't be written any more is told of, and one that was written isn't")
    func exports() async throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        let exporter = Exporter(folder: URL(fileURLWithPath: folder.url.path, isDirectory: true))
        let gate = Gate()
        func export(_ file: String) -> Export {
            Export(table: ExportTable(columns: ["a"], rows: []), format: .csv, file: file)
        }
        exporter.export(export("first.csv"), isReplacing: false) { _ in try? await gate.pass() }
        let runner = EffectRunner(source: SlowService(), simulator: nil, log: LogRing(), exporter: exporter) { _ in }
        for file in ["second.csv", "first.csv", "none/third.csv"] {
            runner.run(.export(export(file), isReplacing: false))
        }
        // From here on somebody wants to know.
        _ = await exporter.finish(within: .zero)
        gate.open()
        #expect(
            await runner.finish(within: .seconds(60)) == [
                "“first.csv” is there already and was left as it is.",
                "“none/third.csv” was not written: No such file or directory.",
            ]
        )
    }
}
