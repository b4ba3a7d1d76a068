import EventServiceTestSupport
import Foundation
import Logging
import Testing

@testable import EventService

@Suite("The timeline after a restart")
struct RestartTests {
    private let start = Date(timeIntervalSince1970: 1_700_000_000)
    private let stores = FakeStores()

    private func date(_ offset: Double) -> Date { start.addingTimeInterval(offset) }

    private func recorder(start: Date? = nil) -> Recorder {
        let history = History(stores.stores(), clock: ContinuousClock(), logger: Logger(label: "test"))
        return Recorder(signal: ChangeSignal(), history: history, start: start ?? self.start)
    }

    /// Another process takes over at a time.
    private func restart(_ before: Recorder, at now: Date) async throws -> Recorder {
        await before.history?.write()
        let after = recorder(start: now)
        let history = try #require(after.history)
        let entries = try await history.store.entries(HistoryQuery(limit: 200), of: history.holder)
        after.restore(entries.reversed(), try await HistoryPast.read(history, now: now), at: now)
        return after
    }

    private func fail(_ recorder: Recorder, at date: Date, isProbe: Bool = false) {
        let failure = CallFailure(message: "status 503", duration: .seconds(1), isProbe: isProbe, requestID: "r")
        recorder.failed(.getEvents, failure, at: date)
    }

    private func open(_ recorder: Recorder, at date: Date) {
        let change = StateChange(from: .closed, to: .open, reason: "failures", wait: .seconds(10))
        recorder.changed(.getEvents, change, at: date)
    }

    @Test("a process that was told to stop: its band ends then, and nothing else is known until the next start")
    func cleanStop() async throws {
        let before = recorder()
        before.restore([], at: date(0))
        open(before, at: date(10))
        before.stopped(at: date(100))
        let timeline = try await restart(before, at: date(400)).read().timeline
        let bands: [Timeline.Band] = [
            .init(state: .open, from: date(10), to: date(20), wait: .seconds(10)),
            .init(state: .halfOpen, from: date(20), to: date(100)),
        ]
        #expect(timeline.lanes[.getEvents]?.bands == bands)
        #expect(timeline.gaps.map(\.to) == [date(400)])
        #expect(
            timeline.entries.map(\.kind) == [
                .started(downtime: nil), .transition(from: .closed, to: .open, reason: "failures"), .stopped,
                .started(downtime: .seconds(300)),
            ]
        )
    }

    @Test("a process that died: its band ends with the last that is known of it, and the next process remembers that")
    func crash() async throws {
        let before = recorder()
        before.restore([], at: date(0))
        open(before, at: date(10))
        fail(before, at: date(60), isProbe: true)
        let after = try await restart(before, at: date(400))
        fail(after, at: date(410))
        let timeline = try await restart(after, at: date(500)).read().timeline
        let bands: [Timeline.Band] = [
            .init(state: .open, from: date(10), to: date(20), wait: .seconds(10)),
            .init(state: .halfOpen, from: date(20), to: date(60)),
        ]
        #expect(timeline.lanes[.getEvents]?.bands == bands)
        #expect(timeline.gaps.map(\.to) == [date(500)])
        #expect(!timeline.entries.contains { $0.kind == .stopped })
    }

    @Test("failures of the last day are in the lanes again, however many there were, and what is older isn't")
    func failures() async throws {
        let before = recorder()
        let hours = [25.0, 23, 13, 5, 2, 0.9, 0.1, 0]
        for hour in hours {
            for offset in 0..<300 { fail(before, at: date(hour * -3600 - Double(offset) / 100)) }
            await before.history?.write()
        }
        let timeline = try await restart(before, at: date(1)).read().timeline
        let lane = try #require(timeline.lanes[.getEvents])
        let earlier = lane.earlier.reduce(0) { $0 + $1.sum.failures }
        #expect(earlier + lane.seconds.reduce(0) { $0 + $1.failures } == 7 * 300)
        #expect(lane.seconds.reduce(0) { $0 + $1.failures } == 2 * 300)
        #expect(Set(lane.earlier.map(\.length)) == [5, 30, 120])
        #expect(timeline.entries.count == Recorder.maximumEntries)
    }
}
