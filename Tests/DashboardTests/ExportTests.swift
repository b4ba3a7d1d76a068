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

    /// A dashboard that has begun to write the users.
    private func writing() -> Session {
        var session = Session.loaded()
        session.press(.character("e"), .enter)
        session.effects = []
        return session
    }

    @Test("The question stays while the file is written; nothing that is typed meanwhile runs or changes the name")
    func staysWhileWriting() {
        var session = writing()
        #expect(session.screen.contains("Writing…"))
        let before = session.model
        session.type("qax")
        session.press(.enter)
        #expect(session.model == before)
        #expect(session.takeEffects() == [])
        session.send(.exported(usersExport, .written(name: "users.csv", folder: "/home/ada")))
        #expect(session.model.popup == nil)
        #expect(session.model.notice?.text == "“users.csv” has 3 rows, in /home/ada.")
    }

    @Test("What can't be written is told beside the name, which can be corrected")
    func keepsNameAfterFailure() {
        var session = writing()
        session.send(.exported(usersExport, .failed("No such file or directory")))
        #expect(session.screen.contains("Not written: No such file or directory."))
        #expect(name(session) == usersExport.file)
        session.press(.home)
        session.type("q")
        #expect(name(session) == "q" + usersExport.file)
        #expect(!session.screen.contains("Not written"))
        session.press(.enter)
        #expect(session.takeEffects().count == 1)
    }

    @Test("Nothing is written over a file without a question, and no leads back to the name")
    func asksBeforeReplacing() {
        var session = writing()
        session.send(.exported(usersExport, .exists))
        #expect(session.screen.contains("Write over it?"))
        #expect(session.takeEffects() == [])
        for key in [Key.enter, .escape, .character("n")] {
            var refusing = session
            refusing.press(key)
            #expect(refusing.takeEffects() == [])
            #expect(name(refusing) == usersExport.file)
        }
        session.press(.character("y"))
        #expect(session.takeEffects() == [.export(usersExport, isReplacing: true)])
        session.send(.exported(usersExport, .failed("disk full")))
        #expect(session.screen.contains("Not written: disk full."))
    }

    @Test("Closed meanwhile, it is written all the same, and what came of it is told at the bottom")
    func closedMeanwhile() {
        var session = writing()
        session.press(.escape)
        session.send(.exported(usersExport, .failed("disk full")))
        #expect(session.model.popup == nil)
        #expect(session.model.notice?.text == "“\(usersExport.file)” was not written: disk full.")
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
