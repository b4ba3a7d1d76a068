import EventService
import Testing
import TextUI

@testable import Dashboard

/// What is told to somebody who doesn't look.
@Suite
struct BellTests {
    private func session(
        ringsBell: Bool = true,
        _ snapshot: ServiceSnapshot = .promising([]),
        on terminal: Terminal = .standard
    ) -> Session {
        var settings = settings(isASCII: terminal.isASCII)
        settings.ringsBell = ringsBell
        return Session.loaded(terminal.size, settings: settings, snapshot: snapshot)
    }

    private func burning(_ routes: UpstreamRoute..., bad: UInt64 = 1000) -> ServiceSnapshot {
        .promising(UpstreamRoute.allCases.map { Sample.objective($0, bad: routes.contains($0) ? bad : 0) })
    }

    @Test("A fast burn rings once, several at once too, and marks each line until a key is pressed")
    func rings() throws {
        var session = session()
        session.send(.snapshot(burning(.getUsers, .getEvents)))
        #expect(session.takeEffects() == [.bell])
        #expect(session.model.alarms.burning.map(\.route.rawValue).sorted() == ["getEvents", "getUsers"])
        #expect(session.lines.filter { $0.hasPrefix("   !") }.count == 2)
        session.send(.snapshot(burning(.getUsers, .getEvents, bad: 999)))
        #expect(session.takeEffects() == [])
        let before = session.model
        session.press(.control("x"))
        #expect(session.model.alarms.burning.isEmpty)
        #expect(session.lines.filter { $0.hasPrefix("   !") }.isEmpty)
        session.send(.snapshot(burning(.getUsers, .getEvents)))
        #expect(session.takeEffects() == [])
        #expect(before.selectedRoute == session.model.selectedRoute)
    }

    @Test("Another one rings again, one that slows down and speeds up doesn't, one that was over does")
    func again() {
        var session = session()
        session.send(.snapshot(burning(.getUsers)))
        session.send(.snapshot(burning(.getUsers, .addEvent)))
        #expect(session.takeEffects() == [.bell, .bell])
        session.send(.snapshot(burning(.getUsers, bad: 40)))
        session.send(.snapshot(burning(.getUsers)))
        #expect(session.takeEffects() == [])
        session.send(.snapshot(burning()))
        session.send(.snapshot(burning(.getUsers)))
        #expect(session.takeEffects() == [.bell])
    }

    @Test("A breaker that opens rings once and is marked, whether its probes fail or not")
    func opens() {
        var session = session()
        session.send(.snapshot(.withOpenBreaker()))
        #expect(session.takeEffects() == [.bell])
        #expect(session.model.alarms.opened == [.addEvent])
        #expect(session.screen.contains("!▲ addEvent"))
        session.send(.snapshot(.withOpenBreaker()))
        #expect(session.takeEffects() == [])
        session.press(.control("x"))
        #expect(!session.screen.contains("!▲ addEvent"))
    }

    @Test("While everything stands still it rings once for each, and marks them afterwards, over or not")
    func frozen() {
        var session = session(Sample.snapshot())
        session.press(.character("f"))
        session.send(.snapshot(.withOpenBreaker()))
        #expect(session.takeEffects() == [.bell])
        session.send(.snapshot(.withOpenBreaker()))
        session.send(.snapshot(Sample.snapshot()))
        session.press(.control("x"))
        #expect(session.takeEffects() == [])
        #expect(session.model.alarms.opened.isEmpty)
        session.press(.character("f"))
        #expect(session.takeEffects() == [])
        #expect(session.model.alarms.opened == [.addEvent])
        session.press(.control("x"))
        #expect(session.model.alarms.opened.isEmpty)
        session.send(.snapshot(.withOpenBreaker()))
        #expect(session.takeEffects() == [.bell])
    }

    @Test("A budget that burns fast while everything stands still rings once and is marked afterwards")
    func frozenBurn() {
        var session = session()
        session.press(.character("f"))
        session.send(.snapshot(burning(.getUsers)))
        session.press(.character("f"))
        #expect(session.takeEffects() == [.bell])
        #expect(session.model.alarms.burning.map(\.route) == [.getUsers])
    }

    @Test("What was so when the dashboard was opened has not begun")
    func start() {
        var session = session(burning(.getUsers))
        session.send(.snapshot(burning(.getUsers)))
        #expect(session.takeEffects() == [])
        #expect(session.model.alarms.burning.isEmpty)
    }

    @Test("Off, it neither rings nor marks, until it is switched on, which rings to be heard and is remembered")
    func toggle() {
        var session = session(ringsBell: false)
        session.send(.snapshot(burning(.getUsers)))
        #expect(session.takeEffects() == [])
        #expect(session.lines.filter { $0.hasPrefix("   !") }.isEmpty)
        #expect(session.model.layoutToRemember.bell == nil)
        session.press(.character(":"))
        session.type("bell")
        session.press(.enter)
        #expect(session.takeEffects() == [.bell])
        #expect(session.model.isBellOn)
        #expect(session.model.layoutToRemember.bell == true)
        #expect(session.model.notice != nil)
    }

    @Test("What a flag says of it is for one time")
    func flag() {
        #expect(session().model.layoutToRemember.bell == nil)
    }

    @Test("The line is marked without colours, too")
    func golden() throws {
        try expectGolden("objectives-alarm") { terminal in
            var session = session(on: terminal)
            session.send(.snapshot(burning(.getUsers)))
            return session
        }
    }
}
