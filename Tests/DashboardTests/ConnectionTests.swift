import EventService
import Foundation
import Testing
import TextUI

@testable import Dashboard

/// A service elsewhere, and what is shown while there is no connection to it.
@Suite
struct ConnectionTests {
    static let address = "http://10.0.0.7:3000"
    static let attached = settings(attachedTo: address, scenarios: nil)

    static func lost(
        since: Date = start,
        nextTry: Date? = start.after(4),
        reason: String = "connection refused",
        missed: UInt64 = 0
    ) -> Message {
        .connection(ConnectionStatus(.lost(since: since, nextTry: nextTry, reason: reason), missedEntries: missed))
    }

    private func session(_ columns: Int = 120, _ rows: Int = 36) -> Session {
        var session = Session.loaded(
            Size(columns: columns, rows: rows),
            settings: Self.attached,
            snapshot: .withOpenBreaker()
        )
        session.send(.connection(ConnectionStatus(.connected)))
        session.effects = []
        return session
    }

    @Test("The header has the service's address instead of the API's")
    func address() {
        let line = session().lines[0]
        #expect(line.hasPrefix(" evenkeel   attached to \(Self.address)   upstream simulator (overload)"))
        #expect(!line.contains("API"))
        #expect(session(60, 20).lines[0].hasPrefix(" evenkeel   \(Self.address) "))
        #expect(session(40, 12).lines[0].hasPrefix(" evenkeel  "))
    }

    @Test("Before anything is known it says that it is connecting")
    func connecting() {
        var session = Session(settings: Self.attached)
        session.send(.connection(ConnectionStatus(.connecting)))
        #expect(session.lines[0].hasSuffix(" ○ connecting"))
        #expect(session.frame.title?.string == "evenkeel: connecting")
    }

    @Test("A lost connection is told with the time, the next try and the reason, in what room there is")
    func lost() {
        var session = session()
        session.send(Self.lost())
        let end = " × not connected since 12:31:05, next try in 4 s: connection refused"
        #expect(session.lines[0].hasSuffix(end))
        #expect(session.lines[0].hasPrefix(" evenkeel   attached to \(Self.address) "))
        #expect(session.frame.title?.string == "evenkeel: not connected")
        for columns in 40...200 {
            session.send(.terminal(.resize(Size(columns: columns, rows: 36))))
            #expect(session.lines[0].contains("× not connected"), "\(columns) columns")
            #expect(session.lines[0].hasPrefix(" evenkeel "), "\(columns) columns")
            #expect(columns < 60 || session.lines[0].contains("next try in 4 s"), "\(columns) columns")
        }
        session.send(Self.lost(nextTry: nil))
        #expect(session.lines[0].contains("trying now"))
    }

    @Test("A reason is cut, and never breaks the line")
    func hostileReason() {
        var session = session()
        session.send(Self.lost(reason: "\u{1B}[31m\n" + String(repeating: "x", count: 500)))
        #expect(session.lines[0].hasSuffix("x…"))
        #expect(!session.screen.contains("\u{1B}"))
    }

    @Test("Where nothing was ever heard of the service, the whole reason stands in place of what is loading")
    func neverConnected() {
        let reason = "a token is needed (401); a token comes from --token-file or API_TOKEN"
        var session = Session(settings: Self.attached)
        session.send(Self.lost(nextTry: start.after(30), reason: reason))
        session.answerUsers(.failure(ServiceError(.refused(status: 401), message: reason)))
        #expect(!session.screen.contains("Loading…"))
        #expect(session.screen.contains("Not connected: \(reason)."))
        #expect(session.lines[0].hasPrefix(" evenkeel   \(Self.address) "))
        #expect(session.lines[0].hasSuffix(" next try in 30 s: a token is needed (401); a token…"))
    }

    @Test("The address gives way to the next try alone, the reason to the address")
    func keepsAddress() {
        var session = session()
        session.send(Self.lost(reason: "a token is needed (401); a token comes from --token-file or API_TOKEN"))
        for columns in 72...200 {
            session.send(.terminal(.resize(Size(columns: columns, rows: 36))))
            #expect(session.lines[0].contains(Self.address), "\(columns) columns")
            #expect(session.lines[0].contains("next try in 4 s"), "\(columns) columns")
        }
    }

