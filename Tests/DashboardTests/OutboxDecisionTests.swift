import EventService
import Foundation
import Testing
import TextUI

@testable import Dashboard

/// What somebody decides about the events of the outbox, and what they are told of it.
@Suite
struct OutboxDecisionTests {
    @Test("r has the event tried again")
    func retries() {
        var session = Session.showingOutbox()
        session.press(.character("r"))
        #expect(session.takeEffects() == [.retryKept(id: "k1")])
        session.send(.decisionFinished(.retry, id: "k1", failure: nil))
        #expect(session.takeEffects() == [.loadOutbox(load: LoadID(4), limit: 200)])
    }

    private func noticeOfRetry(_ kept: KeptEvents, _ change: (inout BreakerStatus) -> Void) -> String? {
        var session = Session.showingOutbox(kept: kept)
        var snapshot = ServiceSnapshot.withOutbox()
        snapshot.change(.addEvent, change)
        session.send(.snapshot(snapshot))
        session.press(.character("r"))
        session.send(.decisionFinished(.retry, id: kept.events[0].id, failure: nil))
        return session.model.notice?.text
    }

    @Test("When it is tried is told as the table tells it")
    func tellsWhen() {
        let refused = Sample.kept("k1", "Séance") { $0.state = .refused }
        let alone = KeptEvents(events: [refused])
        #expect(
            noticeOfRetry(alone) { _ in }
                == "“Séance” is tried at 12:31:12, when addEvent is probed; p probes now."
        )
        #expect(noticeOfRetry(alone) { $0.state = .closed } == "“Séance” is tried again in its turn.")
        #expect(noticeOfRetry(alone) { $0.probeAt = start } == "“Séance” is tried again in its turn.")
        #expect(
            noticeOfRetry(alone) { $0.state = .forcedOpen }
                == "“Séance” is tried as soon as addEvent isn't forced open any more."
        )
        let behind = KeptEvents(events: [refused, Sample.kept("k2", "Team meeting")])
        #expect(noticeOfRetry(behind) { _ in } == "“Séance” is tried again after the others of its user.")
        let waiting = KeptEvents(events: [Sample.kept("k2", "Talk") { $0.nextAttemptAt = start.after(300) }, refused])
        #expect(noticeOfRetry(waiting) { $0.state = .closed } == "“Talk” is tried again in its turn.")
    }

    @Test("Where there is little room the name gives way to what came of it")
    func shortensNames() {
        var session = Session.showingOutbox(Size(columns: 40, rows: 12))
        let name = "Quarterly planning with everybody"
        session.answerOutbox(.success(KeptEvents()))
        session.press(.function(5))
        session.answerOutbox(.success(KeptEvents(events: [Sample.kept("k1", name)])))
        session.press(.character("r"))
        session.send(.decisionFinished(.retry, id: "k1", failure: nil))
        #expect(session.lines.last == " “Quarter…” is tried at 12:31:12, when …")
        session.press(.character("d"), .character("y"))
        session.send(.decisionFinished(.discard, id: "k1", failure: nil))
        #expect(session.lines.last == " “Quarterly planning wi…” was discarded.")
    }

    @Test("With nothing in the outbox r reads it again, as elsewhere")
    func readsEmptyOutbox() {
        var session = Session.showingOutbox(kept: KeptEvents())
        session.press(.character("r"))
        #expect(
            session.takeEffects() == [
                .loadUsers(load: LoadID(4), policy: .reload),
                .loadEvents(userID: "1", load: LoadID(5), policy: .reload),
                .loadOutbox(load: LoadID(6), limit: 200),
            ]
        )
        #expect(session.model.notice == nil)
    }

    @Test("d asks first, with No marked; Yes discards")
    func discards() {
        var session = Session.showingOutbox()
        session.press(.character("d"), .enter)
        #expect(session.takeEffects() == [])
        #expect(session.model.popup == nil)
        session.press(.character("d"), .tab, .enter)
        #expect(session.takeEffects() == [.discardKept(id: "k1")])
        session.press(.function(5))
        session.answerOutbox(.success(KeptEvents()))
        session.send(.decisionFinished(.discard, id: "k1", failure: nil))
        #expect(session.model.notice?.text == "“Séance” was discarded.")
    }

    @Test("The event that the question names is discarded, whatever the cursor is on by then")
    func discardsWhatWasAskedFor() {
        var session = Session.showingOutbox()
        session.press(.function(5), .character("d"))
        var kept = Sample.keptEvents
        kept.events.removeFirst()
        session.answerOutbox(.success(kept))
        session.effects = []
        session.press(.character("y"))
        #expect(session.takeEffects() == [.discardKept(id: "k1")])
        session.send(.decisionFinished(.discard, id: "k1", failure: "it is not in the outbox any more"))
        #expect(session.model.notice?.text == "“Séance” was not discarded: it is not in the outbox any more.")
    }

    @Test("Read-only, nothing is decided, and nothing is offered")
    func refusesReadOnly() {
        var session = Session.showingOutbox(settings: settings(isReadOnly: true))
        #expect(session.lines.last?.contains("discard") == false)
        for key in ["r", "d"] as [Character] {
            session.press(.character(key))
            #expect(session.takeEffects() == [])
            #expect(session.model.popup == nil)
            #expect(session.model.notice?.text == "Read-only: nothing can be changed from here.")
        }
    }

    @Test("What is being delivered can't be decided about")
    func leavesWhatIsUnderWay() {
        let kept = KeptEvents(events: [Sample.kept("k1", "Team meeting") { $0.state = .delivering }])
        var session = Session.showingOutbox(kept: kept)
        session.press(.character("d"))
        #expect(session.model.popup == nil)
        #expect(session.model.notice?.text == "“Team meeting” is being delivered.")
    }
}
