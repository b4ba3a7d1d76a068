import EventService
import Foundation
import Testing
import TextUI

@testable import Dashboard

/// How users and events are read: when, how often, and what becomes of the answers.
@Suite
struct LoadingTests {
    private let busy = ServiceError(.busy, message: "service busy")

    @Test("The first thing the dashboard does is to read the users")
    func startsWithUsers() {
        var session = Session()
        #expect(session.takeEffects() == [.loadUsers(load: LoadID(1))])
        #expect(session.model.users.content.state == .loading)
    }

    @Test("The first user's events are read as soon as there are users")
    func readsEventsOfFirstUser() {
        var session = Session()
        session.effects = []
        session.answerUsers(.success(Sample.users))
        #expect(session.takeEffects() == [.loadEvents(userID: "1", load: LoadID(2))])
        session.answerEvents(.success(UserEvents(events: Sample.events, missing: ["e9"])))
        #expect(session.takeEffects() == [])
        let expected = UserEvents(events: Sample.events, missing: ["e9"])
        #expect(session.model.events.content.state == .loaded(expected, asOf: start))
        #expect(session.lines[1].contains("1 not read"))
    }

    @Test("Without users no events are read")
    func readsNoEventsWithoutUsers() {
        var session = Session()
        session.effects = []
        session.answerUsers(.success([]))
        #expect(session.takeEffects() == [])
        #expect(session.screen.contains("There are no users yet."))
    }

    @Test("Events are read once the selection has come to rest, not for every user passed")
    func settlesBeforeReading() {
        var session = Session.loaded(users: Sample.manyUsers(100))
        for _ in 0..<50 {
            session.press(.down)
            session.pass(0.02)
        }
        #expect(session.takeEffects() == [])
        #expect(session.model.nextWakeUp(now: session.now) == .milliseconds(230))
        session.pass(0.23)
        #expect(session.takeEffects() == [.loadEvents(userID: "u50", load: LoadID(3))])
    }

    @Test("Moving on gives up the load of the user who was left")
    func cancelsLoadOnMovingOn() {
        var session = Session.loaded()
        session.press(.down)
        session.pass(0.25)
        session.effects = []
        session.press(.down)
        #expect(session.takeEffects() == [.cancelLoad(LoadID(3))])
        session.pass(0.25)
        #expect(session.takeEffects() == [.loadEvents(userID: "3", load: LoadID(4))])
    }

    @Test("An answer to a load that was given up changes nothing")
    func dropsLateAnswer() {
        var session = Session.loaded()
        session.press(.down)
        session.pass(0.25)
        session.press(.down)
        session.pass(0.25)
        let before = session.model
        let late = ReadResult(UserEvents(events: Sample.events), freshness: .fetched)
        session.send(.eventsLoaded(load: LoadID(3), .success(late)))
        #expect(session.model == before)
    }

    @Test("Coming back to a user shows what is remembered while it is read again")
    func remembersEvents() {
        var session = Session.loaded()
        session.press(.down)
        #expect(session.model.events.content.state == .loading)
        session.press(.up)
        #expect(session.model.events.content.value?.events == Sample.events)
        session.pass(0.25)
        #expect(session.model.events.content.isLoading)
        #expect(session.screen.contains("Analytical Engine demo"))
    }

    @Test("Enter on a user goes to the events and doesn't wait")
    func opensEvents() {
        var session = Session.loaded()
        session.press(.down, .enter)
        #expect(session.takeEffects() == [.loadEvents(userID: "2", load: LoadID(3))])
        #expect(session.model.focus == .events)
    }

    @Test("A read that fails leaves what is known, as stale, with the reason")
    func keepsStaleValue() {
        var session = Session.loaded()
        session.press(.character("r"))
        let effects: [Effect] = [
            .loadUsers(load: LoadID(3), policy: .reload), .loadEvents(userID: "1", load: LoadID(4), policy: .reload),
        ]
        #expect(session.takeEffects() == effects, "a person who asks again wants nothing that was kept")
        session.now = start.after(5)
        session.answerUsers(.failure(busy))
        #expect(session.model.users.content.state == .stale(Sample.users, asOf: start, why: busy))
        session.press(.character("r"))
        session.answerUsers(.success(Sample.users))
        #expect(session.model.users.content.state == .loaded(Sample.users, asOf: start.after(5)))
    }

    @Test("What the service had kept is as old as it says, and stale if it says so")
    func takesFreshness() {
        var session = Session.loaded()
        session.pass(10)
        session.answerUsers(.success(Sample.users), .stale(42))
        let down = ServiceError(.circuitOpen, message: "service down, try later")
        #expect(session.model.users.content.state == .stale(Sample.users, asOf: start.after(-32), why: down))
        let kept = Freshness(.cached, age: .milliseconds(500), remaining: .milliseconds(500))
        session.answerEvents(.success(UserEvents(events: [])), kept)
        #expect(session.model.events.content.state == .loaded(UserEvents(events: []), asOf: start.after(9.5)))
        #expect(session.screen.contains("No events yet."))
    }