    @Test("What is known stays, stands still and is marked with its time")
    func frozen() {
        var session = session()
        session.send(Self.lost())
        let before = session.lines
        #expect(before.contains { $0.contains("Breakers ──── as of 12:31:05 ") })
        #expect(before.contains { $0.contains(" as of 12:31:05 · last 2 min") })
        #expect(session.screen.contains("in 7.2 s"))
        session.pass(5)
        #expect(session.screen.contains("in 7.2 s"))
        session.send(.connection(ConnectionStatus(.connected)))
        #expect(session.screen.contains("in 2.2 s"))
        #expect(!session.lines.contains { $0.contains("── as of 12:31:05 ┤├ addEvent") })
    }

    @Test("While nothing is heard only the countdown to the next try wakes up, and what is read again")
    func wakesUp() {
        var session = session()
        session.send(Self.lost())
        #expect(session.model.nextWakeUp(now: session.now) == .milliseconds(100))
        session.send(Self.lost(nextTry: nil))
        #expect(session.model.nextWakeUp(now: session.now) == .seconds(10))
    }

    @Test("As soon as there is a connection again, everything is read again")
    func reloads() {
        var session = session()
        session.send(Self.lost())
        session.send(Self.lost(nextTry: nil))
        #expect(session.takeEffects() == [])
        session.send(.connection(ConnectionStatus(.connected)))
        #expect(
            session.takeEffects() == [
                .loadUsers(load: LoadID(3)), .loadEvents(userID: "1", load: LoadID(4)),
            ]
        )
        session.send(.connection(ConnectionStatus(.connected)))
        #expect(session.takeEffects() == [])
    }

    @Test("What hangs since before the connection went is given up and read again")
    func readsAgainWhatHangs() throws {
        var session = session()
        session.send(.snapshot(.withOutbox()))
        session.press(.character("o"), .function(5))
        let outbox = try #require(session.model.outbox.content.load)
        let users = try #require(session.model.users.content.load)
        let events = try #require(session.model.events.content.load)
        session.send(Self.lost())
        session.effects = []
        session.send(.connection(ConnectionStatus(.connected)))
        let last = max(outbox.number, users.number, events.number)
        #expect(
            session.takeEffects() == [
                .cancelLoad(users), .loadUsers(load: LoadID(last + 1)),
                .cancelLoad(events), .loadEvents(userID: "1", load: LoadID(last + 2)),
                .cancelLoad(outbox), .loadOutbox(load: LoadID(last + 3), limit: 200),
            ]
        )
    }

    @Test("Entries that came and went unseen are told, once")
    func gap() {
        var session = session()
        session.send(.connection(ConnectionStatus(.connected, missedEntries: 7)))
        #expect(session.model.notice?.text == "The timeline lacks 7 entries: they came and went unseen.")
        session.model.notice = nil
        session.send(Self.lost(missed: 7))
        #expect(session.model.notice == nil)
        session.send(.connection(ConnectionStatus(.connected, missedEntries: 8)))
        #expect(session.model.notice?.text == "The timeline lacks 1 entry: they came and went unseen.")
    }

    @Test("Ctrl-Z stops the process; there are no scenarios; nothing holds up who leaves")
    func keys() {
        var session = session()
        session.send(.terminal(.suspendRequested))
        #expect(session.takeEffects() == [.suspend])
        session.press(.control("z"))
        #expect(session.takeEffects() == [.suspend])
        session.press(.character("x"))
        #expect(session.model.popup == nil)
        #expect(session.model.notice?.text == "Scenarios are chosen where the service runs, not from here.")
        session.send(.snapshot(.withOutbox()))
        session.press(.character("q"))
        #expect(session.takeEffects() == [.quit])
    }

    private func session(_ terminal: Terminal) -> Session {
        var settings = Self.attached
        settings.isASCII = terminal.isASCII
        var session = Session.loaded(terminal.size, settings: settings, snapshot: .withOpenBreaker())
        session.send(.connection(ConnectionStatus(.connected)))
        return session
    }

    @Test("What it looks like")
    func attached() throws {
        try expectGolden("attached") { session($0) }
    }

    @Test("What it looks like without a connection")
    func notConnected() throws {
        try expectGolden("not-connected") { terminal in
            var session = session(terminal)
            session.pass(3)
            session.send(Self.lost(nextTry: start.after(7)))
            return session
        }
    }

    @Test("Nothing traps without a connection, whatever the size")
    func everySize() {
        var session = Session(settings: Self.attached)
        session.send(Self.lost(since: .distantPast, nextTry: .distantFuture, reason: ""))
        for columns in stride(from: 0, through: 300, by: 13) {
            for rows in [0, 1, 2, 9, 10, 24, 100] {
                session.send(.terminal(.resize(Size(columns: columns, rows: rows))))
                _ = session.frame
                _ = session.model.nextWakeUp(now: session.now)
            }
        }
    }
}
