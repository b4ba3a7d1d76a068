import EventService
import Foundation
import Testing

@testable import Dashboard

/// What is told in lines.
@Suite
struct PlainReportTests {
    private func report(after snapshots: ServiceSnapshot...) -> PlainReport {
        var report = PlainReport(timeZone: .gmt)
        for snapshot in snapshots { _ = report.lines(for: snapshot) }
        return report
    }

    @Test("The first lines tell how everything is, and nothing of what was before")
    func first() {
        var report = report()
        #expect(
            report.lines(for: .withOpenBreaker()) == [
                "2026-11-30 12:31:05 events API: simulator (overload) at http://127.0.0.1:40117",
                "2026-11-30 12:31:05 HTTP API: serving at http://127.0.0.1:3000",
                "2026-11-30 12:31:05 breakers: addEvent OPEN, others closed",
            ]
        )
        var quiet = self.report()
        #expect(quiet.lines(for: Sample.snapshot()).last == "2026-11-30 12:31:05 breakers: all closed")
    }

    @Test("A connection is told of when it is lost, for another reason twice, and when it is there again")
    func connection() {
        var report = report(after: Sample.snapshot())
        func lines(_ state: ConnectionStatus.State) -> [String] {
            report.lines(for: KnownService(snapshot: Sample.snapshot(), connection: .init(state)), now: start)
        }
        #expect(lines(.connecting) == ["2026-11-30 12:31:05 connecting"])
        #expect(lines(.connecting) == [])
        let since = start.after(-5)
        #expect(
            lines(.lost(since: since, nextTry: start, reason: "refused")) == [
                "2026-11-30 12:31:05 not connected since 2026-11-30 12:31:00: refused"
            ]
        )
        #expect(lines(.lost(since: since, nextTry: nil, reason: "refused")) == [])
        let next = start.after(1)
        for reason in ["no route", "refused", "no route"] {
            #expect(lines(.lost(since: since, nextTry: next, reason: reason)) == [])
            #expect(lines(.lost(since: since, nextTry: nil, reason: reason)) == [])
        }
        #expect(lines(.lost(since: since, nextTry: next.after(1), reason: "no route")).count == 1)
        #expect(lines(.lost(since: since, nextTry: next.after(2), reason: "no route")) == [])
        #expect(lines(.connected) == ["2026-11-30 12:31:05 connected"])
        #expect(lines(.connected) == [])
    }

    @Test("Of another run of the service all entries are told, and how all breakers are; no number is too large")
    func countsAnew() {
        var report = report(after: Sample.snapshot(), .withOpenBreaker())
        var snapshot = Sample.snapshot()
        snapshot.generation = 1
        snapshot.timeline.entries = (0...9).map { Timeline.Entry(id: $0, at: start, route: nil, kind: .stopped) }
        #expect(
            report.lines(for: snapshot)
                == Array(repeating: "2026-11-30 12:31:05 evenkeel: stopped", count: 10)
                + ["2026-11-30 12:31:05 breakers: all closed"]
        )
        #expect(report.lines(for: snapshot) == [])
        snapshot.timeline.entries = [Timeline.Entry(id: .max, at: start, route: nil, kind: .stopped)]
        #expect(report.lines(for: snapshot).first == "2026-11-30 12:31:05 evenkeel: stopped")
    }

    @Test("A run of the service that still has the entries of the one before goes on behind them")
    func countsOn() {
        var report = report(after: Sample.snapshot(), .withOpenBreaker())
        var snapshot = ServiceSnapshot.withOpenBreaker()
        snapshot.generation = 1
        let id = snapshot.timeline.entries.last.map { $0.id + 1 } ?? 0
        snapshot.timeline.entries.append(Timeline.Entry(id: id, at: start, route: nil, kind: .started(downtime: nil)))
        #expect(
            report.lines(for: snapshot) == [
                "2026-11-30 12:31:05 evenkeel: started", "2026-11-30 12:31:05 breakers: addEvent OPEN, others closed",
            ]
        )
    }

    @Test("What didn't change isn't told")
    func silent() {
        var report = report(after: .withOutbox())
        #expect(report.lines(for: .withOutbox(at: start.after(0))) == [])
    }

    @Test("Failures and changes of state are told at the time they happened")
    func entries() {
        var report = report(after: Sample.snapshot())
        #expect(
            report.lines(for: .withOpenBreaker()) == [
                "2026-11-30 12:30:17 addEvent: a call failed after 12 ms: 503, request req-1",
                "2026-11-30 12:30:19 addEvent: a call failed after 9 ms: 503, request req-2",
                "2026-11-30 12:30:21 addEvent: CLOSED -> OPEN: 3 failures within 30 s",
                "2026-11-30 12:30:33 addEvent: the probe failed after 5 s: no answer within 5 s, request r3",
                "2026-11-30 12:30:52 addEvent: HALF_OPEN -> OPEN: the probe failed",
            ]
        )
    }

    @Test("The first entry of all is told, whatever its number, and none is missed before it", arguments: [0, 1, 100])
    func firstEntry(id: UInt64) {
        var report = report(after: Sample.snapshot())
        var snapshot = Sample.snapshot()
        snapshot.timeline.entries = [Timeline.Entry(id: id, at: start, route: nil, kind: .stopped)]
        #expect(report.lines(for: snapshot) == ["2026-11-30 12:31:05 evenkeel: stopped"])
        #expect(report.lines(for: snapshot) == [])
    }

    @Test("Of very many failures some are told and the others counted, but every change of state is told")
    func bounded() {
        var snapshot = Sample.snapshot()
        snapshot.timeline.entries = [Timeline.Entry(id: 0, at: start, route: nil, kind: .stopped)]
        var report = report(after: snapshot)
        snapshot.timeline.entries = (UInt64(101)...160).map {
            let isLast = $0 == 160
            return Timeline.Entry(
                id: $0,
                at: start,
                route: .addEvent,
                kind: isLast
                    ? .transition(from: .closed, to: .open, reason: "many")
                    : .failure(message: "503", duration: .zero, isProbe: false)
            )
        }
        let lines = report.lines(for: snapshot)
        #expect(lines.count == 22)
        #expect(lines[20].hasSuffix("CLOSED -> OPEN: many"))
        #expect(lines[21].hasSuffix("139 more failures or changes of state"))
    }

    @Test("However large the numbers of entries are, those that aren't told are counted")
    func hugeNumbers() {
        var snapshot = Sample.snapshot()
        snapshot.timeline.entries = [Timeline.Entry(id: 0, at: start, route: nil, kind: .stopped)]
        var report = report(after: snapshot)
        snapshot.timeline.entries = (UInt64.max - 29...UInt64.max).map {
            let kind = Timeline.Entry.Kind.failure(message: "503", duration: .zero, isProbe: false)
            return Timeline.Entry(id: $0, at: start, route: .addEvent, kind: kind)
        }
        let lines = report.lines(for: snapshot)
        #expect(lines.count == 21)
        #expect(lines.last?.hasSuffix(" \(UInt64.max - 20) more failures or changes of state") == true)
    }

    @Test("The outbox, the scenario and the phase are told when they change")
    func others() {
        var report = report(after: Sample.snapshot())
        var snapshot = Sample.snapshot()
        snapshot.outbox = .init(status: OutboxStatus(waiting: 2, refused: 1), failure: "disk full")
        snapshot.upstream.scenario = "outage"
        snapshot.phase = .draining
        #expect(
            report.lines(for: snapshot).map { $0.dropFirst(20) } == [
                "events API: simulator (outage) at http://127.0.0.1:40117",
                "HTTP API: draining at http://127.0.0.1:3000", "outbox: 2 waiting, 1 refused",
                "outbox: can't be used: disk full",
            ]
        )
        snapshot.outbox = .init()
        #expect(
            report.lines(for: snapshot).map { $0.dropFirst(20) } == [
                "outbox: 0 waiting, 0 refused", "outbox: can be used again",
            ]
        )
    }

    @Test("An alert is told when it begins, changes and ends, with what is left of the budget")
    func alerts() {
        func lines(_ report: inout PlainReport, _ objective: ObjectiveStatus) -> [Substring] {
            report.lines(for: .promising([objective])).map { $0.dropFirst(20) }
        }
        var report = report(after: .promising([Sample.objective(.getUsers)]))
        let rest = "burning 200× over 5 min, 200× over 1 h"
        #expect(
            lines(&report, Sample.objective(.getUsers, bad: 1000))
                == ["objective getUsers 99.5 %: fast burn, budget spent, \(rest)"]
        )
        #expect(lines(&report, Sample.objective(.getUsers, bad: 999)) == [])
        #expect(
            lines(&report, Sample.objective(.getUsers, bad: 40, badOfDay: 4)) == [
                "objective getUsers 99.5 %: slow burn, 20 % of the budget left, "
                    + "burning 8.0× over 5 min, 8.0× over 1 h"
            ]
        )
        #expect(lines(&report, Sample.objective(.getUsers)).first?.contains(": no alert any more, 100 %") == true)
        var first = self.report()
        #expect(lines(&first, Sample.objective(.getUsers, bad: 1000)).last?.hasPrefix("objective getUsers") == true)
    }
}