    @Test("A first read that fails says what to do, and why it failed for as long as it is tried again")
    func failsAndRecovers() {
        var session = Session()
        session.answerUsers(.failure(busy))
        #expect(session.model.users.content.state == .failed(busy))
        #expect(session.screen.contains("Service busy."))
        #expect(session.screen.contains("It is tried again by"))
        session.press(.character("r"))
        #expect(session.screen.contains("Service busy."))
        #expect(session.screen.contains("It is being tried again…"))
        #expect(!session.screen.contains("r tries now"))
        session.answerUsers(.success(Sample.users))
        #expect(session.screen.contains("Grace Hopper"))
    }

    private func open(_ routes: [UpstreamRoute], _ state: BreakerStatus.State = .open) -> Message {
        var snapshot = Sample.snapshot()
        for route in routes { snapshot.change(route) { $0.state = state } }
        return .snapshot(snapshot)
    }

    @Test("What failed or is stale is read again as soon as its breaker closes, once", arguments: [true, false])
    func readsAgainOnceClosed(isStale: Bool) {
        var session = isStale ? Session.loaded() : Session()
        session.send(open([.getUsers, .getEventById]))
        session.press(.character("r"))
        session.answerUsers(.failure(busy))
        session.answerEvents(.failure(busy))
        session.effects = []
        session.send(open([.getUsers, .getEventById], .halfOpen))
        session.send(open([.getEventById]))
        guard case .loadUsers? = session.effects.first else {
            Issue.record("the users are not read again")
            return
        }
        #expect(session.takeEffects().count == 1)
        session.send(open([.getEventById]))
        session.answerUsers(.failure(busy))
        #expect(session.takeEffects() == [], "once")
        session.send(open([]))
        #expect(session.takeEffects().count == (isStale ? 1 : 0), "the events, if there is a user")
    }

    @Test("What is as it should be isn't read again because a breaker closes")
    func leavesWhatIsFresh() {
        var session = Session.loaded()
        session.send(open(UpstreamRoute.allCases))
        session.send(open([]))
        #expect(session.takeEffects() == [])
    }

    @Test("Events that could not be read are read again as soon as their breaker closes")
    func readsMissingAgain() {
        var session = Session.loaded()
        session.press(.character("r"))
        session.answerEvents(.success(UserEvents(events: [], missing: ["e1"])))
        session.send(open([.getEventById]))
        session.effects = []
        session.send(open([]))
        #expect(session.takeEffects() == [.loadEvents(userID: "1", load: LoadID(5))])
    }

    @Test("r asks for nothing that is under way already")
    func refreshesOnce() {
        var session = Session.loaded()
        session.press(.character("r"), .character("r"), .character("r"))
        #expect(session.takeEffects().count == 2)
    }

    @Test("Users and events are read again after the interval, counted from the last answer")
    func refreshesByItself() {
        var session = Session.loaded()
        session.pass(9.9)
        #expect(session.takeEffects() == [])
        session.pass(0.1)
        #expect(session.takeEffects() == [.loadUsers(load: LoadID(3)), .loadEvents(userID: "1", load: LoadID(4))])
        session.pass(60)
        #expect(session.takeEffects() == [], "what is under way is waited for")
        session.answerUsers(.failure(busy))
        session.pass(10)
        #expect(session.takeEffects() == [.loadUsers(load: LoadID(5))])
    }

    @Test("An interval of zero reads nothing by itself")
    func refreshesNothingWhenOff() {
        var session = Session.loaded(settings: settings(refresh: .zero))
        session.pass(100_000)
        #expect(session.takeEffects() == [])
        #expect(session.model.nextWakeUp(now: session.now) == nil)
    }

    @Test("The selection stays with its user through every refresh")
    func keepsSelection() {
        var session = Session.loaded(users: Sample.manyUsers(1000))
        session.press(.pageDown, .down)
        let selected = session.model.users.table.scroll.selection
        session.press(.character("r"))
        session.answerUsers(.success([User(id: "new", name: "Aaron")] + Sample.manyUsers(1000)))
        #expect(session.model.users.table.scroll.selection == selected)
        #expect(session.model.events.userID == selected)
    }

    @Test("When the selected user is gone, the one in their place is shown")
    func followsWhenSelectedUserIsGone() {
        var session = Session.loaded()
        session.press(.down, .character("r"))
        session.effects = []
        session.answerUsers(.success([Sample.users[0], Sample.users[2]]))
        #expect(session.model.events.userID == "3")
        #expect(session.takeEffects().last == .loadEvents(userID: "3", load: LoadID(5)))
    }

    @Test("A refresh that changes nothing draws nothing but the time it is as of")
    func drawsNothingElse() {
        var session = Session.loaded()
        let before = session.lines
        session.pass(10)
        session.answerUsers(.success(Sample.users))
        session.answerEvents(.success(UserEvents(events: Sample.events)))
        let changed = zip(before, session.lines).filter { $0 != $1 }
        #expect(changed.count == 1)
        #expect(changed.allSatisfy { $1.contains("as of 12:31:15") })
    }
}
