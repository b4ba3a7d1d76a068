import Foundation
import Testing

@testable import EventService

@Suite("Recorder")
struct RecorderTests {
    private let signal = ChangeSignal()
    private let date = Date(timeIntervalSince1970: 1_700_000_000)

    @Test("keeps the last 200 failures and changes, however many there were")
    func bounds() {
        let recorder = Recorder(signal: signal, start: date)
        for number in 0..<20_000 {
            recorder.failed(.getEvents, failure("\(number)"), at: date.addingTimeInterval(Double(number) / 1000))
        }
        let (timeline, lastFailures) = recorder.read()
        #expect(timeline.entries.count == Recorder.maximumEntries)
        #expect(timeline.entries.map(\.id) == Array(19_800..<20_000))
        #expect(lastFailures[.getEvents]?.message == "19999")
        #expect(timeline.lanes[.getEvents]?.seconds.count == 20)
        #expect(timeline.lanes[.getEvents]?.seconds.reduce(0) { $0 + $1.failures } == 20_000)
    }

    @Test("counts successes and rejections without an entry for each")
    func noEntries() {
        let recorder = Recorder(signal: signal, start: date)
        for number in 0..<50_000 {
            let date = date.addingTimeInterval(Double(number) / 25)
            recorder.succeeded(.getUsers, isProbe: false, duration: .milliseconds(3), at: date)
            recorder.rejected(.getUsers, at: date)
        }
        let timeline = recorder.read().timeline
        #expect(timeline.entries.isEmpty)
        #expect(timeline.lanes[.getUsers]?.seconds.count == 600)
        #expect(timeline.lanes[.getUsers]?.latencies.count == 120)
        #expect(timeline.lanes[.getUsers]?.seconds.allSatisfy { $0.successes == 25 && $0.rejections == 25 } == true)
    }

    @Test("keeps routes apart, and probes from other calls")
    func routes() {
        let recorder = Recorder(signal: signal, start: date)
        recorder.succeeded(.getUsers, isProbe: false, duration: .milliseconds(3), at: date)
        recorder.succeeded(.getUsers, isProbe: true, duration: .milliseconds(3), at: date)
        recorder.failed(.addEvent, failure("first"), at: date)
        recorder.failed(.addEvent, failure("second", isProbe: true), at: date)
        let (timeline, lastFailures) = recorder.read()
        #expect(timeline.lanes.keys.sorted { $0.rawValue < $1.rawValue } == [.addEvent, .getUsers])
        #expect(timeline.lanes[.getUsers]?.seconds.map(\.successes) == [1])
        #expect(timeline.lanes[.getUsers]?.seconds.map(\.probeSuccesses) == [1])
        #expect(timeline.lanes[.addEvent]?.seconds.map(\.failures) == [1])
        #expect(timeline.lanes[.getUsers]?.latencies.map(\.calls) == [2])
        #expect(timeline.lanes[.addEvent]?.latencies.map(\.median) == [.seconds(1)])
        #expect(timeline.lanes[.addEvent]?.seconds.map(\.probeFailures) == [1])
        #expect(lastFailures == [.addEvent: .init(at: date, message: "second")])
    }

    @Test("keeps what an entry needs to be understood")
    func entries() {
        let recorder = Recorder(signal: signal, start: date)
        recorder.failed(.addEvent, failure("status 503"), at: date)
        recorder.changed(.addEvent, StateChange(from: .closed, to: .open, reason: "why", wait: .seconds(10)), at: date)
        let timeline = recorder.read().timeline
        #expect(
            timeline.entries == [
                Timeline.Entry(
                    id: 0,
                    at: date,
                    route: .addEvent,
                    kind: .failure(message: "status 503", duration: .seconds(1), isProbe: false),
                    requestID: "r"
                ),
                Timeline.Entry(
                    id: 1,
                    at: date,
                    route: .addEvent,
                    kind: .transition(from: .closed, to: .open, reason: "why")
                ),
            ]
        )
        #expect(timeline.lanes[.addEvent]?.bands == [.init(state: .open, from: date, wait: .seconds(10))])
    }

    private func failure(_ message: String, isProbe: Bool = false) -> CallFailure {
        CallFailure(message: message, duration: .seconds(1), isProbe: isProbe, requestID: "r")
    }

    @Test("what the process didn't see begins a day before it, and ends with its start")
    func unknown() {
        let gaps = Recorder(signal: signal, start: date).read().timeline.gaps
        #expect(gaps == [Timeline.Gap(from: date.addingTimeInterval(-86_400), to: date)])
    }
}
