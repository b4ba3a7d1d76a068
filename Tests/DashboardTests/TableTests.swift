import EventService
import Foundation
import Testing
import TextUI

@testable import Dashboard

/// Filters, orders and selections of the tables.
@Suite
struct TableTests {
    @Test("A filter leaves what it matches, without regard to case, and the selection stays with its row")
    func filters() {
        var session = Session.loaded()
        session.press(.down, .character("/"))
        session.type("A")
        #expect(session.model.users.table.rows.map(\.id) == ["1", "2", "3"], "grACe and her e-mail have an a, too")
        session.type("c")
        #expect(session.model.users.table.rows.map(\.id) == ["1", "2"], "Ada LovelACe, GrACe Hopper")
        #expect(session.model.users.table.selected?.id == "2")
        session.press(.enter)
        #expect(session.lines[1].contains("2 of 3"))
        session.press(.escape)
        #expect(session.model.users.table.rows.count == 3)
        #expect(session.model.users.table.selected?.id == "2")
    }

    @Test("Keys are text while the filter is typed")
    func filterTakesKeys() {
        var session = Session.loaded()
        session.press(.character("/"))
        session.type("qzz?")
        #expect(session.model.users.table.filter.text == "qzz?")
        #expect(!session.model.isFinished)
        #expect(session.screen.contains("No user matches the filter."))
        #expect(session.model.events.userID == nil)
    }

    @Test("A name that can't be seen is told to be none, and filtered and sorted as what it is")
    func namesBlank() {
        let users = [User(id: "1", name: ""), User(id: "2", name: "   "), User(id: "3", name: "Ada")]
        var session = Session.loaded(users: users, events: [Event(id: "e", name: "\u{3000}", userID: "1")])
        #expect(session.lines[2].contains("› (no name) "))
        #expect(session.lines[3].contains("  (no name) "))
        #expect(session.lines[1].contains("Events of (no name) "))
        session.press(.character("s"))
        #expect(session.model.users.table.rows.map(\.id) == ["1", "2", "3"])
        session.press(.character("/"))
        session.type("no")
        #expect(session.model.users.table.rows.isEmpty)
        session.press(.escape, .tab, .enter)
        #expect(session.lines[2].contains(" (no name)"))
        #expect(session.screen.contains("(no name) (1)"))
    }

    @Test("Where nothing can be filtered, what is typed after the filter's key filters the users", arguments: 0..<3)
    func filterWhereThereIsNone(_ pane: Int) {
        var session = pane < 2 ? Session.loaded() : Session.showingOutbox()
        if pane < 2 { session.press(pane == 0 ? .backTab : .tab) }
        if pane == 1 { session.press(.tab) }
        #expect(session.model.focus == [Pane.timeline, .breakers, .outbox][pane])
        session.press(.character("/"))
        session.type("grace")
        #expect(session.model.focus == .users)
        #expect(session.model.users.table.filter.text == "grace")
        #expect(session.model.frozen == nil)
        #expect(session.screen.contains("The outbox has no filter") == (pane == 2))
    }

    @Test("The cursor stands in the filter while it is typed, and nowhere else")
    func showsCursor() {
        var session = Session.loaded()
        #expect(session.frame.cursor == nil)
        session.press(.character("/"))
        session.type("ad")
        #expect(session.frame.cursor == Point(column: 6, row: 2))
        session.press(.enter)
        #expect(session.frame.cursor == nil)
    }

    @Test("s goes through the orders of users, S turns them round")
    func sortsUsers() {
        var session = Session.loaded()
        session.press(.down, .character("s"))
        #expect(session.model.users.table.rows.map(\.id) == ["1", "3", "2"])
        #expect(session.lines[1].contains("by name ▲"))
        #expect(session.model.users.table.selected?.id == "2")
        session.press(.character("S"))
        #expect(session.model.users.table.rows.map(\.id) == ["2", "3", "1"])
        session.press(.character("s"))
        #expect(session.model.users.table.rows.map(\.id) == ["1", "2", "3"])
        #expect(session.lines[1].contains("by events ▼"))
        session.press(.character("s"))
        #expect(session.model.users.table.order == .given)
    }

