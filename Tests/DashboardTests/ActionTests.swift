import EventService
import Foundation
import Testing
import TextUI

@testable import Dashboard

/// What single keys do.
@Suite
struct ActionTests {
    @Test("No key means two things in one place")
    func keymapHasNoConflicts() {
        #expect(DashboardKeymap.keymap.conflicts.isEmpty)
    }

    @Test("Vim's movement keys do nothing but move")
    func vimKeysOnlyMove() {
        let moves: Set<Action> = [.move(.up), .move(.down), .left, .right]
        for key in "hjkl" {
            let action = DashboardKeymap.keymap.action(for: .character(key), in: [.table, .global])
            #expect(action.map(moves.contains) == true)
        }
    }

    @Test("q and Ctrl-C leave; after that nothing happens any more")
    func quits() {
        for event in [TerminalEvent.key(.character("q")), .interrupt, .key(.control("c")), .terminate(.terminate)] {
            var session = Session.loaded()
            session.send(.terminal(event))
            #expect(session.takeEffects() == [.quit])
            #expect(session.model.isFinished)
            session.press(.character("r"))
            #expect(session.takeEffects() == [])
        }
    }

    @Test("Ctrl-C leaves from wherever somebody is", arguments: ["a", "?", "x", "/"])
    func quitsFromEverywhere(key: String) {
        var session = Session.loaded()
        session.type(key)
        session.press(.control("c"))
        #expect(session.model.isFinished)
    }

    @Test("Ctrl-Z is refused with the reason")
    func refusesToStop() {
        var session = Session.loaded()
        session.send(.terminal(.suspendRequested))
        #expect(session.model.notice?.text == "Ctrl-Z is off: it would stop the HTTP API too. q quits.")
        #expect(!session.model.isFinished)
    }

    @Test("Tab goes through the panes and Shift-Tab back")
    func tabs() {
        var session = Session.loaded()
        var seen: [Pane] = []
        for _ in 0..<5 {
            seen.append(session.model.focus)
            session.press(.tab)
        }
        #expect(seen == [.users, .events, .breakers, .timeline, .users])
        session.press(.backTab, .backTab)
        #expect(session.model.focus == .timeline)
    }

    @Test("p probes the selected breaker while it is open")
    func probes() {
        var session = Session.loaded(snapshot: .withOpenBreaker())
        session.press(.character("p"))
        #expect(session.takeEffects() == [.probe(.addEvent)])
        session.send(.probeFinished(.addEvent, failure: "it is closed"))
        #expect(session.model.notice?.text == "addEvent can't be probed: it is closed.")
        session.send(.probeFinished(.addEvent, failure: nil))
        #expect(session.model.notice?.text == "The next call of addEvent is the probe.")
        #expect(session.takeEffects() == [])
    }

    @Test("Where the dashboard reads through the breaker itself, its read is the probe")
    func readsAsProbe() {
        var session = Session.loaded()
        session.send(.probeFinished(.getUsers, failure: nil))
        #expect(session.takeEffects() == [.loadUsers(load: LoadID(3), policy: .reload)])
        session.send(.probeFinished(.getEventById, failure: nil))
        #expect(session.takeEffects() == [.loadEvents(userID: "1", load: LoadID(4), policy: .reload)])
    }

    private func opened(_ route: UpstreamRoute) -> ServiceSnapshot {
        var snapshot = Sample.snapshot()
        snapshot.change(route) { $0.state = .open }
        return snapshot
    }

    @Test("A breaker that opens is selected, unless somebody reads about another one")
    func selectsOpenedBreaker() {
        var session = Session.loaded()
        session.send(.snapshot(opened(.getUsers)))
        #expect(session.model.selectedRoute == .getUsers)
        session.send(.snapshot(Sample.snapshot()))
        session.press(.tab, .tab)
        session.send(.snapshot(opened(.addEvent)))
        #expect(session.model.selectedRoute == .getUsers)
    }

    @Test("The bell rings once when a breaker opens, where that is wanted")
    func ringsBell() {
        var settings = settings()
        settings.ringsBell = true
        var session = Session.loaded(settings: settings)
        session.send(.snapshot(opened(.getUsers)))
        session.send(.snapshot(opened(.getUsers)))
        #expect(session.takeEffects() == [.bell])
        var quiet = Session.loaded()
        quiet.send(.snapshot(opened(.getUsers)))
        #expect(quiet.takeEffects() == [])
    }

