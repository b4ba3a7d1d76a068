import EventService
import Foundation
import Testing
import TextUI

@testable import Dashboard

/// What somebody sees, at three sizes, in Unicode and ASCII.
@Suite
struct ScreenGoldenTests {
    static let sizes = [(120, 36), (80, 24), (40, 12)]
    static let variants = sizes.flatMap { size in [false, true].map { Variant(size.0, size.1, isASCII: $0) } }

    struct Variant: CustomTestStringConvertible, Sendable {
        let size: Size
        let isASCII: Bool

        init(_ columns: Int, _ rows: Int, isASCII: Bool) {
            size = Size(columns: columns, rows: rows)
            self.isASCII = isASCII
        }

        var testDescription: String { "\(size.columns)x\(size.rows)\(isASCII ? "-ascii" : "")" }
    }

    private func expect(_ session: Session, _ name: String, _ variant: Variant) throws {
        try expectGolden(session.frame.grid, "\(name)-\(variant.testDescription)")
    }

    private func loaded(_ variant: Variant, snapshot: ServiceSnapshot = Sample.snapshot()) -> Session {
        Session.loaded(variant.size, settings: settings(isASCII: variant.isASCII), snapshot: snapshot)
    }

    @Test("The first frame stands before anything is known", arguments: variants)
    func firstFrame(_ variant: Variant) throws {
        try expect(Session(variant.size, settings: settings(isASCII: variant.isASCII)), "first-frame", variant)
    }

    @Test("Users, events and breakers at rest", arguments: variants)
    func atRest(_ variant: Variant) throws {
        try expect(loaded(variant), "at-rest", variant)
    }

    @Test("An open breaker with its countdown", arguments: variants)
    func openBreaker(_ variant: Variant) throws {
        var session = loaded(variant, snapshot: .withOpenBreaker())
        if variant.size.columns < 80 { session.press(.tab, .tab) }
        try expect(session, "open-breaker", variant)
    }

    @Test("Events that wait in the outbox beside an open breaker", arguments: variants)
    func outboxInHeader(_ variant: Variant) throws {
        var snapshot = ServiceSnapshot.withOpenBreaker()
        snapshot.outbox = .init(status: OutboxStatus(waiting: 3, refused: 2))
        try expect(loaded(variant, snapshot: snapshot), "outbox-header", variant)
    }

    private func outbox(_ variant: Variant) -> Session {
        Session.showingOutbox(variant.size, settings: settings(isASCII: variant.isASCII))
    }

    @Test("The outbox: what was refused, what waits and what for", arguments: variants)
    func outboxPane(_ variant: Variant) throws {
        try expect(outbox(variant), "outbox", variant)
    }

    @Test("An event of the outbox in full", arguments: variants)
    func outboxReading(_ variant: Variant) throws {
        var session = outbox(variant)
        session.press(.down, .enter)
        try expect(session, "outbox-reading", variant)
    }

    @Test("The question before an event is discarded", arguments: variants)
    func discardQuestion(_ variant: Variant) throws {
        var session = outbox(variant)
        session.press(.character("d"))
        try expect(session, "discard-question", variant)
    }

    @Test("An outbox with nothing in it", arguments: variants)
    func emptyOutbox(_ variant: Variant) throws {
        var snapshot = Sample.snapshot()
        snapshot.outbox = .init()
        var session = loaded(variant, snapshot: snapshot)
        session.press(.character("o"))
        session.answerOutbox(.success(KeptEvents()))
        try expect(session, "outbox-empty", variant)
    }

    @Test("The details of an open breaker, zoomed", arguments: variants)
    func zoomedBreaker(_ variant: Variant) throws {
        var session = loaded(variant, snapshot: .withOpenBreaker())
        session.press(.tab, .tab, .enter)
        try expect(session, "breaker-zoomed", variant)
    }

    @Test("The timeline with the cursor on an entry", arguments: variants)
    func timeline(_ variant: Variant) throws {
        var session = loaded(variant, snapshot: .withOpenBreaker())
        session.press(.backTab, .down)
        try expect(session, "timeline", variant)
    }

    @Test("The timeline's entries, zoomed", arguments: variants)
    func zoomedTimeline(_ variant: Variant) throws {
        var session = loaded(variant, snapshot: .withOpenBreaker())
        session.press(.backTab, .enter)
        try expect(session, "timeline-zoomed", variant)
    }

    @Test("The form tells at the field what is wrong with it", arguments: variants)
    func formWithErrors(_ variant: Variant) throws {
        var session = loaded(variant)
        session.press(.character("a"), .tab, .control("u"), .tab)
        session.type("tomorrow")
        session.press(.enter)
        try expect(session, "form-errors", variant)
    }

    @Test("The form while the breaker is open", arguments: variants)
    func formWhileOpen(_ variant: Variant) throws {
        var session = loaded(variant, snapshot: .withOpenBreaker())
        session.press(.down, .character("a"))
        session.type("Team meeting")
        try expect(session, "form-open-breaker", variant)
    }

    @Test("The form offers the outbox while the breaker is open", arguments: variants)
    func formOffersOutbox(_ variant: Variant) throws {
        var snapshot = ServiceSnapshot.withOpenBreaker()
        snapshot.outbox = .init()
        var session = loaded(variant, snapshot: snapshot)
        session.press(.character("a"))
        session.type("Team meeting")
        try expect(session, "form-outbox", variant)
    }

    @Test("The form finds a user by typing", arguments: variants)
    func formFindsUser(_ variant: Variant) throws {
        var session = loaded(variant)
        session.press(.character("a"))
        session.type("Team meeting")
        session.press(.tab)
        session.type("a")
        session.press(.down)
        try expect(session, "form-user", variant)
    }

