import EventService
import Foundation
import TestSupport
import Testing
import TextUI

@testable import Dashboard

/// What a cell shows of hundreds of calls, compared with all of them one by one.
@Suite
struct LaneCellsModelTests {
    private struct Call {
        var second: Int64
        var kind: LaneCells.Calls
    }

    private static let now: Int64 = 1_700_000_000
    private static let kinds: [LaneCells.Calls] = [.success, .probeSuccess, .probeFailure, .rejection, .failure]

    private func calls(_ random: inout SplitMix64, span: Int64) -> [Call] {
        (0..<3000).map { _ in
            // Bursts, so that cells differ: hundreds of calls in some, none in others.
            let second = Self.now - Int64.random(in: 0..<span, using: &random) / 37 * 37
            return Call(second: second, kind: Self.kinds.randomElement(using: &random) ?? .success)
        }
    }

    private func lane(_ calls: [Call]) -> Timeline.Lane {
        var seconds: [Int64: Timeline.Second] = [:]
        for call in calls {
            let counter: WritableKeyPath<Timeline.Second, UInt32> =
                switch call.kind {
                case .none, .counted, .success: \.successes
                case .probeSuccess: \.probeSuccesses
                case .probeFailure: \.probeFailures
                case .rejection: \.rejections
                case .failure: \.failures
                }
            seconds[call.second, default: Timeline.Second(second: call.second)][keyPath: counter] += 1
        }
        let sorted = seconds.values.sorted { $0.second < $1.second }
        let earlier = sorted.filter { $0.second <= Self.now - 600 }.map { Timeline.Period(sum: $0, length: 1) }
        return Timeline.Lane(seconds: sorted.filter { $0.second > Self.now - 600 }, earlier: earlier)
    }

    @Test("A lane moves for as long as a cell, a band's end or a gap's shows that", arguments: 0..<50)
    func moves(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        let span = TimelineScale.spans.randomElement(using: &random) ?? .seconds(120)
        let width = Int.random(in: 1...120, using: &random)
        func moment() -> Date {
            Date(timeIntervalSince1970: Double(Self.now - Int64.random(in: -100..<1000, using: &random)))
        }
        var lane = Bool.random(using: &random) ? lane(calls(&random, span: span.wholeSeconds)) : Timeline.Lane()
        if Bool.random(using: &random) {
            let end = Bool.random(using: &random) ? moment() : nil
            let wait: Duration? = Bool.random(using: &random) ? .seconds(Int.random(in: 1...600, using: &random)) : nil
            lane.bands = [.init(state: .open, from: moment(), to: end, wait: wait)]
        }
        let gaps = Bool.random(using: &random) ? [Timeline.Gap(from: moment(), to: moment())] : []
        for later: Int64 in [0, 20, 500, 1000, 5000, 100_000] {
            let now = Date(timeIntervalSince1970: Double(Self.now + later))
            let scale = TimelineScale(span: span, width: width, now: now)
            let cells = LaneCells(lane, gaps: gaps, scale: scale)
            let isMoving =
                cells.bands.contains { $0.startsHere || $0.endsHere } || cells.calls.contains { $0 != .none }
                || cells.gaps.contains { $0.lowerBound > 0 || $0.upperBound < width - 1 }
            #expect(lane.isMoving(gaps: gaps, on: scale) == isMoving)
        }
    }

    @Test("Every cell shows the most telling of its calls, and how many there were of that kind", arguments: 0..<20)
    func model(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        let span = TimelineScale.spans.filter { $0 >= .seconds(120) }.randomElement(using: &random) ?? .seconds(120)
        let width = Int.random(in: 1...120, using: &random)
        let calls = calls(&random, span: span.wholeSeconds)
        let scale = TimelineScale(span: span, width: width, now: Date(timeIntervalSince1970: Double(Self.now)))
        let cells = LaneCells(lane(calls), scale: scale)
        let byColumn = Dictionary(grouping: calls) { scale.column(ofSecond: $0.second) }
        for column in 0..<width {
            let here = byColumn[column] ?? []
            let kind = here.map(\.kind).max() ?? .none
            #expect(cells.calls[column] == kind)
            #expect(cells.amounts[column] == here.count { $0.kind == kind })
        }
    }

    @Test("The more calls a cell shows, the heavier its glyph", arguments: [Glyphs.unicode, .ascii])
    func densities(glyphs: Glyphs) {
        func shown(_ kind: LaneCells.Calls) -> [DisplayText] {
            [1, 9, 10, 99, 100, 1_000_000].map { kind.glyph(glyphs, amount: $0).0 }
        }
        for kind in [LaneCells.Calls.success, .rejection, .failure] {
            let levels = shown(kind)
            #expect(levels[0] == levels[1] && levels[2] == levels[3] && levels[4] == levels[5])
            #expect(Set(levels).count == 3)
        }
        let all = [LaneCells.Calls.success, .rejection, .failure, .probeFailure].flatMap { Set(shown($0)) }
        #expect(Set(all).count == all.count, "no glyph means two things")
        #expect(all.allSatisfy { $0.width == 1 })
    }

