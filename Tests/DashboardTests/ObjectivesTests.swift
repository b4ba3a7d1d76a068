import EventService
import Foundation
import Testing
import TextUI

@testable import Dashboard

/// What is shown of what callers are promised.
@Suite
struct ObjectivesTests {
    /// The sizes of all goldens, and the smallest of the wide layout.
    private static let terminals =
        Terminal.all + [Terminal(size: Size(columns: 110, rows: 30), kind: .unicode)]

    private func session(_ terminal: Terminal) -> Session {
        Session.loaded(terminal.size, settings: settings(isASCII: terminal.isASCII), snapshot: .promising())
    }

    @Test("A line for each route, or the worst where there is no room")
    func strip() throws {
        try expectGolden("objectives", on: Self.terminals) { session($0) }
    }

    @Test("All of them where breakers have the screen")
    func zoomed() throws {
        try expectGolden("objectives-zoomed", on: Self.terminals) { terminal in
            var session = session(terminal)
            session.press(.tab, .tab, .character("z"))
            return session
        }
    }

    @Test("Two promises of a route don't look alike, whatever the width", arguments: 20...120)
    func tellsApart(columns: Int) {
        let objectives = Sample.objectives.filter { $0.route == .getEventById }
        var grid = Grid(size: Size(columns: columns, rows: 2))
        let context = ViewContext(glyphs: .unicode, time: TimeText(timeZone: .gmt), now: start)
        ObjectivesView(objectives: objectives).draw(on: &grid, in: grid.bounds, context: context)
        let texts = columns < 110 ? ["getEventById", "in 800 ms"] : objectives.map(\.promise)
        for (line, text) in zip(grid.lines, texts) { #expect(line.contains(text)) }
    }

    @Test("What is kept how is said in words and by a glyph of its own, the worst of a route alone")
    func standings() {
        let standings = Sample.objectives.worstByRoute.map(\.standing)
        #expect(standings == [.fastBurn, .slowBurn, .onTrack, .budgetSpent, .noTraffic])
        #expect(Set(standings.map(\.words.string)).count == 5)
        for glyphs in [Glyphs.unicode, .ascii] {
            #expect(Set(standings.map { $0.symbol(glyphs).string }).count == 5)
        }
        #expect(Sample.objectives.worst?.route == .addEvent)
    }

    @Test("Of those that are kept alike, the one with the least left of its budget is the worst")
    func worst() {
        let objectives = [
            Sample.objective(.getEvents, bad: 1), Sample.objective(.getUsers, bad: 3),
            Sample.objective(.getUserById, bad: 3),
        ]
        #expect(objectives.worst?.route == .getUsers)
        #expect([ObjectiveStatus]().worst == nil)
    }

    @Test(
        "Shares and rates are as exact as they are worth",
        arguments: [
            (0, "100 %", "0.0×"), (1, "80 %", "0.2×"), (4, "20 %", "0.8×"), (5, "spent", "1.0×"),
            (49, "spent", "9.8×"), (50, "spent", "10×"), (1000, "spent", "200×"),
        ]
    )
    func texts(bad: UInt64, budget: String, rate: String) {
        let objective = Sample.objective(.getUsers, bad: bad)
        #expect(objective.budgetText == budget)
        #expect(objective.burnText(.hour) == rate)
        #expect(Sample.objective(.getUsers, answers: 0).burnText(.hour) == "-")
    }

    @Test("The highest rates fit into their place, whatever the target")
    func highRates() {
        let objective = Sample.objective(.getUsers, target: 0.99999, bad: 1000)
        #expect(objective.burnText(.hour) == ">999×")
        #expect(Sample.objective(.getUsers, target: 0.999, bad: 999).burnText(.hour) == "999×")
        var session = Session.loaded(Size(columns: 160, rows: 40), snapshot: .promising([objective]))
        session.press(.tab, .tab, .character("z"))
        #expect(session.screen.contains("burn 5 min >999×  1 h >999×"))
    }

    @Test("A promise names its share without needless decimals, and its limit")
    func promises() {
        #expect(Sample.objective(.getUsers, target: 0.995).promise == "99.5 %")
        #expect(Sample.objective(.getUsers, target: 0.99).promise == "99 %")
        #expect(Sample.objective(.getUsers, target: 0.99999).promise == "99.999 %")
        let latency = Sample.objective(.getUsers, .latency(limit: .seconds(1.5)), target: 0.95)
        #expect(latency.promise == "95 % in 1.5 s")
    }

    @Test("A snapshot with objectives asks for nothing, and nothing wakes up for them")
    func quiet() {
        var session = Session.loaded(snapshot: Sample.snapshot())
        let before = session.model.nextWakeUp(now: session.now)
        session.send(.snapshot(.promising()))
        #expect(session.takeEffects() == [])
        #expect(session.model.nextWakeUp(now: session.now) == before)
        #expect(session.model.service == .promising())
    }

    @Test("Without any there is no line for them")
    func none() {
        let with = Session.loaded(snapshot: .promising([]))
        #expect(with.lines == Session.loaded(snapshot: Sample.snapshot()).lines)
    }

    @Test("Every size draws, in whatever state the service says they are")
    func everySize() {
        let absurd = [
            Sample.objective(.addEvent, target: 1, answers: .max, bad: .max),
            Sample.objective(
                .getUsers,
                .latency(limit: .seconds(Int64.max / 2)),
                target: 5,
                answers: 0,
                badOfDay: .max
            ),
        ]
        for rows in Array(0...14) + [20, 24, 30, 36, 60, 100] {
            for columns in Array(stride(from: 0, through: 120, by: 13)) + [200, 300] {
                for snapshot in [ServiceSnapshot.promising(), .promising(absurd)] {
                    var session = Session.loaded(Size(columns: columns, rows: rows), snapshot: snapshot)
                    _ = session.frame
                    session.press(.tab, .tab, .character("z"))
                    #expect(session.frame.grid.size == Size(columns: columns, rows: rows))
                }
            }
        }
    }
}
