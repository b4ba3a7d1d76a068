import EventService
import Foundation
import Testing
import TextUI

@testable import Dashboard

/// Whatever comes from outside, at whatever size: nothing traps, and nothing but printable text comes out.
@Suite
struct HostileScreenTests {
    private static let bad = [
        "\u{1B}[2J\u{1B}]0;owned\u{7}", "a\u{202E}b\u{2066}c", "\u{0}\u{8}\u{9}\u{A}\u{D}\u{7F}\u{85}\u{9B}31m",
        "zero\u{200B}\u{200D}\u{FEFF}width", "e" + String(repeating: "\u{301}", count: 300), "👨‍👩‍👧‍👦🏳️‍🌈🇩🇪", "漢字漢字漢字漢字漢字",
        "\u{E0041}\u{E0042}\u{FE0F}", String(repeating: "x", count: 5000), "", "한글 กำ नमस्ते",
    ]

    private static func hostile(_ index: Int) -> String { bad[index % bad.count] }

    private static func session(_ size: Size, isASCII: Bool) -> Session {
        let users = (0..<40).map {
            User(id: hostile($0 + 3), name: hostile($0), username: hostile($0 + 1), email: hostile($0))
        }
        let events = (0..<40).map {
            Event(
                id: hostile($0 + 5),
                name: hostile($0),
                userID: "x",
                startsAt: hostile($0 + 2),
                location: hostile($0),
                description: hostile($0) + hostile($0 + 6)
            )
        }
        var snapshot = ServiceSnapshot.withOpenBreaker()
        snapshot.upstream = .init(url: hostile(0), scenario: hostile(1))
        snapshot.apiURL = hostile(2)
        for route in UpstreamRoute.allCases {
            snapshot.change(route) {
                $0.state = .open
                $0.probeAt = start.after(9)
                $0.wait = .zero
                $0.openings = .max
                $0.failureThreshold = route == .addEvent ? 3 : -7
                $0.waitSchedule = route == .getUsers ? [] : [.seconds(1), .seconds(100_000_000)]
                $0.lastFailure = .init(at: .distantPast, message: hostile(0) + hostile(6))
                $0.totals.rejected = .max
            }
        }
        snapshot.objectives = Sample.objectives
        snapshot.timeline.lanes[.addEvent, default: .init()].latencies = [0, 5, UInt32.max].map { calls in
            let second = Int64(start.timeIntervalSince1970) - Int64(calls) / 2
            let longest = Duration.milliseconds(1_000_000_000_000)
            return .init(second: second, calls: calls, median: calls == 0 ? .zero : longest, percentile99: longest)
        }
        snapshot.timeline.entries = (0..<40).map { number in
            Timeline.Entry(
                id: UInt64(number),
                at: start.after(Double(-number)),
                route: .addEvent,
                kind: number % 2 == 0
                    ? .failure(message: hostile(number), duration: .seconds(-1), isProbe: number % 3 == 0)
                    : .transition(from: .closed, to: .open, reason: hostile(number)),
                requestID: hostile(number + 1)
            )
        }
        let scenarios = bad.map { DashboardSettings.Scenario(name: $0, summary: $0) }
        snapshot.outbox = .init(status: OutboxStatus(waiting: .max, refused: .max), failure: hostile(0) + hostile(6))
        var session = Session.loaded(
            size,
            settings: settings(isASCII: isASCII, scenarios: scenarios),
            users: users,
            events: events,
            snapshot: snapshot
        )
        // What was read stays for when it is shown again.
        session.press(.character("o"))
        session.answerOutbox(.success(kept))
        session.press(.escape, .character("L"))
        session.send(
            .logged(
                bad.indices.map { number in
                    let level = LogLine.Level.allCases[number % 7]
                    return LogLine(
                        number: UInt64(number + 1),
                        at: .distantPast,
                        level: level,
                        message: hostile(number),
                        details: hostile(number + 1)
                    )
                }
            )
        )
        session.press(.escape)
        return session
    }

    private static let kept = KeptEvents(
        events: OutboxEntry.State.allCases.indices.flatMap { state in
            bad.indices.map { number in
                Sample.kept("\(state)-\(number)", hostile(number), userID: hostile(number + 3), secondsAgo: 1e9) {
                    $0.state = OutboxEntry.State.allCases[state]
                    $0.requestID = hostile(number + 1)
                    $0.members = [KeptEvent.Member(name: hostile(number + 4), value: hostile(number + 5))]
                    $0.membersLeftOut = .max
                    ($0.attempts, $0.lastError, $0.refusedStatus) = (.max, hostile(number + 2), .min)
                    $0.nextAttemptAt = number % 2 == 0 ? .distantFuture : nil
                }
            }
        }
    )