    @Test("p on a breaker that is not open says why not")
    func refusesProbe() {
        var session = Session.loaded()
        session.press(.character("p"))
        #expect(session.takeEffects() == [])
        #expect(session.model.notice?.text == "addEvent is closed: calls pass, there is nothing to probe.")
    }

    @Test("The breakers' rows choose whose details are shown")
    func selectsBreaker() {
        var session = Session.loaded()
        session.press(.tab, .tab, .down, .down)
        #expect(session.model.selectedRoute == .getEventById)
        session.press(.character("G"), .character("j"))
        #expect(session.model.selectedRoute == .getUserById)
        session.press(.character("g"), .character("l"))
        #expect(session.model.selectedRoute == .getEvents)
    }

    @Test("The scenario menu starts at the scenario that plays and switches to the one chosen")
    func choosesScenario() {
        var session = Session.loaded()
        session.press(.character("x"))
        #expect(session.model.popup == .scenarios(selected: 1))
        session.press(.down, .enter)
        #expect(session.takeEffects() == [.selectScenario("original")])
        #expect(session.model.popup == nil)
        session.send(.scenarioFinished(name: "original", failure: nil))
        #expect(session.model.notice?.text == "The simulator now plays “original”.")
        session.send(.scenarioFinished(name: "original", failure: "no answer"))
        #expect(session.model.notice?.text == "The simulator stays as it is: no answer.")
    }

    @Test("Without the simulator there is no scenario menu, and no hint of one")
    func hasNoScenariosWithoutSimulator() {
        var session = Session.loaded(settings: settings(scenarios: nil))
        #expect(!session.screen.contains("x scenario"))
        session.press(.character("x"))
        #expect(session.model.popup == nil)
        #expect(session.model.notice != nil)
    }

    @Test("Read-only refuses whatever changes something, and doesn't offer it", arguments: ["a", "p", "x"])
    func refusesWhenReadOnly(key: String) {
        var session = Session.loaded(settings: settings(isReadOnly: true), snapshot: .withOpenBreaker())
        #expect(session.lines[0].contains("read-only"))
        for hint in ["a add", "p probe", "x scenario"] {
            #expect(!session.lines[35].contains(hint))
        }
        session.type(key)
        #expect(session.takeEffects() == [])
        #expect(session.model.popup == nil)
        #expect(session.model.notice?.text == "Read-only: nothing can be changed from here.")
    }

    @Test("m turns the mouse off and on")
    func togglesMouse() {
        var session = Session.loaded()
        session.press(.character("m"))
        session.press(.character("m"))
        #expect(session.takeEffects() == [.setMouse(false), .setMouse(true)])
    }

    @Test("z shows the pane alone; Esc shows all again")
    func zooms() {
        var session = Session.loaded()
        session.press(.tab, .character("z"))
        #expect(session.model.layout.panes.keys.sorted { $0.rawValue < $1.rawValue } == [.events])
        session.press(.escape)
        #expect(session.model.layout.panes.count == 4)
    }

    @Test("The timeline's time is zoomed between 30 s and a day")
    func zoomsTimeline() {
        var session = Session.loaded()
        #expect(session.screen.contains("last 2 min"))
        session.press(.character("+"), .character("+"), .character("+"))
        #expect(session.screen.contains("last 30 s"))
        for _ in 0..<12 { session.press(.character("-")) }
        #expect(session.screen.contains("last 24 h"))
    }

    @Test("The help scrolls to its end and no further")
    func scrollsHelp() {
        var session = Session.loaded(Size(columns: 80, rows: 24))
        session.press(.character("?"), .character("G"))
        let end = session.model.popup
        session.press(.down, .pageDown)
        #expect(session.model.popup == end)
        #expect(session.screen.contains("The marked answer"))
        session.press(.escape)
        #expect(session.model.popup == nil)
    }

    @Test("The help tells every key there is")
    func helpIsComplete() {
        var session = Session.loaded(Size(columns: 120, rows: 160))
        session.press(.character("?"))
        for binding in DashboardKeymap.keymap.bindings {
            #expect(session.screen.contains(binding.title.string))
        }
    }
}
