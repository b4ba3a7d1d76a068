import EventService
import Foundation
import Testing
import TextUI

@testable import Dashboard

/// Forcing a breaker open, disabling it, setting it back and closing it.
@Suite
struct BreakerChangeTests {
    private func session(_ state: BreakerStatus.State, settings: DashboardSettings = settings()) -> Session {
        var snapshot = Sample.snapshot()
        snapshot.change(.addEvent) { $0.state = state }
        return .loaded(settings: settings, snapshot: snapshot)
    }

    @Test(
        "What reaches far is asked about, with the answer marked that changes nothing",
        arguments: [
            ("force open", BreakerChange.forceOpen, BreakerStatus.State.closed),
            ("disable", .disable, .closed), ("reset", .reset, .open),
        ]
    )
    func asks(words: String, change: BreakerChange, state: BreakerStatus.State) {
        var session = session(state)
        session.press(.character(":"))
        session.type(words)
        session.press(.enter)
        #expect(session.model.popup == .question(.change(.addEvent, change), isYesSelected: false))
        #expect(session.screen.contains("addEvent"))
        var refusing = session
        refusing.press(.enter)
        #expect(refusing.takeEffects() == [])
        #expect(refusing.model.popup == nil)
        session.press(.tab, .enter)
        #expect(session.takeEffects() == [.changeBreaker(.addEvent, change)])
        #expect(session.model.popup == nil)
    }

    @Test("Back to automatic is done at once", arguments: [BreakerStatus.State.forcedOpen, .disabled])
    func automatic(state: BreakerStatus.State) {
        var session = session(state)
        session.press(.character(":"))
        session.type("automatic again")
        session.press(.enter)
        #expect(session.takeEffects() == [.changeBreaker(.addEvent, .automatic)])
    }

    @Test("It is about the selected breaker, and in the outbox about that of adding")
    func selectsRoute() {
        var session = Session.loaded()
        session.press(.tab, .tab, .down, .character(":"))
        session.type("disable")
        session.press(.enter, .character("y"))
        #expect(session.takeEffects() == [.changeBreaker(.getEvents, .disable)])
    }

    @Test("What came of it is told")
    func tells() {
        var session = Session.loaded()
        session.send(.breakerChanged(.addEvent, .forceOpen, failure: nil))
        #expect(
            session.model.notice?.text == "addEvent is forced open: no call passes until it is automatic again."
        )
        session.send(.breakerChanged(.addEvent, .reset, failure: "no answer"))
        #expect(session.model.notice?.text == "addEvent stays as it is: no answer.")
        #expect(session.model.notice?.kind == .problem)
        #expect(session.takeEffects() == [])
    }
}
