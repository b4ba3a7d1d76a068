import EventService
import Foundation
import Testing
import TextUI

@testable import Dashboard

/// What somebody sees.
@Suite
struct ScreenGoldenTests {
    private func loaded(_ terminal: Terminal, snapshot: ServiceSnapshot = Sample.snapshot()) -> Session {
        Session.loaded(terminal.size, settings: settings(isASCII: terminal.isASCII), snapshot: snapshot)
    }

    @Test("The first frame stands before anything is known")
    func firstFrame() throws {
        try expectGolden("first-frame") { Session($0.size, settings: settings(isASCII: $0.isASCII)) }
    }

    @Test("Users, events and breakers at rest")
    func atRest() throws {
        try expectGolden("at-rest") { loaded($0) }
    }

    @Test("An open breaker with its countdown")
    func openBreaker() throws {
        try expectGolden("open-breaker") { terminal in
            var session = loaded(terminal, snapshot: .withOpenBreaker())
            if terminal.size.columns < 80 { session.press(.tab, .tab) }
            return session
        }
    }

    @Test("Events that wait in the outbox beside an open breaker")
    func outboxInHeader() throws {
        try expectGolden("outbox-header") { terminal in
            var snapshot = ServiceSnapshot.withOpenBreaker()
            snapshot.outbox = .init(status: OutboxStatus(waiting: 3, refused: 2))
            return loaded(terminal, snapshot: snapshot)
        }
    }

    @Test("An event in full, over the list")
    func eventReading() throws {
        try expectGolden("event-reading") { terminal in
            let settings = settings(isASCII: terminal.isASCII)
            var session = Session.loaded(terminal.size, settings: settings, events: Sample.describedEvents)
            session.press(.tab, .enter)
            return session
        }
    }

    @Test("What there is room for of the selected event, below the list that is shown alone")
    func eventBrief() throws {
        try expectGolden("event-brief") { terminal in
            let settings = settings(isASCII: terminal.isASCII)
            var session = Session.loaded(terminal.size, settings: settings, events: Sample.describedEvents)
            session.press(.tab, .character("z"))
            return session
        }
    }

    private func outbox(_ terminal: Terminal) -> Session {
        Session.showingOutbox(terminal.size, settings: settings(isASCII: terminal.isASCII))
    }

    @Test("The outbox: what was refused, what waits and what for")
    func outboxPane() throws {
        try expectGolden("outbox") { outbox($0) }
    }

    @Test("An event of the outbox in full")
    func outboxReading() throws {
        try expectGolden("outbox-reading") { terminal in
            var session = outbox(terminal)
            session.press(.down, .enter)
            return session
        }
    }

    @Test("The question before an event is discarded")
    func discardQuestion() throws {
        try expectGolden("discard-question") { terminal in
            var session = outbox(terminal)
            session.press(.character("d"))
            return session
        }
    }

    @Test("The timeline with the cursor on an entry")
    func timeline() throws {
        try expectGolden("timeline") { terminal in
            var session = loaded(terminal, snapshot: .withOpenBreaker())
            session.press(.backTab, .down)
            return session
        }
    }

    @Test("The form tells at the field what is wrong with it")
    func formWithErrors() throws {
        try expectGolden("form-errors") { terminal in
            var session = loaded(terminal)
            session.press(.character("a"), .tab, .control("u"), .tab)
            session.type("tomorrow")
            session.press(.enter)
            return session
        }
    }

    @Test("The form while the breaker is open")
    func formWhileOpen() throws {
        try expectGolden("form-open-breaker") { terminal in
            var session = loaded(terminal, snapshot: .withOpenBreaker())
            session.press(.down, .character("a"))
            session.type("Team meeting")
            return session
        }
    }

    @Test("The form offers the outbox while the breaker is open")
    func formOffersOutbox() throws {
        try expectGolden("form-outbox") { terminal in
            var snapshot = ServiceSnapshot.withOpenBreaker()
            snapshot.outbox = .init()
            var session = loaded(terminal, snapshot: snapshot)
            session.press(.character("a"))
            session.type("Team meeting")
            return session
        }
    }

    @Test("The form finds a user by typing")
    func formFindsUser() throws {
        try expectGolden("form-user") { terminal in
            var session = loaded(terminal)
            session.press(.character("a"))
            session.type("Team meeting")
            session.press(.tab)
            session.type("a")
            session.press(.down)
            return session
        }
    }

    @Test("The form after a send that failed")
    func formAfterFailure() throws {
        try expectGolden("form-failed") { terminal in
            var session = loaded(terminal)
            session.press(.character("a"))
            session.type("Team meeting")
            session.press(.enter)
            let busy = ServiceError(.busy, message: "service busy", retryAfter: .seconds(8))
            session.send(.addFinished(draftID: "draft-0", .failed(busy)))
            return session
        }
    }

