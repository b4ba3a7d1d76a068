import EventService
import Foundation
import Testing
import TextUI

@testable import Dashboard

/// How time becomes cells, and what a cell shows of the many things that happened in it.
@Suite
struct TimelineTests {
    private let now = Date(timeIntervalSince1970: 1_000_000)

    private func second(_ back: Int64, _ change: (inout Timeline.Second) -> Void = { _ in }) -> Timeline.Second {
        var second = Timeline.Second(second: 1_000_000 - back)
        change(&second)
        return second
    }

    @Test("A cell is a fixed piece of time, so nothing moves between two moves of the whole row")
    func cellsAreFixed() {
        let scale = TimelineScale(span: .seconds(120), width: 60, now: now)
        #expect(scale.cell == 2000)
        #expect(scale.column(of: now) == 59)
        #expect(scale.column(of: now.after(-0.001)) == 58)
        #expect(scale.untilNextMove(now: now) == .seconds(2))
        let later = TimelineScale(span: .seconds(120), width: 60, now: now.after(1.999))
        #expect(later == scale)
        #expect(later.untilNextMove(now: now.after(1.999)) == .milliseconds(1))
    }

    @Test("Times far off don't overflow", arguments: [Int64.min, Int64.max, -1, 0])
    func survivesExtremes(second: Int64) {
        let scale = TimelineScale(span: .seconds(30), width: 300, now: now)
        let column = scale.column(ofSecond: second)
        #expect(column < 0 || column >= 300)
        _ = TimelineScale(span: .seconds(30), width: 0, now: .distantPast).column(of: .distantFuture)
        _ = TimelineScale(span: .seconds(600), width: 1, now: .distantFuture).column(of: .distantPast)
    }

    @Test("What tells most is shown, however much happened beside it")
    func precedence() {
        func shown(_ change: @escaping (inout Timeline.Second) -> Void) -> LaneCells.Calls {
            LaneCells.Calls.mostTelling(of: second(0, change)).kind
        }
        #expect(shown { _ in } == .none)
        #expect(shown { $0.successes = 900 } == .success)
        #expect(shown { ($0.successes, $0.probeSuccesses) = (900, 1) } == .probeSuccess)
        #expect(shown { ($0.probeSuccesses, $0.probeFailures) = (900, 1) } == .probeFailure)
        #expect(shown { ($0.probeFailures, $0.rejections) = (900, 1) } == .rejection)
        #expect(shown { ($0.rejections, $0.failures) = (900, 1) } == .failure)
    }

    @Test("Seconds that share a cell show the most telling of all")
    func merges() {
        let scale = TimelineScale(span: .seconds(600), width: 10, now: now)
        let busy = (0..<600).reversed().map { back in
            second(Int64(back)) { $0.successes = 100_000 }
        }
        var seconds = busy
        seconds[300].failures = 1
        let lane = LaneCells(Timeline.Lane(seconds: seconds), scale: scale)
        #expect(lane.calls.count { $0 == .failure } == 1)
        #expect(lane.calls.count { $0 == .success } == 9)
    }

    @Test("Seconds before the row and after it are left out")
    func clips() {
        let scale = TimelineScale(span: .seconds(30), width: 30, now: now)
        let lane = Timeline.Lane(seconds: [second(31) { $0.failures = 1 }, second(-5) { $0.failures = 1 }])
        #expect(LaneCells(lane, scale: scale).calls.allSatisfy { $0 == .none })
        #expect(!lane.isMoving(gaps: [], on: scale))
    }

    @Test("A band is cut where the row ends")
    func cutsBands() {
        let scale = TimelineScale(span: .seconds(30), width: 30, now: now)
        let lane = LaneCells(
            Timeline.Lane(bands: [
                .init(state: .open, from: now.after(-100), to: now.after(-50), wait: .seconds(10)),
                .init(state: .open, from: now.after(-40), to: now.after(-20), wait: .seconds(20)),
                .init(state: .halfOpen, from: now.after(-5)),
            ]),
            scale: scale
        )
        #expect(lane.bands.map(\.columns) == [0...9, 24...29])
        #expect(lane.bands.map(\.startsHere) == [false, true])
        #expect(lane.bands.map(\.endsHere) == [true, false])
    }

    private func drawn(_ lane: Timeline.Lane, width: Int) -> String {
        let scale = TimelineScale(span: .seconds(30), width: width, now: now)
        var grid = Grid(size: Size(columns: width, rows: 1))
        let context = ViewContext(glyphs: .unicode, time: TimeText(timeZone: .gmt), now: now)
        LaneView(lane: LaneCells(lane, scale: scale)).draw(on: &grid, in: grid.bounds, context: context)
        return grid.lines[0]
    }

    @Test("A band carries its name and wait where nothing is hidden by it")
    func labelsBands() {
        let band = Timeline.Band(state: .open, from: now.after(-20), to: now.after(-5), wait: .seconds(15))
        let failures = second(20) { $0.failures = 3 }
        let probe = second(5) { $0.probeSuccesses = 1 }
        #expect(
            drawn(Timeline.Lane(seconds: [failures, probe], bands: [band]), width: 30)
                == "·········×▐OPEN 15 s───▌?·····"
        )
        let rejection = second(14) { $0.rejections = 500 }
        #expect(
            drawn(Timeline.Lane(seconds: [failures, rejection, probe], bands: [band]), width: 30)
                == "·········×▐────▒─15 s──▌?·····"
        )
        let busy = (5..<20).reversed().map { back in second(Int64(back)) { $0.rejections = 1 } }
        #expect(drawn(Timeline.Lane(seconds: busy, bands: [band]), width: 30) == "·········▐!!!!!!!!!!!!!!▌·····")
    }

    @Test("Nothing waits in a half-open band")
    func drawsHalfOpen() {
        let band = Timeline.Band(state: .halfOpen, from: now.after(-3))
        #expect(drawn(Timeline.Lane(bands: [band]), width: 10) == "········~~")
    }

    @Test("The axis has round times")
    func ticks() {
        #expect(TimelineAxisView.ticks(span: .seconds(120), width: 92) == [30, 60, 90, 120].map { .seconds($0) })
        #expect(TimelineAxisView.ticks(span: .seconds(30), width: 60) == [10, 20, 30].map { .seconds($0) })
        #expect(TimelineAxisView.ticks(span: .seconds(600), width: 1).isEmpty)
    }

    @Test("The cursor follows the newest entry until it is moved")
    func followsNewest() {
        var session = Session.loaded(snapshot: .withOpenBreaker())
        var snapshot = ServiceSnapshot.withOpenBreaker()
        snapshot.timeline.entries.append(
            Timeline.Entry(
                id: 6,
                at: start,
                route: .getUsers,
                kind: .failure(message: "503", duration: .seconds(1), isProbe: false)
            )
        )
        session.send(.snapshot(snapshot))
        #expect(session.model.timeline.scroll.selection == 6)
        session.press(.backTab, .down)
        #expect(session.model.timeline.scroll.selection == 5)
        snapshot.timeline.entries.append(
            Timeline.Entry(
                id: 7,
                at: start,
                route: .getUsers,
                kind: .failure(message: "503", duration: .seconds(1), isProbe: false)
            )
        )
        session.send(.snapshot(snapshot))
        #expect(session.model.timeline.scroll.selection == 5)
    }
}