    /// Every state of the screen that is drawn by code of its own.
    private static let states: [[Key]] = [
        [], [.character("z")], [.tab], [.tab, .enter], [.tab, .enter, .right, .down], [.tab, .character("z")],
        [.tab, .character("z"), .enter, .character("G")], [.tab, .tab], [.tab, .tab, .enter], [.backTab],
        [.backTab, .enter], [.character("/"), .character("x")], [.character("a"), .tab, .backspace], [.character("a")],
        [.character("?"), .character("G")], [.character("x"), .down], [.character("a"), .character("n"), .enter],
        [.character("a"), .character("n"), .enter, .escape, .character("q")], [.character("s"), .character("s")],
        [.character("o"), .down], [.character("o"), .enter], [.character("o"), .character("G"), .character("d")],
        [.character("o"), .enter, .right, .character("G")], [.character(":")],
        [.character(":"), .character("e"), .pageDown], [.character("e")], [.character("e"), .control("u"), .enter],
        [.character("L")], [.character("L"), .character("/"), .character("e"), .enter, .up],
    ]

    private static func isHarmless(_ text: String) -> Bool {
        text.unicodeScalars.allSatisfy { scalar in
            switch scalar.properties.generalCategory {
            case .control, .format, .surrogate, .lineSeparator, .paragraphSeparator, .unassigned, .privateUse: false
            default: !scalar.properties.isDefaultIgnorableCodePoint
            }
        }
    }

    /// What most cells have; not to be looked at each time.
    private static let harmless = Set((0x20..<0x7F).map { String(UnicodeScalar($0)) } + ["│", "─", "·"])

    private func check(_ frame: Frame, _ size: Size, isASCII: Bool) {
        #expect(frame.grid.size == size)
        var harmless = Self.harmless
        let isHarmless = frame.grid.cells.allSatisfy { cell in
            guard let text = cell.cluster?.text else { return true }
            return harmless.contains(text) || Self.isHarmless(text) && harmless.insert(text).inserted
        }
        #expect(isHarmless)
        #expect(Self.isHarmless(frame.title?.string ?? ""))
        if isASCII { #expect(frame.grid.lines.allSatisfy { $0.utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7F } }) }
        if let cursor = frame.cursor { #expect(frame.grid.bounds.contains(cursor)) }
    }

    private func checkAll(_ size: Size, isASCII: Bool) {
        for keys in Self.states {
            var session = Self.session(size, isASCII: isASCII)
            for key in keys { session.press(key) }
            check(session.frame, size, isASCII: isASCII)
        }
    }

    /// A dashboard in each of the states, made once because making one takes longer than drawing one.
    private static let prepared = [false, true].map { isASCII in
        states.map { keys in
            var session = session(Size(columns: 120, rows: 36), isASCII: isASCII)
            for key in keys { session.press(key) }
            return session
        }
    }

    @Test("Large sizes", arguments: [(300, 100), (300, 3), (3, 100), (40, 100), (300, 10), (200, 60)])
    func large(columns: Int, rows: Int) {
        for isASCII in [false, true] { checkAll(Size(columns: columns, rows: rows), isASCII: isASCII) }
    }

    @Test("A size that the model was not told of is drawn, too", arguments: [(0, 0), (40, 10), (80, 24), (300, 100)])
    func drawsOtherSizes(columns: Int, rows: Int) {
        let size = Size(columns: columns, rows: rows)
        for keys in Self.states {
            var session = Self.session(Size(columns: 120, rows: 36), isASCII: false)
            for key in keys { session.press(key) }
            check(session.model.view(size: size, now: session.now), size, isASCII: false)
        }
    }

    /// The widths that are drawn at a height: all up to where the layout is the widest, and beyond that all at some heights
    /// and some at all, because to draw all 30,401 sizes takes minutes; `EVENKEEL_EVERY_SIZE=1` does.
    private static func widths(atHeight rows: Int) -> [Int] {
        let isExhaustive = ProcessInfo.processInfo.environment["EVENKEEL_EVERY_SIZE"] != nil
        if isExhaustive || [36, 60, 100].contains(rows) { return Array(0...300) }
        return rows <= 40 ? Array(0...125) + [200, 300] : [0, 39, 40, 80, 110, 200, 300]
    }

    /// Each size in one state, the next size in the next, so that each state is drawn at many sizes.
    @Test("Every size from 0 × 0 to 300 × 100", arguments: 0...100)
    func everySize(rows: Int) {
        for columns in Self.widths(atHeight: rows) {
            let number = rows * 301 + columns
            let isASCII = number % 2 == 1
            let states = Self.prepared[isASCII ? 1 : 0]
            var session = states[number / 2 % states.count]
            let size = Size(columns: columns, rows: rows)
            session.send(.terminal(.resize(size)))
            check(session.frame, size, isASCII: isASCII)
        }
    }
}
