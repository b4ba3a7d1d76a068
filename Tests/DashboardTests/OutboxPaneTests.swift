import EventService
import Foundation
import Testing
import TextUI

@testable import Dashboard

/// What the pane of the outbox shows: its table, and an event in full.
@Suite
struct OutboxPaneTests {
    private let small = Size(columns: 40, rows: 12)

    private func showing(
        _ event: KeptEvent,
        _ size: Size = Size(columns: 120, rows: 36),
        isReadOnly: Bool = false
    ) -> Session {
        Session.showingOutbox(size, settings: settings(isReadOnly: isReadOnly), kept: KeptEvents(events: [event]))
    }

    private func refused(_ name: String = "Séance", _ members: [(String, String)] = []) -> KeptEvent {
        Sample.kept("01a2004d-5e6f-7a8b-9c0d-1e2f3a4b5c6d", name, userID: "9") {
            ($0.state, $0.attempts, $0.refusedStatus) = (.refused, 1, 422)
            $0.requestID = "req-1"
            $0.lastError = "status 422: there is no user 9"
            $0.members += members.map { KeptEvent.Member(name: $0.0, value: $0.1) }
        }
    }

    // MARK: - The table

    @Test("From eighty columns on the table tells why", arguments: [80, 96, 120, 200])
    func tellsWhy(columns: Int) {
        let lines = Session.showingOutbox(Size(columns: columns, rows: 24)).lines
        #expect(lines[2].contains("Next try  Why"))
        #expect(lines[3].contains("-         status 422: t"))
    }

    @Test("The heading of the states stands above their words", arguments: [40, 80, 120])
    func alignsStates(columns: Int) throws {
        let lines = Session.showingOutbox(Size(columns: columns, rows: 24)).lines
        let heading = try #require(lines[2].range(of: "State")).lowerBound.utf16Offset(in: lines[2])
        for (row, word) in [(3, "refused"), (4, "waiting")] {
            let start = try #require(lines[row].range(of: word)).lowerBound
            #expect(start.utf16Offset(in: lines[row]) == heading)
        }
    }

    // MARK: - An event in full

    @Test("Every member of the event can be read, those first that nothing else tells")
    func showsMembers() throws {
        let members = [("startsAt", "2026-12-01T18:00:00Z"), ("tags", #"["a",1]"#), ("name", "b\u{1B}[2J")]
        let event = refused("Séance", members)
        var session = showing(event)
        session.press(.enter)
        let first = try #require(session.lines.firstIndex { $0.contains("startsAt") })
        let shown = session.lines[first..<(first + 6)].map { String($0.dropFirst(2).dropLast(1)).trimmingSpaces }
        #expect(
            shown == [
                "startsAt  2026-12-01T18:00:00Z", #"tags      ["a",1]"#, "id        \(event.id)", "name      Séance",
                "userId    9", "name      b␛[2J",
            ]
        )
    }

    @Test("How many members are too large to be told is told")
    func countsWhatIsLeftOut() {
        var event = refused()
        event.membersLeftOut = 12
        var session = showing(event)
        session.press(.enter)
        #expect(session.screen.contains("and 12 more members"))
    }

    @Test("What doesn't fit is scrolled to, by keys and by the wheel, to its end and no further")
    func scrolls() {
        var session = showing(refused("Séance", (1...30).map { ("m\($0)", "value \($0)") }), small)
        session.press(.enter)
        #expect(session.lines[1].contains("lines 1-8 of 41"))
        session.press(.down, .down, .up)
        #expect(session.lines[1].contains("lines 2-9 of 41"))
        session.press(.pageDown)
        #expect(session.lines[1].contains("lines 9-16 of 41"))
        session.press(.character("G"), .down)
        #expect(session.lines[1].contains("lines 34-41 of 41"))
        #expect(session.lines[9].contains("userId: 9"))
        session.send(.terminal(.mouse(MouseEvent(.scrollUp, at: Point(column: 10, row: 5)))))
        #expect(session.lines[1].contains("lines 31-38 of 41"))
        session.press(.character("g"))
        #expect(session.lines[1].contains("lines 1-8 of 41"))
        session.press(.down, .escape, .enter)
        #expect(session.lines[1].contains("lines 1-8 of 41"), "it is read from the start")
    }

    @Test("Left and right lead to the event before and after, which is read from its start")
    func neighbours() {
        var session = Session.showingOutbox(small)
        session.press(.enter, .right, .down)
        #expect(session.lines[1].contains("Event 2 of 4 "))
        #expect(session.lines[1].contains("lines 2-"))
        session.press(.right, .left)
        #expect(session.lines[1].contains("Event 2 of 4 "))
        #expect(session.lines[1].contains("lines 1-"))
        session.press(.left, .left, .left)
        #expect(session.lines[1].contains("Event 1 of 4 "))
        session.press(.escape, .right)
        #expect(session.model.outbox.selected?.id == "k1", "in the list the rows go up and down")
    }

    @Test("An event that takes the place of the one that is read is read from its start")
    func replaced() {
        var session = showing(refused("Séance", (1...30).map { ("m\($0)", "value \($0)") }), small)
        session.press(.enter, .character("G"), .function(5))
        session.answerOutbox(.success(Sample.keptEvents))
        #expect(session.lines[1].contains("lines 1-"))
    }

    @Test("Whatever its name, the refusal shows, and an identifier stays in one line")
    func leavesRoomForRefusal() {
        var session = showing(refused(String(repeating: "Quarterly planning ", count: 20)), small)
        for isReading in [false, true] {
            if isReading { session.press(.enter) }
            #expect(session.screen.contains("Refused after 1 attempt: status"))
            #expect(session.screen.contains("there is no user 9"))
            #expect(session.screen.contains("r tries it again, d discards it."))
        }
        #expect(session.lines[2].contains("“Quarterly planning Quar…” of user 9"))
        var lines: [String] = []
        for _ in 0..<40 {
            lines += session.lines
            session.press(.down)
        }
        #expect(lines.contains { $0.contains("01a2004d-5e6f-7a8b-9c0d-1e2f3a4b5c6d") })
    }

    @Test("Read-only, the event is told without the keys that would be refused")
    func readOnly() {
        for isReadOnly in [false, true] {
            var session = showing(refused(), isReadOnly: isReadOnly)
            #expect(session.screen.contains("r tries it again") == !isReadOnly)
            session.press(.enter)
            #expect(session.screen.contains("r tries it again") == !isReadOnly)
            #expect(session.screen.contains("Refused after 1 attempt: status 422: there is no user 9"))
        }
    }
}
