import EventService
import Foundation
import Testing
import TextUI

@testable import Dashboard

/// A clock that is set back, here or where the service runs.
@Suite
struct ClockTests {
    private func isLoad(_ effect: Effect) -> Bool {
        switch effect {
        case .loadUsers, .loadEvents, .loadOutbox: true
        default: false
        }
    }

    @Test("What is read again by itself is read as soon as it would have been")
    func refresh() {
        var session = Session.showingOutbox()
        session.pass(4)
        session.pass(-3600)
        #expect(session.effects.isEmpty)
        #expect(session.model.nextWakeUp(now: session.now).map { $0 <= .seconds(6) } == true)
        session.pass(6)
        #expect(session.takeEffects().filter(isLoad).count == 3)
    }

    @Test("A notice goes away, and the events of another user are read")
    func notice() {
        var session = Session.loaded(settings: settings(refresh: .zero))
        session.press(.down)
        #expect(session.model.events.settlesAt != nil)
        session.press(.character("p"))
        #expect(session.model.notice != nil)
        session.pass(-3600)
        #expect(session.takeEffects().isEmpty)
        session.pass(0.25)
        #expect(session.takeEffects().filter(isLoad).count == 1)
        #expect(session.model.notice != nil)
        session.pass(5.75)
        #expect(session.model.notice == nil)
    }

    @Test("What is stale is as old as before, and gets older")
    func age() {
        var session = Session.loaded(settings: settings(refresh: .zero))
        session.press(.character("r"))
        session.answerUsers(.success(Sample.users), .stale(120))
        #expect(session.screen.contains("2 min"))
        session.pass(-3600)
        #expect(session.screen.contains("2 min"))
        session.pass(60)
        #expect(session.screen.contains("3 min"))
    }

    @Test("What stands still doesn't change by it, and goes on as if the clock hadn't been set")
    func frozen() {
        var session = Session.loaded(snapshot: .withOpenBreaker())
        session.press(.character("f"))
        let body = session.lines.dropFirst()
        session.pass(120)
        session.pass(-3600)
        #expect(session.lines[0].contains("FROZEN 2 min"))
        #expect(session.lines.dropFirst() == body)
        #expect(session.takeEffects().isEmpty)
        session.press(.character("f"))
        #expect(session.takeEffects().filter(isLoad).count == 2)
    }
}
