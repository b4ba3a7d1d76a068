import EventService
import Foundation
import Testing
import TextUI

@testable import Dashboard

/// When the dashboard asks to be woken: only while something that is shown moves.
@Suite
struct WakeUpTests {
    private let quiet = settings(refresh: .zero)

    @Test("Nothing moves while all breakers are closed and nothing happened")
    func sleepsAtRest() {
        let session = Session.loaded(settings: quiet)
        #expect(session.model.nextWakeUp(now: session.now) == nil)
        #expect(session.model.nextWakeUp(now: session.now.after(86_400)) == nil)
    }

    @Test("With automatic refresh the next wake-up is the next refresh")
    func wakesForRefresh() {
        let session = Session.loaded()
        #expect(session.model.nextWakeUp(now: session.now.after(4)) == .seconds(6))
    }

    @Test(
        "A countdown ticks in tenths below 10 s where they are shown, else in seconds",
        arguments: [
            (9.95, 50), (10.0, 100), (7.25, 50), (7.2, 100), (0.05, 50), (12.3, 400), (12.0, 100), (59.001, 101),
        ]
    )
    func ticks(left: Double, milliseconds: Int) {
        var snapshot = Sample.snapshot()
        snapshot.change(.addEvent) {
            $0.state = .open
            $0.since = start
            $0.probeAt = start.after(left)
            $0.wait = .seconds(60)
        }
        let session = Session.loaded(settings: quiet, snapshot: snapshot)
        #expect(session.model.nextWakeUp(now: start) == .milliseconds(milliseconds))
    }

    private func countdown(_ session: Session, now: Date) throws -> Substring {
        let screen = session.model.view(size: session.model.size, now: now).grid.lines.joined(separator: "\n")
        return try #require(screen.firstMatch(of: /in [0-9.]+ s/)).output
    }

    @Test("After each tick the countdown differs, and just before it does not")
    func ticksAreExact() throws {
        var snapshot = Sample.snapshot()
        snapshot.change(.addEvent) {
            $0.state = .open
            $0.since = start
            $0.probeAt = start.after(10.6)
            $0.wait = .seconds(60)
        }
        var session = Session.loaded(settings: quiet, snapshot: snapshot)
        for _ in 0..<40 {
            let wait = try #require(session.model.nextWakeUp(now: session.now))
            let before = try countdown(session, now: session.now)
            #expect(try countdown(session, now: session.now + (wait - .milliseconds(1))) == before)
            session.pass(wait.inSeconds)
            #expect(try countdown(session, now: session.now) != before)
        }
    }

    @Test("Whole seconds tick where no tenths are shown")
    func ticksInSecondsInNarrowLayout() {
        var snapshot = Sample.snapshot()
        snapshot.change(.addEvent) {
            $0.state = .open
            $0.probeAt = start.after(7.2)
        }
        let session = Session.loaded(Size(columns: 80, rows: 24), settings: quiet, snapshot: snapshot)
        #expect(session.model.nextWakeUp(now: start) == .milliseconds(300))
        #expect(session.lines[13].contains("addEvent OPEN  7 s"))
    }

    @Test("A breaker that is due for its probe does not tick")
    func sleepsWhenDue() {
        var snapshot = Sample.snapshot()
        snapshot.change(.addEvent) {
            $0.state = .open
            $0.probeAt = start.after(-1)
        }
        let session = Session.loaded(settings: quiet, snapshot: snapshot)
        #expect(session.model.nextWakeUp(now: start) == nil)
        #expect(session.screen.contains("The next call is the probe"))
    }

    @Test("The chart of latencies moves while something is on it, and then no more", arguments: [0, 1])
    func movesLatencies(_ zooms: Int) throws {
        var snapshot = Sample.snapshot()
        let second = Int64(start.timeIntervalSince1970) / 5 * 5
        let latency = Timeline.Latency(second: second, calls: 1, median: .seconds(1), percentile99: .seconds(1))
        snapshot.timeline.lanes[.addEvent] = Timeline.Lane(latencies: [latency])
        var session = Session.loaded(settings: quiet, snapshot: snapshot)
        session.press(.tab, .tab)
        #expect(session.model.selectedRoute == .addEvent)
        if zooms > 0 { session.press(.enter) }
        var moves = 0
        while let wait = session.model.nextWakeUp(now: session.now) {
            let before = session.frame.grid
            session.pass(wait.inSeconds)
            #expect(session.frame.grid != before)
            moves += 1
            try #require(moves <= 120)
        }
        #expect(moves == [13, 107][zooms], "as many as the chart has cells")
        #expect(session.screen.contains("p99 1 s"))
    }

