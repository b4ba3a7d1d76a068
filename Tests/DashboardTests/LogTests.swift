import Foundation
import Testing
import TextUI

@testable import Dashboard

/// The pane of the log.
@Suite
struct LogTests {
    static func line(
        _ number: UInt64,
        _ level: LogLine.Level = .info,
        _ message: String? = nil,
        at: Date? = nil
    ) -> LogLine {
        LogLine(
            number: number,
            at: at ?? start.after(Double(number)),
            level: level,
            message: message ?? "Message \(number)",
            details: "route=addEvent n=\(number)"
        )
    }

    private func session(_ count: UInt64 = 3, _ size: Size = Size(columns: 120, rows: 36)) -> Session {
        var session = Session.loaded(size)
        session.press(.character("L"))
        session.effects = []
        if count > 0 { session.send(.logged((1...count).map { Self.line($0) })) }
        return session
    }

    private func numbers(_ session: Session) -> [UInt64] { session.model.log.table.rows.map(\.number) }

    @Test("L asks for the log while it shows, and for nothing new once it doesn't")
    func follows() {
        var session = Session.loaded()
        session.press(.character("L"))
        #expect(session.takeEffects() == [.followLog(after: 0)])
        session.send(.logged([Self.line(1), Self.line(2)]))
        #expect(session.takeEffects() == [])
        #expect(session.model.nextWakeUp(now: session.now) == Session.loaded().model.nextWakeUp(now: start))
        session.press(.escape)
        #expect(session.takeEffects() == [.leaveLog])
        #expect(session.model.focus == .users)
        session.press(.tab, .character("L"))
        #expect(session.takeEffects() == [.followLog(after: 2)])
        session.press(.character("L"))
        #expect(session.takeEffects() == [.leaveLog])
        #expect(session.model.focus == .events)
    }

    @Test("Where nothing can be shown nothing is asked for")
    func rests() {
        var session = session()
        session.send(.terminal(.resize(Size(columns: 10, rows: 3))))
        #expect(session.takeEffects() == [.leaveLog])
        session.send(.terminal(.resize(Size(columns: 80, rows: 24))))
        #expect(session.takeEffects() == [.followLog(after: 3)])
    }

    @Test("The outbox and the log don't lead to one another and back for ever")
    func leavesBoth() {
        var session = Session.loaded(snapshot: .withOutbox())
        session.press(.tab, .character("o"), .character("L"), .character("o"), .escape)
        #expect(session.model.focus == .events)
        session.press(.character("L"), .character("o"), .character("L"), .escape)
        #expect(session.model.focus == .events)
    }

    @Test("The cursor follows the newest line until somebody moves it, and again from the end on")
    func followsEnd() {
        var session = session(100)
        #expect(session.model.log.table.selected?.number == 100)
        session.send(.logged([Self.line(101)]))
        #expect(session.model.log.table.selected?.number == 101)
        session.press(.up)
        session.send(.logged([Self.line(102)]))
        #expect(session.model.log.table.selected?.number == 100)
        #expect(session.screen.contains("G follows"))
        session.press(.character("G"))
        session.send(.logged([Self.line(103)]))
        #expect(session.model.log.table.selected?.number == 103)
    }

    @Test("The wheel leaves the end, too")
    func wheel() {
        var session = session(100)
        session.send(.terminal(.mouse(MouseEvent(.scrollUp, at: Point(column: 5, row: 5)))))
        session.send(.logged([Self.line(101)]))
        #expect(session.model.log.table.selected?.number != 101)
    }

    @Test("The last five hundred lines are kept, each once")
    func isBounded() {
        var session = session(600)
        #expect(numbers(session) == Array(101...600))
        session.send(.logged([Self.line(599), Self.line(600), Self.line(601), Self.line(601)]))
        #expect(numbers(session) == Array(102...601))
    }

    @Test("v leaves out what is less serious, level by level, and then shows everything again")
    func levels() {
        var session = session(0)
        session.send(.logged(LogLine.Level.allCases.enumerated().map { Self.line(UInt64($0 + 1), $1) }))
        for least in 2...7 {
            session.press(.character("v"))
            #expect(numbers(session) == (UInt64(least)...7).map(\.self))
        }
        session.press(.character("v"))
        #expect(numbers(session).count == 7)
    }

    @Test("The filter finds words of messages and of what comes with them")
    func filters() {
        var session = session(20)
        session.press(.character("/"))
        session.type("n=7")
        session.press(.enter)
        #expect(numbers(session) == [7])
        session.send(.logged([Self.line(70), Self.line(71)]))
        #expect(numbers(session) == [7, 70, 71].filter { $0 <= 79 })
        session.press(.escape)
        #expect(numbers(session).count == 22)
        #expect(session.model.focus == .log)
    }

    @Test("A press selects a line")
    func presses() throws {
        var session = session(5)
        let row = try #require(session.lines.firstIndex { $0.contains("Message 2 ") })
        session.send(.terminal(.mouse(MouseEvent(.press(.left), at: Point(column: 5, row: row)))))
        #expect(session.model.log.table.selected?.number == 2)
    }

    @Test("Order, Tab and Enter do no harm here")
    func harmlessKeys() {
        var session = session(5)
        session.press(.character("s"), .character("S"), .enter, .character("z"), .left, .right)
        #expect(session.model.focus == .log)
        #expect(numbers(session) == [1, 2, 3, 4, 5])
        session.press(.tab)
        #expect(session.model.focus == .users)
    }
}