    @Test("Events without a date come last in either direction")
    func sortsEventsByDate() {
        var session = Session.loaded()
        session.press(.tab, .character("s"))
        #expect(session.model.events.table.rows.map(\.name).last == "Bernoulli numbers")
        #expect(session.model.events.table.rows.map(\.name).first == "Analytical Engine demo")
        session.press(.character("S"))
        #expect(session.model.events.table.rows.map(\.name).last == "Bernoulli numbers")
        #expect(session.model.events.table.rows.map(\.name).first == "Poetical science")
    }

    @Test("Rows that are equal keep the order they came in")
    func sortsStably() {
        var table = TableState<User>(order: .name)
        table.show((0..<50).map { User(id: "\($0)", name: "Same") })
        #expect(table.rows.map(\.id) == (0..<50).map(String.init))
        table.reverse()
        #expect(table.rows.map(\.id) == (0..<50).map(String.init))
    }

    @Test("Two rows with one identifier don't confuse the selection")
    func survivesDuplicateIDs() {
        var table = TableState<User>(order: .given)
        table.show((0..<10).map { User(id: $0 < 5 ? "same" : "\($0)", name: "\($0)") })
        table.move(.down)
        table.move(.down)
        #expect(table.selected?.name == "2")
        table.show((0..<10).reversed().map { User(id: $0 < 5 ? "same" : "\($0)", name: "\($0)") })
        #expect(table.selected != nil)
    }

    @Test("Thousands of rows scroll without building more than what shows")
    func scrollsThousands() {
        var session = Session.loaded(users: Sample.manyUsers(20_000))
        session.press(.character("G"))
        #expect(session.model.users.table.selected?.id == "u19999")
        #expect(session.screen.contains("User 19999"))
        session.press(.pageUp, .character("g"))
        #expect(session.model.users.table.selected?.id == "u0")
    }

    @Test("A filter of events goes when another user is shown")
    func clearsEventFilter() {
        var session = Session.loaded()
        session.press(.tab, .character("/"))
        session.type("demo")
        session.press(.enter, .backTab, .down)
        #expect(!session.model.events.table.isFiltered)
    }
}

/// What is found by what somebody typed.
@Suite
struct NeedleTests {
    @Test(
        "Text is found without regard to case, accents included",
        arguments: [
            ("LOVE", "Ada Lovelace"), (" ada ", "Ada Lovelace"), ("É", "Renée"), ("e\u{301}", "Ren\u{E9}e"), ("", "x"),
        ]
    )
    func finds(typed: String, text: String) {
        #expect(Needle(typed).isFound(in: text))
    }

    @Test("What is not there is not found", arguments: [("lovelacex", "Ada Lovelace"), ("a", ""), ("É", "Renee")])
    func misses(typed: String, text: String) {
        #expect(!Needle(typed).isFound(in: text))
    }
}

/// How the form finds a user.
@Suite
struct UserSearchTests {
    private let users = [
        User(id: "7", name: "Barbara Liskov", email: "ann@example.org"),
        User(id: "8", name: "Joanna Rutkowska"),
        User(id: "9", name: "Mary Ann Horton"),
        User(id: "10", name: "Anna Freud"),
        User(id: "ann", name: "Somebody"),
    ]

    @Test("The beginning of the name counts most, then the identifier, a word, anything else")
    func ranks() {
        let found = UserSearch.find(" Ann ", in: users, limit: 9)
        #expect(found.map(\.id) == ["10", "ann", "9", "7", "8"])
    }

    @Test("No more are found than asked for")
    func limits() {
        #expect(UserSearch.find("ann", in: users, limit: 2).map(\.id) == ["10", "ann"])
        #expect(UserSearch.find("", in: users, limit: 3).map(\.id) == ["7", "8", "9"])
        #expect(UserSearch.find("zzz", in: users, limit: 3).isEmpty)
    }
}
