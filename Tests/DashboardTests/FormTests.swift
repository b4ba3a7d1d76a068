import EventService
import Foundation
import Testing
import TextUI

@testable import Dashboard

/// The add-event form: what is sent, what survives, and what is told.
@Suite
struct FormTests {
    private let busy = ServiceError(.busy, message: "service busy", retryAfter: .seconds(8))

    private func opened(_ snapshot: ServiceSnapshot = Sample.snapshot()) -> Session {
        var session = Session.loaded(snapshot: snapshot)
        session.press(.character("a"))
        session.type("Team meeting")
        return session
    }

    @Test("Enter sends the draft for the user who was selected")
    func sends() {
        var session = opened()
        session.press(.enter)
        let draft = EventDraft(id: "draft-0", name: "Team meeting", userID: "1")
        #expect(session.takeEffects() == [.add(draft)])
        #expect(session.model.form.sending == draft)
        #expect(session.screen.contains("Sending “Team meeting”…"))
    }

    @Test("The date is sent as RFC 3339, the name without spaces around it")
    func sendsDate() {
        var session = opened()
        session.type("  ")
        session.press(.tab, .tab)
        session.type("2026-12-01 18:00")
        session.press(.enter)
        let draft = EventDraft(
            id: "draft-0",
            name: "Team meeting",
            userID: "1",
            startsAt: "2026-12-01T18:00:00Z"
        )
        #expect(session.takeEffects() == [.add(draft)])
    }

