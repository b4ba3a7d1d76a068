import EventService
import Testing
import TextUI

@testable import Dashboard

/// The line at the bottom.
@Suite
struct FooterTests {
    private func footer(_ session: Session) -> String { session.lines.last ?? "" }

    @Test("In the outbox and its detail the keys that do something there are told, and the way back")
    func outbox() {
        var session = Session.showingOutbox()
        let keys = " : commands   r retry   d discard   Esc back   ? help   q quit"
        #expect(footer(session) == " a add event   Enter open   p probe now   x scenario  " + keys)
        session.press(.enter)
        #expect(footer(session) == " a add event   p probe now   x scenario  " + keys)
        session.press(.escape, .escape)
        #expect(!footer(session).contains("Esc"))
        #expect(footer(session).contains("o outbox"))
    }

    @Test("No hint is cut, at any width", arguments: 40...160)
    func wholeHints(_ columns: Int) {
        let titles: Set = [
            "a add event", "/ filter", "s sort", "Enter open", "Tab pane", "p probe now", "x scenario", "r retry",
            "d discard", "Esc back", ": commands", "o outbox", "? help", "q quit",
        ]
        let size = Size(columns: columns, rows: 36)
        for session in [Session.loaded(size, snapshot: .withOutbox()), Session.showingOutbox(size)] {
            let hints = footer(session).split(separator: "   ").map { $0.drop { $0 == " " } }
            #expect(hints.allSatisfy { titles.contains(String($0)) }, "\(footer(session))")
            #expect(hints.contains("? help"))
        }
    }

    @Test("An empty outbox offers nothing to be done with an event")
    func emptyOutbox() {
        let session = Session.showingOutbox(kept: KeptEvents())
        #expect(footer(session) == " a add event   p probe now   x scenario   : commands   Esc back   ? help   q quit")
    }

    @Test("On the smallest screen the outbox tells what is done with an event, and the way back")
    func smallOutbox() {
        let session = Session.showingOutbox(Size(columns: 40, rows: 12))
        #expect(footer(session) == " r retry   d discard   Esc back   ? help")
    }

    @Test("A question shows its keys, whatever has just happened and whatever happens meanwhile")
    func question() {
        var session = Session.showingOutbox()
        session.press(.character("r"))
        session.send(.decisionFinished(.retry, id: "k1", failure: nil))
        #expect(footer(session).contains("Séance"))
        session.press(.character("d"))
        #expect(footer(session) == " y yes   n no")
        session.send(.decisionFinished(.retry, id: "k2", failure: "it is not in the outbox any more"))
        #expect(footer(session) == " y yes   n no")
        session.press(.character("n"))
        #expect(footer(session).contains("k2"))
    }
}
