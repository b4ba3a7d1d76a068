import EventService
import Foundation
import Testing
import TextUI

@testable import Dashboard

/// The list of commands: what is found, what it does, and what it refuses.
@Suite
struct CommandsTests {
    private func found(_ session: Session) -> [Command] {
        guard case .commands(let search) = session.model.popup else { return [] }
        return session.model.commands(for: search)
    }

    private func searching(_ words: String, _ session: Session = .loaded()) -> Session {
        var session = session
        session.press(.character(":"))
        session.type(words)
        return session
    }

    @Test("Every command of the panes is there, the list itself and the refused Ctrl-Z left out")
    func listsAll() {
        let expected = DashboardKeymap.keymap.bindings.filter {
            !$0.scopes.isDisjoint(with: [.global, .table, .outbox, .log]) && $0.action != .stop
                && $0.action != .commands
        }
        #expect(found(searching("")).map(\.binding) == expected)
    }

    @Test("Words are found in any order and case, those that begin a word first")
    func finds() {
        #expect(found(searching("EVENT add")).first?.binding.action == .addEvent)
        #expect(found(searching("open force")).map(\.binding.action) == [.breaker(.forceOpen)])
        #expect(found(searching("xyzzy")).isEmpty)
        let sorted = found(searching("ne")).map(\.binding.title.string)
        let first = sorted.prefix { $0.lowercased().contains(/\bne/) }
        #expect(!first.isEmpty)
        #expect(sorted.dropFirst(first.count).allSatisfy { !$0.lowercased().contains(/\bne/) })
    }

    @Test("Enter closes the list and does what a key would")
    func runs() {
        var session = searching("mouse")
        session.press(.enter)
        #expect(session.takeEffects() == [.setMouse(false)])
        #expect(session.model.popup == nil)
        session = searching("this help")
        session.press(.enter)
        #expect(session.model.popup == .help(scroll: 0))
    }

    @Test("Esc closes the list, and nothing is done")
    func closes() {
        var session = searching("quit")
        session.press(.escape)
        #expect(session.model.popup == nil)
        #expect(session.takeEffects() == [])
        #expect(!session.model.isFinished)
    }

    @Test("What is typed is no key, and pasted text is looked for")
    func typesLettersOfKeys() {
        var session = searching("q?:/")
        #expect(found(session).isEmpty)
        session.press(.control("u"))
        session.send(.terminal(.paste("probe now\n")))
        #expect(found(session).map(\.binding.action) == [.probe])
    }

    @Test("The cursor stays among the commands, and goes to the first that is found")
    func moves() {
        var session = searching("")
        let count = found(session).count
        session.press(.up, .pageDown, .pageDown, .pageDown, .down, .down)
        guard case .commands(let search) = session.model.popup else {
            Issue.record("closed")
            return
        }
        #expect(search.scroll.selectedIndex == count - 1)
        session.type("timeline")
        guard case .commands(let other) = session.model.popup else {
            Issue.record("closed")
            return
        }
        #expect(other.scroll.selectedIndex == 0)
    }

    @Test("A press selects a command, a press on the selected one runs it")
    func presses() throws {
        var session = searching("mouse")
        session.press(.control("u"))
        let row = try #require(session.lines.firstIndex { $0.contains("Show the pane alone") })
        let press = MouseEvent(.press(.left), at: Point(column: 40, row: row))
        session.send(.terminal(.mouse(press)))
        #expect(!session.model.isZoomed)
        session.send(.terminal(.mouse(press)))
        #expect(session.model.isZoomed)
    }

    @Test(
        "What would do nothing says why, and Enter leaves the list open",
        arguments: [
            ("probe now", "addEvent isn't open"), ("automatic again", "addEvent is automatic"),
            ("reset", "addEvent is closed"), ("outbox events kept", "no outbox"), ("discard", "in the outbox"),
            ("scenario", "no simulator"),
        ]
    )
    func refuses(words: String, reason: String) {
        var session = searching(words, .loaded(settings: settings(scenarios: nil)))
        #expect(found(session).first?.reasonAgainst == reason)
        #expect(session.screen.contains("(\(reason))"))
        let before = session.model
        session.press(.enter)
        #expect(session.model == before)
        #expect(session.takeEffects() == [])
    }

    @Test("An order needs a table; a filter leads to one")
    func needsTable() {
        var session = Session.loaded()
        session.press(.tab, .tab)
        #expect(found(searching("reverse the order", session)).first?.reasonAgainst == "in users and events")
        #expect(found(searching("filter users", session)).first?.reasonAgainst == nil)
    }

    @Test("Charts can be drawn in braille, and are the next time")
    func braille() {
        var session = searching("braille", .loaded(snapshot: .withOpenBreaker()))
        session.press(.enter)
        #expect(session.screen.contains("⣿"))
        let remembered = session.model.layoutToRemember
        #expect(remembered.braille == true)
        let next = DashboardModel(settings: settings(), size: session.model.size, remembered: remembered)
        #expect(next.hasBraille)
        let inASCII = searching("braille", .loaded(settings: settings(isASCII: true)))
        #expect(found(inASCII).first?.reasonAgainst == "ASCII only")
    }

    @Test("Read-only offers nothing that changes something")
    func readOnly() {
        let session = searching("", .loaded(settings: settings(isReadOnly: true), snapshot: .withOpenBreaker()))
        #expect(!found(session).contains { $0.binding.action.isChange })
        #expect(found(session).contains { $0.binding.action == .refresh })
    }

    @Test("A snapshot that comes meanwhile moves nothing under the cursor")
    func standsStill() {
        var session = searching("")
        let before = found(session).map(\.binding)
        session.send(.snapshot(.withOpenBreaker()))
        #expect(found(session).map(\.binding) == before)
    }

    @Test("Ctrl-C leaves from the list, too")
    func quits() {
        var session = searching("x")
        session.press(.control("c"))
        #expect(session.model.isFinished)
    }
}
