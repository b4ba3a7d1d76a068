import EventService
import Foundation
import Testing
import TextUI

@testable import Dashboard

/// What the mouse does.
@Suite
struct MouseTests {
    private func place(_ text: String, in session: Session) throws -> Point {
        let row = try #require(session.lines.firstIndex { $0.contains(text) })
        let line = session.lines[row]
        let start = try #require(line.range(of: text)).lowerBound
        return Point(column: line.distance(from: line.startIndex, to: start), row: row)
    }

    private func click(_ text: String, _ session: inout Session) throws {
        let point = try place(text, in: session)
        session.send(.terminal(.mouse(MouseEvent(.press(.left), at: point))))
    }

    @Test("A press on a row focuses its pane and selects it", arguments: [(120, 36), (80, 24)])
    func selectsRows(columns: Int, rows: Int) throws {
        var session = Session.loaded(Size(columns: columns, rows: rows), snapshot: .withOpenBreaker())
        try click("Poetical", &session)
        #expect(session.model.focus == .events)
        #expect(session.model.events.table.selected?.name == "Poetical science")
        try click("Grace", &session)
        #expect(session.model.focus == .users)
        #expect(session.model.users.table.selected?.id == "2")
        try click("getUsers", &session)
        #expect(session.model.focus == .breakers)
        #expect(session.model.selectedRoute == .getUsers)
    }

    @Test("A press on an entry of the timeline selects it")
    func selectsEntries() throws {
        var session = Session.loaded(snapshot: .withOpenBreaker())
        try click("12:30:21", &session)
        #expect(session.model.focus == .timeline)
        #expect(session.model.timeline.scroll.selection == 3)
    }

    @Test("A press into a lane puts the cursor on what happened there next to that time")
    func selectsInLanes() throws {
        var session = Session.loaded(snapshot: .withOpenBreaker())
        let label = try place("addEvent     ··", in: session)
        // The entries of the lane happened 48 s to 13 s ago; the last cell is now.
        for (column, id) in [(117, 5), (90, 4), (20, 1)] {
            let point = Point(column: column, row: label.row)
            session.send(.terminal(.mouse(MouseEvent(.press(.left), at: point))))
            #expect(session.model.focus == .timeline)
            #expect(session.model.timeline.scroll.selection == UInt64(id))
        }
        let other = Point(column: 60, row: label.row + 1)
        session.send(.terminal(.mouse(MouseEvent(.press(.left), at: other))))
        #expect(session.model.timeline.scroll.selection == 1)
        #expect(session.lines.last?.contains("Nothing of getEvents can be read one by one.") == true)
    }

    @Test("A press on a heading orders by its column, a second one the other way round")
    func sortsByHeading() throws {
        var session = Session.loaded()
        try click("When", &session)
        #expect(session.model.events.table.order == .when)
        #expect(!session.model.events.table.isReversed)
        try click("When", &session)
        #expect(session.model.events.table.isReversed)
        try click("Name", &session)
        #expect(session.model.events.table.order == .name)
        #expect(!session.model.events.table.isReversed)
    }

    @Test("The wheel scrolls what it is over, not what has the focus")
    func scrolls() {
        var session = Session.loaded(users: Sample.manyUsers(100))
        session.press(.tab)
        session.send(.terminal(.mouse(MouseEvent(.scrollDown, at: Point(column: 5, row: 5)))))
        #expect(session.model.focus == .events)
        #expect(session.model.users.table.scroll.offset == 3)
    }

    @Test("In the form a press chooses a field or a user who was found")
    func worksInForm() throws {
        var session = Session.loaded()
        session.press(.character("a"))
        try click("YYYY", &session)
        #expect(session.model.form.focus == .when)
        session.press(.backTab)
        session.type("a")
        try click("Alan Turing  id", &session)
        #expect(session.model.form.user.chosenID == "3")
    }

    @Test("In the scenario menu a press selects, a second one chooses")
    func worksInMenu() throws {
        var session = Session.loaded()
        session.press(.character("x"))
        try click("outage", &session)
        #expect(session.takeEffects() == [])
        try click("outage", &session)
        #expect(session.takeEffects() == [.selectScenario("outage")])
    }

    @Test("A press anywhere at any size does no harm")
    func pressesEverywhere() {
        for (columns, rows) in [(120, 36), (80, 24), (40, 10), (39, 9), (0, 0)] {
            for key in ["", "a", "?", "x", "z"] {
                var session = Session.loaded(Size(columns: columns, rows: rows), snapshot: .withOpenBreaker())
                session.type(key)
                for row in stride(from: -1, through: rows + 1, by: 2) {
                    for column in stride(from: -1, through: columns + 1, by: 7) {
                        let point = Point(column: column, row: row)
                        session.send(.terminal(.mouse(MouseEvent(.press(.left), at: point))))
                        session.send(.terminal(.mouse(MouseEvent(.scrollUp, at: point))))
                    }
                }
                #expect(!session.model.isFinished)
            }
        }
    }

    @Test("A press on an objective leads to the breaker of its route, also where only one has a line")
    func objectives() throws {
        for size in [Size(columns: 120, rows: 36), Size(columns: 80, rows: 24)] {
            var session = Session.loaded(size, snapshot: .promising([Sample.objective(.getEvents, bad: 40)]))
            let row = try #require(session.lines.firstIndex { $0.hasPrefix("SLO") && $0.contains("getEvents ") })
            session.send(.terminal(.mouse(MouseEvent(.press(.left), at: Point(column: 5, row: row)))))
            #expect(session.model.focus == .breakers && session.model.selectedRoute == .getEvents)
        }
        var session = Session.loaded(snapshot: .promising())
        session.send(.terminal(.mouse(MouseEvent(.press(.left), at: Point(column: 5, row: 2)))))
        let second = Sample.objectives.worstByRoute[1].route
        #expect(session.model.selectedRoute == second && session.lines[2].contains(second.rawValue))
    }
}
