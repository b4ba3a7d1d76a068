import EventServiceTestSupport
import TestSupport
import Testing

@testable import EventService

@Suite("Watching objectives", .timeLimit(.minutes(3)))
struct ObjectivesWatchTests {
    private let clock = ManualClock()
    private let signal = ChangeSignal()
    private let objectives: Objectives

    init() {
        objectives = Objectives(
            [.getUsers: RouteObjectives(availability: 0.99)],
            time: WallClock(start: ServiceHarness.start, clock: clock),
            clock: clock,
            signal: signal
        )
    }

    /// Runs something beside the watch, once that has looked for the first time.
    /// - Parameter body: Gets how often was told that something changed.
    private func watching(_ body: (Observed<Int>) async throws -> Void) async throws {
        let told = Observed(-1)
        let watch = Task { await objectives.watch() }
        let reader = Task { [signal] in
            for await _ in signal.changes() { told.change { $0 += 1 } }
        }
        try await told.wait { $0 == 0 }
        try await pause(until: .milliseconds(250), isMorePlanned: false)
        try await body(told)
        watch.cancel()
        reader.cancel()
        await watch.value
    }

    /// Ends the pause after a look, once that has begun.
    ///
    /// The next look must have been planned by then, where one is: how long that is away is measured before it is slept.
    private func pause(until offset: Duration, isMorePlanned: Bool = true) async throws {
        try await wakes(next: offset)
        try await clock.waitForSleepers(isMorePlanned ? 2 : 1)
        clock.advance(by: .milliseconds(250))
    }

    /// Waits until the next to wake does so at this time.
    private func wakes(next offset: Duration) async throws {
        while clock.nextWake?.offset != offset {
            try Task.checkCancellation()
            await Task.yield()
        }
    }

    /// Gives whoever was woken by mistake the time to look, and to begin the pause after it.
    private func othersRun() async {
        for _ in 0..<1000 { await Task.yield() }
    }

    @Test("tells of the first answer, and then of none while all are good")
    func good() async throws {
        try await watching { told in
            objectives.count(.getUsers, isGood: true, since: .zero)
            try await told.wait { $0 == 1 }
            try await pause(until: .milliseconds(500))
            // An hour without an answer is what it waits for.
            try await wakes(next: .seconds(3600))
            objectives.count(.getUsers, isGood: true, since: .zero)
            await othersRun()
            #expect(clock.nextWake?.offset == .seconds(3600))
            #expect(told.value == 1)
        }
    }

    @Test("sleeps without a time while there is nothing to get old")
    func idle() async throws {
        try await watching { _ in
            await othersRun()
            #expect(clock.sleepers == 0)
        }
    }

    @Test("looks once when something gets too old")
    func looksOnce() async throws {
        try await watching { told in
            objectives.count(.getUsers, isGood: false, since: .zero)
            try await told.wait { $0 == 1 }
            try await pause(until: .milliseconds(500))
            try await wakes(next: .seconds(300))
            clock.advance(by: .milliseconds(299_500))
            try await pause(until: .milliseconds(300_250))
            try await wakes(next: .seconds(1800))
        }
    }

    @Test("tells what the time changes: a bad answer leaves the windows, and then there is no traffic")
    func decay() async throws {
        try await watching { told in
            objectives.count(.getUsers, isGood: false, since: .zero)
            try await told.wait { $0 == 1 }
            try await pause(until: .milliseconds(500))
            #expect(objectives.status.first.map { $0.burnRate(.fiveMinutes) > 99 } == true)
            try await wakes(next: .seconds(300))
            clock.advance(by: .milliseconds(299_500))
            try await told.wait { $0 == 2 }
            #expect(objectives.status.first?.burnRate(.fiveMinutes) == 0)
            #expect(objectives.status.first?.hasNoTraffic == false)
            try await pause(until: .milliseconds(300_250))
            // The half hour shows nowhere, so that nobody is told.
            try await wakes(next: .seconds(1800))
            clock.advance(by: .seconds(3600 - 300))
            try await told.wait { $0 == 3 }
            #expect(objectives.status.first?.hasNoTraffic == true)
        }
    }
}