    @Test("What is wrong is told at every field, nothing is sent, and the first wrong field gets the focus")
    func tellsErrors() {
        var session = Session.loaded()
        session.press(.character("a"), .tab, .control("u"), .tab)
        session.type("tomorrow")
        session.press(.enter)
        #expect(session.takeEffects() == [])
        #expect(session.model.form.focus == .name)
        #expect(
            session.model.form.errors == [
                .name: "give the event a name",
                .user: "choose a user",
                .when: "write it as YYYY-MM-DD HH:MM, or leave it empty",
            ]
        )
        session.type("x")
        #expect(session.model.form.errors[.name] == nil, "an error goes when its field is corrected")
        #expect(session.model.form.errors.count == 2)
    }

    @Test("A failed send keeps the draft, and sending it again unchanged keeps its identifier")
    func resendsUnderSameID() {
        var session = opened()
        session.press(.enter)
        session.send(.addFinished(draftID: "draft-0", .failed(busy)))
        #expect(session.model.popup == .form)
        #expect(session.screen.contains("Not added: service busy."))
        #expect(session.screen.contains("The events API asks to wait until 12:31:13."))
        #expect(session.screen.contains("Enter send again"))
        session.effects = []
        session.press(.escape, .character("a"), .enter)
        #expect(session.takeEffects() == [.add(EventDraft(id: "draft-0", name: "Team meeting", userID: "1"))])
    }

    @Test("A draft that was changed is another event")
    func changedDraftGetsNewID() {
        var session = opened()
        session.press(.enter)
        session.send(.addFinished(draftID: "draft-0", .failed(busy)))
        session.effects = []
        session.type("s")
        session.press(.enter)
        #expect(session.takeEffects() == [.add(EventDraft(id: "draft-1", name: "Team meetings", userID: "1"))])
    }

    @Test("Esc keeps the draft")
    func keepsDraft() {
        var session = opened()
        session.press(.escape)
        #expect(session.model.popup == nil)
        #expect(session.model.notice?.text == "The draft is kept: a opens it again.")
        session.press(.down, .character("a"))
        #expect(session.model.form.name.text == "Team meeting")
        #expect(session.model.form.user.chosenID == "1", "the draft is for the user it was begun for")
    }

    @Test("During a send nothing can be changed or sent twice, and Esc leaves it running")
    func locksWhileSending() {
        var session = opened()
        session.press(.enter)
        session.effects = []
        #expect(session.lines.last?.hasPrefix(" Esc leave it sending") == true, "as the form says")
        session.press(.character("x"), .backspace, .enter)
        session.send(.terminal(.paste("more")))
        #expect(session.takeEffects() == [])
        #expect(session.model.form.name.text == "Team meeting")
        session.press(.escape)
        #expect(session.model.popup == nil)
        #expect(session.model.form.sending?.id == "draft-0")
        session.send(.addFinished(draftID: "draft-0", .failed(busy)))
        #expect(session.model.notice?.text == "“Team meeting” was not added: service busy. a opens the draft.")
        session.press(.character("a"))
        #expect(session.model.form.name.text == "Team meeting")
    }

    @Test("After a success the form is empty and closed, and the user's events are read again")
    func succeeds() {
        var session = opened()
        session.press(.enter)
        session.effects = []
        session.send(.addFinished(draftID: "draft-0", .added))
        #expect(session.model.popup == nil)
        #expect(session.model.form.name.isEmpty)
        #expect(session.model.notice?.text == "Added “Team meeting”.")
        #expect(session.takeEffects() == [.loadEvents(userID: "1", load: LoadID(3)), .loadUsers(load: LoadID(4))])
        let added = Event(id: "draft-0", name: "Team meeting", userID: "1")
        session.answerEvents(.success(UserEvents(events: Sample.events + [added])))
        #expect(session.model.events.table.selected == added)
    }

    private var withOutbox: ServiceSnapshot {
        var snapshot = ServiceSnapshot.withOpenBreaker()
        snapshot.outbox = .init()
        return snapshot
    }

    @Test("Ctrl-O sends, and has the event kept if it can't be delivered")
    func sendsOrKeeps() {
        var session = opened(withOutbox)
        session.press(.control("o"))
        let draft = EventDraft(id: "draft-0", name: "Team meeting", userID: "1")
        #expect(session.takeEffects() == [.add(draft, whenDown: .queue)])
        session.send(.addFinished(draftID: "draft-0", .kept))
        #expect(session.model.popup == nil)
        #expect(session.model.form.name.isEmpty)
        #expect(session.takeEffects() == [], "nothing has changed in the events API")
        #expect(
            session.model.notice?.text
                == "“Team meeting” is kept, and added as soon as the events API takes it."
        )
    }

    @Test("A draft that failed is kept under its identifier: it may be there already")
    func keepsUnderSameID() {
        var session = opened(withOutbox)
        session.press(.enter)
        session.send(.addFinished(draftID: "draft-0", .failed(busy)))
        session.effects = []
        session.press(.control("o"))
        #expect(
            session.takeEffects()
                == [.add(EventDraft(id: "draft-0", name: "Team meeting", userID: "1"), whenDown: .queue)]
        )
    }

    @Test("Without an outbox nothing is offered and Ctrl-O sends nothing")
    func hasNoOutbox() {
        var session = opened(.withOpenBreaker())
        #expect(!session.screen.contains("Ctrl-O"))
        session.press(.control("o"))
        #expect(session.takeEffects() == [])
        #expect(session.model.notice?.text == "Nothing is kept here: there is no outbox.")
    }

    @Test("While the breaker is open the form offers to keep the event")
    func offersToKeep() {
        var session = opened(withOutbox)
        #expect(session.screen.contains("Ctrl-O keeps the event"))
        session.press(.control("o"))
        #expect(!session.screen.contains("Ctrl-O"), "it is being sent already")
    }

    @Test("An answer under way from before the event was added is given up")
    func rereadsAfterSuccess() {
        var session = opened()
        session.press(.enter)
        session.pass(10)
        session.effects = []
        session.send(.addFinished(draftID: "draft-0", .added))
        #expect(
            session.takeEffects() == [
                .cancelLoad(LoadID(4)), .loadEvents(userID: "1", load: LoadID(5)),
                .cancelLoad(LoadID(3)), .loadUsers(load: LoadID(6)),
            ]
        )
    }

    @Test("An event for another user selects that user")
    func selectsUser() {
        var session = opened()
        session.press(.tab)
        session.type("hopp")
        session.press(.enter)
        session.effects = []
        session.send(.addFinished(draftID: "draft-0", .added))
        #expect(session.model.users.table.selected?.id == "2")
        #expect(session.takeEffects().first == .loadEvents(userID: "2", load: LoadID(3)))
    }

    @Test("The user is found by typing, and the arrows choose among those found")
    func findsUser() {
        var session = opened()
        session.press(.tab)
        session.type("a")
        #expect(session.model.form.user.matches.map(\.id) == ["1", "3", "2"])
        session.press(.down, .tab)
        #expect(session.model.form.user.chosenID == "3")
        #expect(session.model.form.user.query.text == "Alan Turing")
        #expect(session.model.form.focus == .when)
    }

    @Test("Moving the cursor leaves the chosen user, typing looks for another one")
    func keepsChosenUser() {
        var session = opened()
        session.press(.tab, .left, .home, .end)
        #expect(session.model.form.user.chosenID == "1")
        session.type("g")
        #expect(session.model.form.user.chosenID == nil)
        #expect(session.model.form.user.query.text == "g")
        #expect(session.model.form.user.matches.map(\.id) == ["2", "1", "3"])
    }

    @Test("Who nobody is found for is told at the field")
    func tellsUnknownUser() {
        var session = opened()
        session.press(.tab)
        session.type("nobody")
        session.press(.enter)
        #expect(session.model.form.errors == [.user: "no user is found by that"])
        #expect(session.takeEffects() == [])
    }

    @Test("Without a list of users an identifier can be typed")
    func takesIdentifierWithoutUsers() {
        var session = Session()
        session.answerUsers(.failure(busy))
        session.effects = []
        session.press(.character("a"))
        session.type("Team meeting")
        session.press(.tab)
        session.type("42")
        #expect(session.screen.contains("› 42") && !session.screen.contains("id 42"), "that is all there is to tell")
        session.press(.enter)
        #expect(session.screen.contains("User   42 ") && !session.screen.contains("(42)"))
        #expect(session.takeEffects() == [.add(EventDraft(id: "draft-0", name: "Team meeting", userID: "42"))])
    }

    @Test("Errors that the service finds are told at their fields")
    func tellsServiceErrors() {
        var session = opened()
        session.press(.enter)
        let invalid = ServiceError(
            .invalid,
            message: "the event is not valid",
            fields: [.init(field: "startsAt", message: "is no date"), .init(field: "name", message: "is too long")]
        )
        session.send(.addFinished(draftID: "draft-0", .failed(invalid)))
        #expect(session.model.form.errors == [.when: "is no date", .name: "is too long"])
        #expect(session.model.form.focus == .name)
    }

    @Test("While the breaker is open the form says so and counts down")
    func countsDown() {
        var session = opened(.withOpenBreaker())
        #expect(session.screen.contains("addEvent is down: next try in 7.2 s."))
        session.pass(1.1)
        #expect(session.screen.contains("addEvent is down: next try in 6.1 s."))
        session.pass(6.2)
        #expect(session.screen.contains("addEvent was down: the next send is the probe."))
    }

    @Test("Text is pasted as text, whatever is in it")
    func pastes() {
        var session = opened()
        session.press(.control("u"))
        session.send(.terminal(.paste("q\u{1B}[31mred\nline")))
        #expect(!session.model.isFinished)
        #expect(session.model.form.name.text == "q[31mred line")
    }

    @Test("Leaving while an event is sent asks first, with No marked")
    func asksBeforeQuitting() {
        var session = opened()
        session.press(.enter, .escape)
        session.effects = []
        session.press(.character("q"))
        #expect(session.model.popup == .question(.quitWhileSending, isYesSelected: false))
        session.press(.enter)
        #expect(!session.model.isFinished)
        session.press(.character("q"), .tab, .enter)
        #expect(session.model.isFinished)
        #expect(session.takeEffects() == [.quit])
    }

    @Test("An answer of an unknown send changes nothing")
    func ignoresUnknownAnswer() {
        var session = opened()
        let before = session.model
        session.send(.addFinished(draftID: "other", .added))
        #expect(session.model == before)
    }

    @Test("While getUserById is down the form says so, with its countdown: the user is looked up first")
    func lookupIsDown() {
        var snapshot = Sample.snapshot()
        snapshot.change(.getUserById) {
            $0.state = .open
            $0.probeAt = start.after(7.2)
            $0.wait = .seconds(10)
        }
        var session = Session.loaded(Size(columns: 80, rows: 24), snapshot: snapshot)
        session.press(.character("a"))
        #expect(session.screen.contains("getUserById, which looks up the user first, is down: next"))
        #expect(session.screen.contains("try in 7.2 s."))
        #expect(session.model.nextWakeUp(now: session.now) == .milliseconds(100))
        session.pass(0.1)
        #expect(session.screen.contains("try in 7.1 s."))
    }
}
