import Foundation
import Testing

@testable import EventService

@Suite("Lane record")
struct LaneRecordTests {
    private let start = 1_700_000_000

    @Test("counts what happens within one second together, each kind for itself")
    func counts() {
        var record = LaneRecord()
        record.count(\.successes, at: date(0.0))
        record.count(\.successes, at: date(0.999))
        record.count(\.failures, at: date(0.5))
        record.count(\.rejections, at: date(0.5))
        record.count(\.probeSuccesses, at: date(0.5))
        record.count(\.probeFailures, at: date(1.0))
        var first = Timeline.Second(second: Int64(start))
        (first.successes, first.failures, first.rejections, first.probeSuccesses) = (2, 1, 1, 1)
        var second = Timeline.Second(second: Int64(start) + 1)
        second.probeFailures = 1
        #expect(record.lane.seconds == [first, second])
    }

    @Test("keeps seconds younger than the span and drops one that is exactly as old")
    func span() {
        var record = LaneRecord()
        for offset in [0, 1, 2] { record.count(\.failures, at: date(Double(offset))) }
        record.count(\.failures, at: date(Double(LaneRecord.span - 1)))
        #expect(offsets(record) == [0, 1, 2, LaneRecord.span - 1])
        record.count(\.failures, at: date(Double(LaneRecord.span)))
        #expect(offsets(record) == [1, 2, LaneRecord.span - 1, LaneRecord.span])
        record.count(\.successes, at: date(Double(LaneRecord.span * 10)))
        #expect(offsets(record) == [LaneRecord.span * 10])
    }

    @Test("what is too old to be kept as a second is kept in a longer period")
    func earlier() {
        var record = LaneRecord()
        for offset in 0..<7 {
            for _ in 0..<2 { record.count(\.failures, at: date(Double(offset))) }
        }
        record.count(\.rejections, at: date(Double(LaneRecord.span) + 5))
        #expect(offsets(record) == [6, LaneRecord.span + 5])
        // 1,700,000,000 is a multiple of five.
        #expect(record.lane.earlier.map { $0.sum.second - Int64(start) } == [0, 5])
        #expect(record.lane.earlier.map(\.sum.failures) == [10, 2])
    }

    @Test("takes over what was recorded before, and goes on counting in it")
    func restores() {
        var record = LaneRecord()
        var probes = Timeline.Second(second: Int64(start) + LaneRecord.span)
        probes.probeFailures = 1
        var failures = Timeline.Second(second: probes.second)
        failures.failures = .max
        record.restore([Timeline.Second(second: Int64(start)), probes, failures])
        record.count(\.failures, at: date(Double(LaneRecord.span)))
        probes.failures = .max
        #expect(record.lane.seconds == [probes])
        #expect(record.lane.earlier.map(\.sum.second) == [Int64(start)])
    }

    @Test("counts what comes a little late in the second under way")
    func late() {
        var record = LaneRecord()
        record.count(\.successes, at: date(5))
        record.count(\.failures, at: date(4.9))
        #expect(offsets(record) == [5])
        #expect(record.lane.seconds.first?.failures == 1)
    }

    @Test("forgets the future when the clock is set back, and goes on")
    func setBack() {
        var record = LaneRecord()
        for offset in [0, 100, 3600, 3605, 4300] { record.count(\.failures, at: date(Double(offset))) }
        #expect(record.lane.earlier.count == 4)
        record.count(\.successes, at: date(50))
        record.count(\.successes, at: date(60))
        #expect(offsets(record) == [50, 60])
        #expect(record.lane.seconds.map(\.successes) == [1, 1])
        #expect(record.lane.earlier.map { $0.sum.second - Int64(start) } == [-20])
    }

    @Test("a band under way goes on from the time that the clock was set back to")
    func setBackWhileOpen() {
        var record = LaneRecord()
        record.enter(.halfOpen, at: date(3590), wait: nil)
        record.enter(.open, at: date(3600), wait: .seconds(60))
        record.count(\.rejections, at: date(100))
        #expect(record.lane.bands == [.init(state: .open, from: date(100), wait: .seconds(60))])
        record.enter(.closed, at: date(130), wait: nil)
        #expect(record.lane.bands == [.init(state: .open, from: date(100), to: date(130), wait: .seconds(60))])
    }

    @Test("stays within its bounds whatever the load")
    func bounds() {
        var record = LaneRecord()
        for number in 0..<1_000_000 {
            record.count(\.successes, at: date(Double(number) / 100))
        }
        #expect(record.lane.seconds.count == Int(LaneRecord.span))
        #expect(record.lane.seconds.allSatisfy { $0.successes == 100 })
        for number in 0..<10_000 {
            record.enter(number.isMultiple(of: 2) ? .open : .halfOpen, at: date(Double(number)), wait: nil)
        }
        #expect(record.lane.bands.count == LaneBands.maximum)
        #expect(record.lane.bands.last?.from == date(9999))
    }

    @Test("keeps one band for each time of not being closed, each ending where the next begins")
    func bands() {
        var record = LaneRecord()
        record.enter(.open, at: date(1), wait: .seconds(10))
        #expect(record.lane.bands == [.init(state: .open, from: date(1), wait: .seconds(10))])
        record.enter(.halfOpen, at: date(11), wait: nil)
        record.enter(.open, at: date(12), wait: .seconds(20))
        record.enter(.halfOpen, at: date(32), wait: nil)
        record.enter(.closed, at: date(33), wait: nil)
        record.enter(.forcedOpen, at: date(50), wait: nil)
        #expect(
            record.lane.bands == [
                .init(state: .open, from: date(1), to: date(11), wait: .seconds(10)),
                .init(state: .halfOpen, from: date(11), to: date(12)),
                .init(state: .open, from: date(12), to: date(32), wait: .seconds(20)),
                .init(state: .halfOpen, from: date(32), to: date(33)),
                .init(state: .forcedOpen, from: date(50)),
            ]
        )
    }

    private func date(_ offset: Double) -> Date {
        Date(timeIntervalSince1970: Double(start) + offset)
    }

    private func offsets(_ record: LaneRecord) -> [Int64] {
        record.lane.seconds.map { $0.second - Int64(start) }
    }
}