    @Test("The form while it sends")
    func formSending() throws {
        try expectGolden("form-sending") { terminal in
            var session = loaded(terminal)
            session.press(.character("a"))
            session.type("Team meeting")
            session.press(.enter)
            return session
        }
    }

    @Test("The keys")
    func help() throws {
        try expectGolden("help") { terminal in
            var session = loaded(terminal)
            session.press(.character("?"))
            return session
        }
    }

    @Test("The scenario menu marks the scenario that plays")
    func scenarios() throws {
        try expectGolden("scenarios") { terminal in
            var session = loaded(terminal)
            session.press(.character("x"), .down)
            return session
        }
    }

    @Test("Stale users and events say how old they are and why")
    func stale() throws {
        try expectGolden("stale") { terminal in
            var session = loaded(terminal)
            session.pass(10)
            session.answerUsers(.failure(ServiceError(.circuitOpen, message: "service down, try later")))
            session.answerEvents(.failure(ServiceError(.circuitOpen, message: "service down, try later")))
            if terminal.size.columns < 80 { session.press(.tab) }
            return session
        }
    }

    @Test("What the service had kept says how old it is, in as few words as there is room for")
    func staleAnswers() throws {
        try expectGolden("stale-answers") { terminal in
            var session = Session(terminal.size, settings: settings(isASCII: terminal.isASCII))
            session.send(.snapshot(Sample.snapshot()))
            session.answerUsers(.success(Sample.manyUsers(120)), .stale(12))
            session.answerEvents(.success(UserEvents(events: Sample.events)), .stale(75))
            if terminal.size.columns < 80 { session.press(.tab) }
            return session
        }
    }

    @Test("A filter that is being typed")
    func filter() throws {
        try expectGolden("filter") { terminal in
            var session = loaded(terminal)
            session.press(.character("/"))
            session.type("al")
            return session
        }
    }

    @Test("The question before leaving while an event is sent")
    func quitQuestion() throws {
        try expectGolden("quit-question") { terminal in
            var session = loaded(terminal)
            session.press(.character("a"))
            session.type("Team meeting")
            session.press(.enter, .escape, .character("q"))
            return session
        }
    }

    @Test("The question before leaving loses events")
    func quitLosing() throws {
        try expectGolden("quit-losing") { terminal in
            let settings = settings(isASCII: terminal.isASCII, isEphemeral: true)
            var session = Session.loaded(terminal.size, settings: settings, snapshot: .withOutbox())
            session.press(.character("q"))
            return session
        }
    }

    @Test("A terminal that is too small")
    func tooSmall() throws {
        let sizes = [(39, 10), (40, 9), (12, 1), (3, 3)].map { Size(columns: $0.0, rows: $0.1) }
        try expectGolden("too-small", on: sizes.map { Terminal(size: $0, kind: .unicode) }) { loaded($0) }
    }

    @Test("The commands that some words find, with their keys or why they would do nothing")
    func commands() throws {
        try expectGolden("commands") { terminal in
            var session = loaded(terminal)
            session.press(.character(":"))
            session.type("br")
            session.press(.down)
            return session
        }
    }

    @Test("The question before a breaker is forced open")
    func forceOpenQuestion() throws {
        try expectGolden("force-open-question") { terminal in
            var session = loaded(terminal)
            session.press(.character(":"))
            session.type("force")
            session.press(.enter)
            return session
        }
    }

    @Test("The question where to write an export")
    func exportPrompt() throws {
        try expectGolden("export") { terminal in
            var session = loaded(terminal)
            session.press(.character("e"))
            return session
        }
    }

    @Test("Why an export was not written")
    func exportFailed() throws {
        try expectGolden("export-failed") { terminal in
            var session = loaded(terminal)
            session.press(.character("e"), .control("u"))
            session.type("/nonexist/x.csv")
            session.press(.enter)
            let export = Export(table: ExportTable(Sample.users), format: .csv, file: "/nonexist/x.csv")
            session.send(.exported(export, .failed("No such file or directory")))
            return session
        }
    }

    @Test("What is wrong with the answer where to write an export")
    func exportProblem() throws {
        try expectGolden("export-problem") { terminal in
            var session = loaded(terminal)
            session.press(.character("e"), .control("w"))
            session.type("users.txt")
            session.press(.enter)
            return session
        }
    }

    @Test("The colours to choose from")
    func themes() throws {
        try expectGolden("themes") { terminal in
            var settings = settings(isASCII: terminal.isASCII)
            settings.themes = ["standard", "dark", "light", "mono", "solarized"]
            var session = Session.loaded(terminal.size, settings: settings)
            session.press(.character("t"), .down)
            return session
        }
    }
}