    private static func scale(seconds: Int64, width: Int) -> TimelineScale {
        TimelineScale(span: .seconds(seconds), width: width, now: Date(timeIntervalSince1970: Double(now)))
    }

    @Test("One failure hours ago is one mark, however far the time is spread in which it happened")
    func oneFailure() {
        let period = Timeline.Period(sum: second(7 * 3600, failures: 1), length: 120)
        let now = Self.now - 7 * 3600 + 90
        let scale = TimelineScale(span: .seconds(120), width: 92, now: Date(timeIntervalSince1970: Double(now)))
        let cells = LaneCells(Timeline.Lane(earlier: [period]), scale: scale)
        #expect(cells.calls.count { $0 == .failure } == 1)
        #expect(cells.amounts.reduce(0, +) == 1)
        #expect(cells.calls.count { $0 == .counted } > 60)
    }

    @Test("Where the time began before the row, its calls are told in the first cell; bands are drawn over its rest")
    func beganBefore() {
        let period = Timeline.Period(sum: second(40, failures: 1), length: 35)
        let band = Timeline.Band(state: .open, from: date(25), to: date(10), wait: nil)
        #expect(drawn(Timeline.Lane(earlier: [period])) == "×_______________________······")
        #expect(drawn(Timeline.Lane(earlier: [period], bands: [band])).contains("OPEN"))
    }

    private func drawn(
        _ lane: Timeline.Lane,
        gaps: [Timeline.Gap] = [],
        seconds: Int64 = 30,
        width: Int = 30
    ) -> String {
        let now = Date(timeIntervalSince1970: Double(Self.now))
        let scale = TimelineScale(span: .seconds(seconds), width: width, now: now)
        var grid = Grid(size: Size(columns: width, rows: 1))
        let context = ViewContext(glyphs: .unicode, time: TimeText(timeZone: .gmt), now: now)
        LaneView(lane: LaneCells(lane, gaps: gaps, scale: scale)).draw(on: &grid, in: grid.bounds, context: context)
        return grid.lines[0]
    }

    private func second(_ back: Int64, failures: UInt32) -> Timeline.Second {
        var second = Timeline.Second(second: Self.now - back)
        second.failures = failures
        return second
    }

    private func date(_ back: Double) -> Date { Date(timeIntervalSince1970: Double(Self.now) - back) }

    @Test("A change of state is seen although hundreds of failures share its cell")
    func changesWin() {
        let seconds = (0..<60).reversed().map { second($0, failures: 5) }
        let band = Timeline.Band(state: .open, from: date(25), to: date(21), wait: .seconds(4))
        #expect(drawn(Timeline.Lane(seconds: seconds, bands: [band]), seconds: 60, width: 6) == "✗✗▐✗✗×")
    }

    @Test("A breaker whose wait is over is half-open from then on, also before the next call")
    func waitIsOver() {
        let band = Timeline.Band(state: .open, from: date(20), to: nil, wait: .seconds(10))
        #expect(drawn(Timeline.Lane(bands: [band])) == "·········▐OPEN 10 s▌~~~~~~~~~~")
        let waiting = Timeline.Band(state: .open, from: date(20), to: nil, wait: .seconds(60))
        #expect(drawn(Timeline.Lane(bands: [waiting])) == "·········▐OPEN 1 min──────────")
        let before = Timeline.Band(state: .open, from: date(40), to: nil, wait: .seconds(20))
        let scale = TimelineScale(span: .seconds(30), width: 30, now: date(0))
        #expect(Timeline.Lane(bands: [before]).isMoving(gaps: [], on: scale), "the end of the wait moves")
    }

    @Test("Calls of a time that is longer than a cell are counted once, and the rest of it is marked as theirs")
    func countsOnce() {
        let period = Timeline.Period(sum: second(20, failures: 12), length: 5)
        let lane = Timeline.Lane(earlier: [period])
        #expect(drawn(lane) == "·········✗____················")
        let gap = Timeline.Gap(from: date(28), to: date(22))
        let cells = LaneCells(lane, scale: Self.scale(seconds: 30, width: 30))
        #expect(cells.amounts.reduce(0, +) == 12)
        #expect(drawn(lane, gaps: [gap]) == "··     ··✗____················")
    }
}
