import EventService
import Foundation
import Testing
import TextUI

@testable import Dashboard

/// The pane of the outbox: when it is read, and where the cursor stays.
@Suite
struct OutboxTests {
    private func manyKept(_ numbers: Range<Int>, hasMore: Bool) -> KeptEvents {
        KeptEvents(events: numbers.map { Sample.kept("k\($0)", "Event \($0)") }, hasMore: hasMore)
    }

    private func load(_ session: Session) -> LoadID? { session.model.outbox.content.load }

    // MARK: - Reading

    @Test("o shows the outbox and reads it; o, Esc and Tab go back to where one was")
    func opensAndCloses() {
        for key in [Key.character("o"), .escape, .tab, .backTab] {
            var session = Session.loaded(snapshot: .withOutbox())
            session.press(.tab, .character("o"))
            #expect(session.takeEffects() == [.loadOutbox(load: LoadID(3), limit: 200)])
            #expect(session.model.focus == .outbox)
            session.answerOutbox(.success(Sample.keptEvents))
            session.press(key)
            #expect(session.model.focus == .events)
            #expect(session.takeEffects() == [])
        }
    }

    @Test("Leaving gives up the load under way")
    func cancelsOnLeaving() {
        var session = Session.loaded(snapshot: .withOutbox())
        session.press(.character("o"), .escape)
        #expect(session.takeEffects() == [.loadOutbox(load: LoadID(3), limit: 200), .cancelLoad(LoadID(3))])
    }

    @Test("Without an outbox there is nothing to show")
    func hasNoOutbox() {
        var session = Session.loaded()
        session.press(.character("o"))
        #expect(session.takeEffects() == [])
        #expect(session.model.notice?.text == "Nothing is kept here: there is no outbox.")
        #expect(session.model.focus == .users)
    }

    @Test("While it is shown it is read again whenever its numbers or the failures of addEvent change")
    func followsSnapshots() {
        var session = Session.showingOutbox()
        var snapshot = ServiceSnapshot.withOutbox()
        session.send(.snapshot(snapshot))
        #expect(session.takeEffects() == [], "nothing has changed")
        session.pass(1)
        snapshot.outbox?.status.waiting = 2
        session.send(.snapshot(snapshot))
        #expect(session.takeEffects() == [.loadOutbox(load: LoadID(4), limit: 200)])
        session.answerOutbox(.success(Sample.keptEvents))
        session.pass(1)
        snapshot.change(.addEvent) { $0.lastFailure = .init(at: start, message: "503") }
        session.send(.snapshot(snapshot))
        #expect(session.takeEffects() == [.loadOutbox(load: LoadID(5), limit: 200)])
        session.press(.escape)
        session.effects = []
        snapshot.outbox?.status.waiting = 1
        session.send(.snapshot(snapshot))
        #expect(session.takeEffects() == [], "it isn't shown")
    }

    @Test("A change during a load is read a second after it, however many there were")
    func readsAgain() {
        var session = Session.loaded(settings: settings(refresh: .zero), snapshot: .withOutbox())
        session.press(.character("o"))
        var snapshot = ServiceSnapshot.withOutbox()
        for waiting in [7, 8, 9] {
            snapshot.outbox?.status.waiting = waiting
            session.send(.snapshot(snapshot))
        }
        #expect(session.takeEffects() == [.loadOutbox(load: LoadID(3), limit: 200)])
        session.answerOutbox(.success(Sample.keptEvents))
        session.pass(0.999)
        #expect(session.takeEffects() == [])
        #expect(session.model.nextWakeUp(now: session.now) == .milliseconds(1))
        session.pass(0.001)
        #expect(session.takeEffects() == [.loadOutbox(load: LoadID(4), limit: 200)])
        session.answerOutbox(.success(Sample.keptEvents))
        session.pass(1)
        #expect(session.takeEffects() == [])
    }

    @Test("While a backlog is delivered it is read once a second, and at once for who asks")
    func paces() {
        var session = Session.showingOutbox(settings: settings(refresh: .zero))
        var snapshot = ServiceSnapshot.withOutbox()
        for step in 1...100 {
            session.pass(0.1)
            snapshot.outbox?.status.waiting = 1000 - step
            session.send(.snapshot(snapshot))
            session.answerOutbox(.success(Sample.keptEvents))
        }
        #expect(session.takeEffects().count == 10)
        session.pass(0.1)
        session.press(.function(5))
        #expect(session.takeEffects().contains { if case .loadOutbox = $0 { true } else { false } })
    }

