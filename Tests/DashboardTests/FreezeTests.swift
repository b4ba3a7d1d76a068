import EventService
import Foundation
import Testing
import TextUI

@testable import Dashboard

/// A screen that stands still while everything behind it goes on.
@Suite
struct FreezeTests {
    private func frozen(_ terminal: Terminal = .standard, refresh: Duration = .seconds(10)) -> Session {
        let settings = settings(refresh: refresh, isASCII: terminal.isASCII)
        var session = Session.loaded(terminal.size, settings: settings, snapshot: .withOpenBreaker())
        session.press(.character("f"))
        return session
    }

    @Test("Nothing moves but the age, whatever comes", arguments: Pane.ring)
    func standsStill(pane: Pane) {
        var session = Session.loaded(snapshot: .withOpenBreaker())
        while session.model.focus != pane { session.press(.tab) }
        session.press(.character("f"))
        #expect(session.takeEffects().isEmpty)
        let body = session.lines.dropFirst()
        #expect(session.lines[0].contains("FROZEN 0 s"))
        session.pass(12)
        session.send(.snapshot(Sample.snapshot(at: session.now)))
        session.pass(100)
        #expect(session.lines[0].contains("FROZEN 1 min"))
        #expect(session.lines.dropFirst() == body)
        #expect(session.takeEffects().isEmpty, "nothing is read by itself")
    }

    @Test("Wakes up for the age alone: every second, then every minute; and not where it can't be seen")
    func wakesForAge() {
        var session = frozen()
        #expect(session.model.nextWakeUp(now: session.now) == .seconds(1))
        session.pass(59.5)
        #expect(session.model.nextWakeUp(now: session.now) == .milliseconds(500))
        session.pass(0.5)
        #expect(session.model.nextWakeUp(now: session.now) == .seconds(60))
        session.send(.terminal(.resize(Size(columns: 20, rows: 5))))
        #expect(session.model.nextWakeUp(now: session.now) == nil)
    }

    @Test("Goes on with the newest, and with what was being read, as of when it was")
    func goesOn() throws {
        var session = Session.loaded(settings: settings(refresh: .zero))
        session.press(.character("r"))
        let load = try #require(session.model.users.content.load)
        session.press(.character("f"))
        session.effects = []
        session.pass(5)
        let answer = ReadResult(Array(Sample.users.prefix(1)), freshness: .fetched)
        session.send(.usersLoaded(load: load, .success(answer)))
        session.send(.snapshot(Sample.snapshot(at: session.now)))
        session.send(.snapshot(.withOpenBreaker(at: session.now)))
        #expect(session.model.users.content.value == Sample.users)
        session.pass(60)
        session.press(.character("f"))
        #expect(session.takeEffects().isEmpty)
        #expect(session.model.users.content.state == .loaded(Array(Sample.users.prefix(1)), asOf: start.after(5)))
        #expect(!session.lines[0].contains("FROZEN"))
        #expect(session.lines[0].contains("1 breaker half-open"), "its wait is over")
    }

    @Test("What somebody asks for is shown all the same")
    func actions() {
        var session = frozen(refresh: .zero)
        session.press(.down)
        session.pass(0.25)
        session.answerEvents(.success(UserEvents(events: Array(Sample.events.prefix(1)))))
        #expect(session.model.events.content.value?.events.count == 1)
        session.press(.backTab, .backTab, .character("+"), .character("<"))
        #expect(session.model.timeline.end == start.after(-30))
    }

    @Test("What is decided about a breaker is decided by its last state, not by the one that is shown")
    func decidesByTheLastState() {
        var session = frozen()
        var forced = Sample.snapshot(at: session.now)
        forced.change(.addEvent) { $0.state = .forcedOpen }
        session.send(.snapshot(forced))
        #expect(session.lines[0].contains("1 breaker open"))
        session.press(.character(":"))
        session.type("automatic")
        #expect(!session.screen.contains("addEvent is automatic"))
        session.press(.enter)
        #expect(session.takeEffects() == [.changeBreaker(.addEvent, .automatic)])
        session.press(.character("p"))
        #expect(session.model.notice?.message.contains("is forced open") == true)
        #expect(session.takeEffects().isEmpty)
    }

    @Test("One that has opened since is probed")
    func probesWhatHasOpened() {
        var session = Session.loaded()
        session.press(.character("f"))
        session.send(.snapshot(.withOpenBreaker()))
        session.press(.character("p"))
        #expect(session.takeEffects() == [.probe(.addEvent)])
    }

    @Test("News that can't be seen needs no picture, unless something tells how things are now")
    func unseen() {
        let news = Message.snapshot(.withOpenBreaker())
        var session = Session.loaded()
        #expect(!session.model.isUnseen(news))
        session.press(.character("f"))
        #expect(session.model.isUnseen(news))
        #expect(!session.model.isUnseen(.wake))
        session.press(.character(":"))
        #expect(!session.model.isUnseen(news))
    }

    @Test("The log shows what was logged until then, whenever it is opened, and afterwards each line once")
    func log() {
        var session = frozen()
        session.now = start.after(60)
        func numbers() -> [UInt64] { session.model.log.table.rows.map(\.number) }
        // Of the lines, the first three were logged before.
        let lines = (1...6).map { LogTests.line($0, at: start.after(Double($0) - 3)) }
        session.press(.character("L"))
        #expect(session.takeEffects() == [.followLog(after: 0)])
        session.send(.logged(lines))
        #expect(numbers() == [1, 2, 3])
        session.press(.character("L"), .character("L"))
        #expect(session.takeEffects() == [.leaveLog, .followLog(after: 6)])
        session.send(.logged(lines))
        session.press(.character("f"))
        #expect(numbers() == [1, 2, 3, 4, 5, 6])
    }

    @Test("The header has room for it")
    func header() throws {
        try expectGolden("frozen") { terminal in
            var session = frozen(terminal)
            session.pass(12)
            return session
        }
    }

    @Test("Before leaving loses events, it is known which")
    func quitting() {
        var session = Session.loaded(settings: settings(isEphemeral: true))
        session.press(.character("f"))
        session.send(.snapshot(.withOutbox()))
        session.press(.character("q"))
        #expect(!session.model.isFinished)
        #expect(session.model.popup == .question(.quitLosing(4), isYesSelected: false))
    }

    @Test("There is nothing to freeze before there is something to see")
    func tooEarly() {
        var session = Session()
        session.effects = []
        session.press(.character("f"))
        #expect(session.takeEffects().isEmpty && session.model.frozen == nil)
    }
}
