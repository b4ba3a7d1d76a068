import EventService
import Foundation
import Testing
import TextUI

@testable import Dashboard

/// An event in full.
@Suite
struct EventReadingTests {
    private let small = Size(columns: 40, rows: 12)

    /// Reads the first event, "Analytical Engine demo".
    private func reading(
        _ size: Size = Size(columns: 120, rows: 36),
        _ events: [Event] = Sample.describedEvents
    ) -> Session {
        var session = Session.loaded(size, events: events)
        session.press(.tab, .enter)
        return session
    }

    private func refresh(_ session: inout Session, _ answer: UserEvents) {
        session.press(.character("r"))
        session.answerEvents(.success(answer))
    }

    @Test("Everything that is known of an event is told, its times in the dashboard's")
    func tellsEverything() throws {
        var session = reading(Size(columns: 120, rows: 36))
        session.press(.character("z"))
        let first = try #require(session.lines.firstIndex { $0.contains("“Analytical Engine demo”") })
        let shown = session.lines[first..<(first + 9)].map { String($0.dropFirst(2).dropLast(1)).trimmingSpaces }
        #expect(
            shown == [
                "“Analytical Engine demo”", "", "When         2026-12-01 18:00", "Where        London",
                "User         Ada Lovelace (1)", "Id           0193a1c9-0a00-7000",
                "Description  Mr. Babbage shows the part of the engine that is built, and Miss Lovelace tells what it will be able to",
                "weave: algebraical patterns, just as the loom weaves flowers and leaves.",
                "Please bring punched cards.",
            ]
        )
    }

    @Test("Enter shows it in every layout, Enter and Esc show the list again", arguments: Terminal.sizes)
    func opensAndCloses(size: Size) {
        for key in [Key.enter, .escape] {
            var session = reading(size)
            #expect(session.screen.contains("“Analytical Engine demo”"))
            #expect(session.screen.contains("Event 1 of 3"))
            #expect(session.screen.contains("Esc back"))
            #expect(!session.screen.contains("Poetical science"))
            session.press(key)
            #expect(session.screen.contains("Poetical science"))
            #expect(session.model.focus == .events)
        }
    }

    @Test("What doesn't fit is scrolled to, by keys and by the wheel")
    func scrolls() {
        var session = reading(small)
        #expect(session.lines[1].contains("lines 1-8 of "))
        session.press(.down, .down, .up)
        #expect(session.lines[1].contains("lines 2-9 of "))
        session.press(.character("G"))
        #expect(session.lines[9].contains("Please bring punched cards."))
        session.press(.character("g"))
        session.send(.terminal(.mouse(MouseEvent(.scrollDown, at: Point(column: 10, row: 5)))))
        #expect(session.lines[1].contains("lines 4-11 of "))
        session.press(.escape, .enter)
        #expect(session.lines[1].contains("lines 1-8 of "), "it is read from the start")
    }

    @Test("Left and right lead to the event before and after")
    func neighbours() {
        var session = reading()
        session.press(.right)
        #expect(session.screen.contains("Event 2 of 3"))
        #expect(session.screen.contains("“Bernoulli numbers”"))
        session.press(.right, .right, .left, .escape)
        #expect(session.model.events.table.selected?.name == "Bernoulli numbers")
        session.press(.left)
        #expect(session.model.focus == .users, "in the list left leads to the users")
    }

    @Test("It stays on its event through refreshes, as that becomes")
    func staysOnEvent() {
        var session = reading()
        var events = Sample.describedEvents
        events[1].location = "Paris"
        refresh(&session, UserEvents(events: [Event(id: "new", name: "Aardvark", userID: "1")] + events))
        #expect(session.screen.contains("Event 2 of 4"))
        #expect(session.screen.contains("Where        Paris"))
    }

    @Test("An event that is gone stays, and is said to be gone; one that can't be read is not")
    func gone() {
        var session = reading()
        refresh(&session, UserEvents(events: [Sample.events[0]]))
        #expect(session.screen.contains("“Analytical Engine demo”"))
        #expect(session.screen.contains("The user has it no more: this is how it was."))
        let id = Sample.events[1].id
        refresh(&session, UserEvents(events: [Sample.events[0]], missing: [id]))
        #expect(session.screen.contains("It could not be read again: this is how it was."))
        refresh(&session, UserEvents(events: Sample.describedEvents))
        #expect(!session.screen.contains("this is how it was"))
    }

    @Test("Another user's events are a list again")
    func otherUser() {
        var session = reading()
        session.press(.backTab, .down)
        #expect(session.model.events.read == nil)
    }

    @Test("The key of the filter leads to the list and its filter")
    func filters() {
        var session = reading()
        session.press(.character("/"))
        session.type("sci")
        #expect(session.screen.contains("Poetical science"))
        #expect(session.model.events.table.rows.count == 1)
    }

    @Test("A press on it selects nothing behind it")
    func pressesNothing() {
        var session = reading()
        let before = session.model.events
        for row in 1..<20 {
            session.send(.terminal(.mouse(MouseEvent(.press(.left), at: Point(column: 60, row: row)))))
        }
        #expect(session.model.events == before)
    }

    @Test("Without a selected event Enter does nothing, and isn't offered")
    func nothingToOpen() {
        var session = Session.loaded(events: [])
        session.press(.tab)
        #expect(!session.screen.contains("Enter open"))
        let before = session.model
        session.press(.enter)
        #expect(session.model == before)
    }

    @Test("Alone, the list leaves room for the selected event, and follows it", arguments: Terminal.sizes)
    func brief(size: Size) {
        var session = Session.loaded(size, events: Sample.describedEvents)
        session.press(.tab)
        #expect(!session.screen.contains("London)") && !session.screen.contains("User "))
        session.press(.character("z"))
        #expect(session.screen.contains("Poetical science"))
        #expect(session.screen.contains("London"))
        #expect(session.screen.contains("Ada Lovelace (1)"))
        session.press(.down)
        #expect(!session.screen.contains("Where  London") && !session.screen.contains("Where: London"))
    }

    @Test("Controls and wide characters are drawn as safely as anywhere, lines as lines")
    func hostile() {
        var event = Sample.events[0]
        event.name = String(repeating: "漢", count: 200)
        event.description = "a\u{1B}[2J\r\nb\u{202E}c\nId: 1"
        var session = reading(small, [event])
        var seen = ""
        for _ in 0..<60 {
            seen += session.screen
            session.press(.down)
        }
        #expect(seen.contains("a␛[2J ") && seen.contains("b·c "))
        #expect(seen.contains("Name: ") && seen.contains("漢…"))
    }
}