    @Test("A lane moves a cell at a time while something is on it, and then no more")
    func movesLanes() throws {
        var snapshot = Sample.snapshot()
        var second = Timeline.Second(second: Int64(start.timeIntervalSince1970))
        second.successes = 1
        snapshot.timeline.lanes[.getUsers] = Timeline.Lane(seconds: [second])
        var session = Session.loaded(settings: quiet, snapshot: snapshot)
        var moves = 0
        while let wait = session.model.nextWakeUp(now: session.now) {
            let before = session.frame.grid
            session.pass(wait.inSeconds)
            #expect(session.frame.grid != before)
            moves += 1
            try #require(moves <= 103)
        }
        #expect(moves == 103, "as many as the lane has cells")
        #expect(!session.screen.contains("✓"))
    }

    @Test("A state that fills the whole lane does not move")
    func sleepsInFullBand() {
        var snapshot = Sample.snapshot()
        snapshot.timeline.lanes[.getUsers] = Timeline.Lane(bands: [.init(state: .forcedOpen, from: start.after(-3600))])
        let session = Session.loaded(settings: quiet, snapshot: snapshot)
        #expect(session.model.nextWakeUp(now: start) == nil)
    }

    @Test("A failure that leaves the window is a reason to draw")
    func wakesWhenWindowSlides() {
        var snapshot = Sample.snapshot()
        snapshot.change(.addEvent) { $0.failures = [start.after(-28), start.after(-3)] }
        var session = Session.loaded(settings: quiet, snapshot: snapshot)
        #expect(session.screen.contains("2 of 3 failures in 30 s:  3 s, 28 s ago"))
        for ages in ["4 s, 29 s ago", "5 s ago"] {
            #expect(session.model.nextWakeUp(now: session.now) == .seconds(1))
            session.pass(1)
            #expect(session.screen.contains(ages))
        }
        #expect(session.screen.contains("1 of 3 failures"))
        session.pass(25)
        #expect(session.model.nextWakeUp(now: session.now) == nil)
    }

    @Test(
        "An age ticks in seconds below a minute, then in minutes, and so on",
        arguments: [
            (0.0, 1_000), (12.3, 700), (59.999, 1), (60.0, 60_000), (75.5, 44_500), (3_600.0, 3_600_000),
            (172_800.0, 86_400_000),
        ]
    )
    func ticksWithAge(age: Double, milliseconds: Int) {
        var session = Session(settings: quiet)
        session.send(.snapshot(Sample.snapshot()))
        session.answerUsers(.success([]), .stale(age))
        #expect(session.model.nextWakeUp(now: session.now) == .milliseconds(milliseconds))
    }

    @Test("After each tick the age differs, and just before it does not", arguments: [0.25, 58.5, 3_590])
    func agesAreExact(age: Double) throws {
        var session = Session(settings: quiet)
        session.send(.snapshot(Sample.snapshot()))
        session.answerUsers(.success([]), .stale(age))
        for _ in 0..<5 {
            let wait = try #require(session.model.nextWakeUp(now: session.now))
            let before = session.frame.grid
            let justBefore = session.now + (wait - .milliseconds(1))
            #expect(session.model.view(size: session.model.size, now: justBefore).grid == before)
            session.pass(wait.inSeconds)
            #expect(session.frame.grid != before)
        }
    }

    @Test("An age that isn't shown doesn't tick")
    func hiddenAge() {
        var session = Session(settings: quiet)
        session.send(.snapshot(Sample.snapshot()))
        session.answerUsers(.success([]), .stale(12))
        session.press(.tab, .character("z"))
        #expect(session.model.nextWakeUp(now: session.now) == nil)
    }

    @Test("A notice goes away by itself")
    func forgetsNotice() {
        var session = Session.loaded(settings: quiet)
        session.press(.character("m"))
        #expect(session.model.notice != nil)
        #expect(session.model.nextWakeUp(now: session.now) == .seconds(6))
        session.pass(6)
        #expect(session.model.notice == nil)
        #expect(session.model.nextWakeUp(now: session.now) == nil)
    }

    @Test("Nothing ticks on a screen that is too small to show it")
    func sleepsWhenTooSmall() {
        var session = Session.loaded(Size(columns: 20, rows: 5), settings: quiet, snapshot: .withOpenBreaker())
        #expect(session.model.nextWakeUp(now: start) == nil)
        session.press(.character("q"))
        #expect(session.model.isFinished)
        #expect(session.model.nextWakeUp(now: start) == nil)
    }
}
