import EventService
import Foundation
import Testing
import TextUI

@testable import Dashboard

/// Where rows are exported to, and which.
@Suite
struct ExportTests {
    private func name(_ session: Session) -> String? {
        guard case .export(let prompt) = session.model.popup else { return nil }
        return prompt.name.text
    }

    private let usersExport = Export(
        table: ExportTable(Sample.users),
        format: .csv,
        file: "evenkeel-users-20261130-123105.csv"
    )

    @Test("e asks where to, with a name that says what and when")
    func asks() {
        var session = Session.loaded()
        session.press(.character("e"))
        #expect(name(session) == "evenkeel-users-20261130-123105.csv")
        #expect(session.screen.contains("Export users: 3 rows"))
        session.press(.enter)
        #expect(session.takeEffects() == [.export(usersExport, isReplacing: false)])
        #expect(session.model.popup == nil)
    }

    @Test("What the filter leaves is exported, in the order that is shown")
    func exportsWhatIsShown() {
        var session = Session.loaded()
        session.press(.character("s"), .character("S"), .character("/"))
        session.type("a")
        session.press(.enter, .character("e"), .enter)
        guard case .export(let export, _)? = session.takeEffects().first else {
            Issue.record("nothing was exported")
            return
        }
        #expect(
            export.table.rows.map { $0[1] } == [.text("Grace Hopper"), .text("Alan Turing"), .text("Ada Lovelace")]
        )
    }

    @Test("Events, the timeline and the outbox are exported from their panes")
    func sources() {
        var session = Session.loaded(snapshot: .withOutbox())
        session.press(.tab, .character("e"))
        #expect(name(session) == "evenkeel-events-20261130-123105.csv")
        session.press(.escape, .tab, .tab, .character("e"))
        #expect(name(session) == "evenkeel-timeline-20261130-123105.csv")
        session.press(.escape, .character("o"))
        session.answerOutbox(.success(Sample.keptEvents))
        session.press(.character("e"))
        #expect(name(session) == "evenkeel-outbox-20261130-123105.csv")
        session.press(.backTab)
        session.effects = []
        session.press(.enter)
        guard case .export(let export, false)? = session.takeEffects().first else {
            Issue.record("nothing was exported")
            return
        }
        #expect(export.table.rows.map { $0[0] } == ["k1", "k2", "k3", "k4"].map { .text($0) })
    }

    @Test("The breakers have no rows to export")
    func refusesBreakers() {
        var session = Session.loaded()
        session.press(.tab, .tab, .character("e"))
        #expect(session.model.popup == nil)
        #expect(session.model.notice != nil)
    }

    @Test("The ending of the name is the format", arguments: [("x.json", ExportFormat.json), ("d/x.CSV", .csv)])
    func format(file: String, format: ExportFormat) {
        var session = Session.loaded()
        session.press(.character("e"), .control("u"))
        session.type(file)
        session.press(.enter)
        let expected = Export(table: ExportTable(Sample.users), format: format, file: file)
        #expect(session.takeEffects() == [.export(expected, isReplacing: false)])
    }

    @Test(
        "A name without a format, or none at all, is told of and can be corrected",
        arguments: ["", "x", "x.txt", "csv"]
    )
    func refusesName(file: String) {
        var session = Session.loaded()
        session.press(.character("e"), .control("u"))
        session.type(file)
        session.press(.enter)
        #expect(session.takeEffects() == [])
        guard case .export(let prompt) = session.model.popup else {
            Issue.record("closed")
            return
        }
        #expect(prompt.problem == (file.isEmpty ? "Type a name." : "The name has to end in .csv or .json."))
        session.type(".csv")
        session.press(.enter)
        #expect(session.takeEffects().count == 1)
    }

    @Test("Nothing is written over a file without a question")
    func asksBeforeReplacing() {
        var session = Session.loaded()
        session.send(.exported(usersExport, .exists))
        #expect(session.model.popup == .question(.replace(usersExport), isYesSelected: false))
        #expect(session.takeEffects() == [])
        var refusing = session
        refusing.press(.enter)
        #expect(refusing.takeEffects() == [])
        session.press(.character("y"))
        #expect(session.takeEffects() == [.export(usersExport, isReplacing: true)])
    }

    @Test("A question doesn't take the place of what has been opened meanwhile")
    func keepsOtherPopup() {
        var session = Session.loaded()
        session.press(.character("a"))
        session.send(.exported(usersExport, .exists))
        #expect(session.model.popup == .form)
        #expect(session.model.notice?.kind == .problem)
    }

    @Test("It is told where and how many rows, or why not")
    func tells() {
        var session = Session.loaded()
        session.send(.exported(usersExport, .written(name: "users.csv", folder: "/home/ada")))
        #expect(session.model.notice?.text == "“users.csv” has 3 rows, in /home/ada.")
        session.send(.exported(usersExport, .failed("no space")))
        #expect(session.model.notice?.text == "“\(usersExport.file)” was not written: no space.")
    }
}
