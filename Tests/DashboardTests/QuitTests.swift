import EventService
import Foundation
import Testing
import TextUI

@testable import Dashboard

/// Leaving while events are in the outbox.
@Suite
struct QuitTests {
    private let ephemeral = settings(isEphemeral: true)

    @Test("What is kept over restarts holds nobody up")
    func quitsAtOnce() {
        var session = Session.loaded(snapshot: .withOutbox())
        session.press(.character("q"))
        #expect(session.takeEffects() == [.quit])
    }

    @Test("What would be lost is asked about first, with No marked, the refused included")
    func asks() {
        var session = Session.loaded(settings: ephemeral, snapshot: .withOutbox())
        session.press(.character("q"))
        #expect(session.model.popup == .question(.quitLosing(4), isYesSelected: false))
        session.press(.enter)
        #expect(session.takeEffects() == [])
        session.press(.character("q"), .character("y"))
        #expect(session.takeEffects() == [.quit])
    }

    @Test("One event is lost as one, several as several")
    func countsLosses() {
        for (waiting, answer, text) in [(1, "Yes, lose it ", "loses it."), (2, "Yes, lose them ", "loses them.")] {
            var snapshot = Sample.snapshot()
            snapshot.outbox = .init(status: OutboxStatus(waiting: waiting))
            var session = Session.loaded(settings: ephemeral, snapshot: snapshot)
            session.press(.character("q"))
            #expect(session.screen.contains(answer))
            #expect(session.screen.contains(text))
        }
    }

    @Test("With nothing to lose nothing is asked")
    func losesNothing() {
        var session = Session.loaded(settings: ephemeral)
        session.press(.character("q"))
        #expect(session.takeEffects() == [.quit])
    }

    @Test("Both questions are asked where both apply")
    func asksTwice() {
        var session = Session.loaded(settings: ephemeral, snapshot: .withOutbox())
        session.press(.character("a"))
        session.type("Team meeting")
        session.press(.enter, .escape)
        session.effects = []
        session.press(.character("q"), .character("y"))
        #expect(session.model.popup == .question(.quitLosing(4), isYesSelected: false))
        session.press(.character("y"))
        #expect(session.takeEffects() == [.quit])
    }

    @Test("Ctrl-C asks nothing")
    func quitsWithoutQuestion() {
        var session = Session.loaded(settings: ephemeral, snapshot: .withOutbox())
        session.press(.control("c"))
        #expect(session.takeEffects() == [.quit])
    }
}