    @Test("The form after a send that failed", arguments: variants)
    func formAfterFailure(_ variant: Variant) throws {
        var session = loaded(variant)
        session.press(.character("a"))
        session.type("Team meeting")
        session.press(.enter)
        let busy = ServiceError(.busy, message: "service busy", retryAfter: .seconds(8))
        session.send(.addFinished(draftID: "draft-0", .failed(busy)))
        try expect(session, "form-failed", variant)
    }

    @Test("The form while it sends", arguments: variants)
    func formSending(_ variant: Variant) throws {
        var session = loaded(variant)
        session.press(.character("a"))
        session.type("Team meeting")
        session.press(.enter)
        try expect(session, "form-sending", variant)
    }

    @Test("The keys", arguments: variants)
    func help(_ variant: Variant) throws {
        var session = loaded(variant)
        session.press(.character("?"))
        try expect(session, "help", variant)
    }

    @Test("The scenario menu marks the scenario that plays", arguments: variants)
    func scenarios(_ variant: Variant) throws {
        var session = loaded(variant)
        session.press(.character("x"), .down)
        try expect(session, "scenarios", variant)
    }

    @Test("Users that could not be read", arguments: variants)
    func failedUsers(_ variant: Variant) throws {
        var session = Session(variant.size, settings: settings(isASCII: variant.isASCII))
        session.send(.snapshot(Sample.snapshot()))
        session.answerUsers(.failure(ServiceError(.busy, message: "service busy", route: .getUsers)))
        try expect(session, "users-failed", variant)
    }

    @Test("Stale users and events say how old they are and why", arguments: variants)
    func stale(_ variant: Variant) throws {
        var session = loaded(variant)
        session.pass(10)
        session.answerUsers(.failure(ServiceError(.circuitOpen, message: "service down, try later")))
        session.answerEvents(.failure(ServiceError(.circuitOpen, message: "service down, try later")))
        if variant.size.columns < 80 { session.press(.tab) }
        try expect(session, "stale", variant)
    }

    @Test("What the service had kept says how old it is, in as few words as there is room for", arguments: variants)
    func staleAnswers(_ variant: Variant) throws {
        var session = Session(variant.size, settings: settings(isASCII: variant.isASCII))
        session.send(.snapshot(Sample.snapshot()))
        session.answerUsers(.success(Sample.manyUsers(120)), .stale(12))
        session.answerEvents(.success(UserEvents(events: Sample.events)), .stale(75))
        if variant.size.columns < 80 { session.press(.tab) }
        try expect(session, "stale-answers", variant)
    }

    @Test("A filter that is being typed", arguments: variants)
    func filter(_ variant: Variant) throws {
        var session = loaded(variant)
        session.press(.character("/"))
        session.type("al")
        try expect(session, "filter", variant)
    }

    @Test("The question before leaving while an event is sent", arguments: variants)
    func quitQuestion(_ variant: Variant) throws {
        var session = loaded(variant)
        session.press(.character("a"))
        session.type("Team meeting")
        session.press(.enter, .escape, .character("q"))
        try expect(session, "quit-question", variant)
    }

    @Test("The question before leaving loses events", arguments: variants)
    func quitLosing(_ variant: Variant) throws {
        let settings = settings(isASCII: variant.isASCII, isEphemeral: true)
        var session = Session.loaded(variant.size, settings: settings, snapshot: .withOutbox())
        session.press(.character("q"))
        try expect(session, "quit-losing", variant)
    }

    @Test("Users alone, with all their columns", arguments: variants)
    func zoomedUsers(_ variant: Variant) throws {
        var session = loaded(variant)
        session.press(.character("z"))
        try expect(session, "users-zoomed", variant)
    }

    @Test("A terminal that is too small", arguments: [(39, 10), (40, 9), (12, 1), (3, 3)])
    func tooSmall(columns: Int, rows: Int) throws {
        let session = Session.loaded(Size(columns: columns, rows: rows))
        try expectGolden(session.frame.grid, "too-small-\(columns)x\(rows)")
    }

    @Test("The commands that some words find, with their keys or why they would do nothing", arguments: variants)
    func commands(_ variant: Variant) throws {
        var session = loaded(variant)
        session.press(.character(":"))
        session.type("br")
        session.press(.down)
        try expect(session, "commands", variant)
    }

    @Test("The question before a breaker is forced open", arguments: variants)
    func forceOpenQuestion(_ variant: Variant) throws {
        var session = loaded(variant)
        session.press(.character(":"))
        session.type("force")
        session.press(.enter)
        try expect(session, "force-open-question", variant)
    }

    @Test("The question where to write an export, and what is wrong with the answer", arguments: variants)
    func exportPrompt(_ variant: Variant) throws {
        var session = loaded(variant)
        session.press(.character("e"))
        try expect(session, "export", variant)
        session.press(.control("w"))
        session.type("users.txt")
        session.press(.enter)
        try expect(session, "export-problem", variant)
    }

    @Test("The log with a line of every level", arguments: variants)
    func log(_ variant: Variant) throws {
        var session = loaded(variant)
        session.press(.character("L"))
        let levels = LogLine.Level.allCases
        session.send(.logged(levels.indices.map { LogTests.line(UInt64($0 + 1), levels[$0]) }))
        session.press(.up)
        try expect(session, "log", variant)
    }

    @Test("The colours to choose from", arguments: variants)
    func themes(_ variant: Variant) throws {
        var settings = settings(isASCII: variant.isASCII)
        settings.themes = ["standard", "dark", "light", "mono", "solarized"]
        var session = Session.loaded(variant.size, settings: settings)
        session.press(.character("t"), .down)
        try expect(session, "themes", variant)
    }
}