    @Test("Coming near the end of what was read reads a page more, once")
    func readsOn() {
        var session = Session.showingOutbox(kept: manyKept(0..<200, hasMore: true))
        session.press(.down)
        #expect(session.takeEffects() == [])
        session.press(.character("G"), .up, .down)
        #expect(session.takeEffects() == [.loadOutbox(load: LoadID(4), limit: 400)])
        session.answerOutbox(.success(manyKept(0..<350, hasMore: false)))
        #expect(session.model.outbox.selected?.id == "k199")
        session.press(.character("G"))
        #expect(session.model.outbox.selected?.id == "k349")
        #expect(session.takeEffects() == [])
    }

    @Test("The cursor stays on its event while others come and go")
    func keepsSelection() {
        var session = Session.showingOutbox()
        session.press(.down, .down)
        #expect(session.model.outbox.selected?.id == "k3")
        session.press(.function(5))
        var kept = Sample.keptEvents
        kept.events.removeFirst(2)
        session.answerOutbox(.success(kept))
        #expect(session.model.outbox.selected?.id == "k3")
    }

    @Test("A store that fails leaves what was read, with the reason; at first it is the reason alone")
    func tellsFailure() {
        let broken = ServiceError(.storeFailed, message: "what is kept can't be read or changed: disk I/O error")
        var session = Session.loaded(snapshot: .withOutbox())
        session.press(.character("o"))
        session.answerOutbox(.failure(broken))
        #expect(session.screen.contains("What is kept can't be read or changed: disk I/O error. F5 reads it again."))
        session.press(.function(5))
        session.answerOutbox(.success(Sample.keptEvents))
        session.press(.function(5))
        session.answerOutbox(.failure(broken))
        #expect(session.screen.contains("As of 12:31:05, not read again: what is kept can't be read or changed"))
        #expect(session.screen.contains("Team dinner"))
        var snapshot = ServiceSnapshot.withOutbox()
        snapshot.outbox?.failure = "database or disk is full"
        session.send(.snapshot(snapshot))
        #expect(session.screen.contains("The outbox can't be used: database or disk is full."))
    }

    // MARK: - Probing

    @Test("p probes addEvent, whichever breaker is selected in the pane that is hidden; read or not")
    func probesAddEvent() {
        var session = Session.loaded(snapshot: .withOutbox())
        session.press(.tab, .tab, .down, .character("o"))
        #expect(session.model.selectedRoute != .addEvent)
        session.answerOutbox(.success(Sample.keptEvents))
        session.effects = []
        #expect(session.lines.last?.contains("p probe now") == true)
        session.press(.character("p"), .enter, .character("p"))
        #expect(session.takeEffects() == [.probe(.addEvent), .probe(.addEvent)])
        session.send(.snapshot(Sample.snapshot()))
        session.press(.character("p"))
        #expect(session.model.notice?.text == "addEvent is closed: calls pass, there is nothing to probe.")
    }

    // MARK: - The mouse

    @Test("A press selects, the wheel scrolls and reads on")
    func mouse() {
        var session = Session.showingOutbox(kept: manyKept(0..<200, hasMore: true))
        session.send(.terminal(.mouse(MouseEvent(.press(.left), at: Point(column: 10, row: 5)))))
        #expect(session.model.outbox.selected?.id == "k2")
        for _ in 0..<70 {
            session.send(.terminal(.mouse(MouseEvent(.scrollDown, at: Point(column: 10, row: 5)))))
        }
        #expect(session.takeEffects() == [.loadOutbox(load: LoadID(4), limit: 400)])
    }

    // MARK: - Words

    @Test("The next try is the latest of what has to pass before it")
    func nextTry() {
        var breaker = Sample.breaker(.addEvent, since: start)
        let waiting = Sample.kept("k", "Event") { $0.nextAttemptAt = start.after(5) }
        let fresh = Sample.kept("k", "Event")
        #expect(fresh.nextTry(behind: nil, now: start) == .soon)
        #expect(waiting.nextTry(behind: breaker, now: start) == .at(start.after(5)))
        #expect(waiting.nextTry(behind: breaker, now: start.after(5)) == .soon)
        (breaker.state, breaker.probeAt) = (.open, start.after(9))
        #expect(waiting.nextTry(behind: breaker, now: start) == .at(start.after(9)))
        #expect(fresh.nextTry(behind: breaker, now: start) == .at(start.after(9)))
        breaker.state = .forcedOpen
        #expect(waiting.nextTry(behind: breaker, now: start) == .held)
        #expect(Sample.keptEvents.events.map { $0.nextTry(behind: nil, now: start) }[2] == .inLine)
        #expect(Sample.keptEvents.events.map { $0.nextTry(behind: nil, now: start) }[0] == .never)
    }
}
