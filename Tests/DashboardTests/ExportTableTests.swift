import EventService
import Foundation
import Testing

@testable import Dashboard

/// Tables as CSV and JSON.
@Suite
struct ExportTableTests {
    private func text(_ cells: [ExportTable.Value], _ format: ExportFormat = .csv) -> String {
        let columns = cells.indices.map { "c\($0)" }
        return String(decoding: ExportTable(columns: columns, rows: [cells]).bytes(as: format), as: UTF8.self)
    }

    @Test("CSV has a heading, CR LF behind every line, and quotes around every text")
    func csv() {
        let cells: [ExportTable.Value] = [
            .text("a"), .text("b,c"), .text("say \"hi\""), .number(-3), .nothing, .text(" d"),
        ]
        #expect(text(cells) == "c0,c1,c2,c3,c4,c5\r\n\"a\",\"b,c\",\"say \"\"hi\"\"\",-3,,\" d\"\r\n")
    }

    @Test(
        "A spreadsheet takes no text for a formula",
        arguments: [
            "=1+1", "+1", "-1", "@SUM(A1)", "  =1", "＝1", "=\u{338}1", "\u{3000}=1+1",
        ]
    )
    func guardsFormulas(formula: String) throws {
        let line = try #require(text([.text(formula)]).split(separator: "\r\n").last)
        #expect(line == "\"'\(formula)\"")
        #expect(text([.text(formula)], .json) == "[{\"c0\":\"\(formula)\"}]\n")
    }

    @Test("An accent on a quote or a comma doesn't end a cell", arguments: ["x\"\u{301},=1", "a,\u{301}b"])
    func combiningMarks(hostile: String) {
        let quotes = text([.text(hostile)]).unicodeScalars.filter { $0 == "\"" }.count
        let own = hostile.unicodeScalars.filter { $0 == "\"" }.count
        #expect(quotes == 2 + 2 * own)
    }

    @Test("A formula behind quotes is guarded within them")
    func guardsQuotedFormula() {
        #expect(text([.text("=HYPERLINK(\"http://x\",\"y\")")]).contains("\"'=HYPERLINK(\"\"http://x\"\",\"\"y\"\")\""))
    }

    @Test(
        "No control or format character gets out",
        arguments: ExportFormat.allCases,
        ["\u{1B}[2J", "a\r\nb", "\u{9B}31m", "\u{202E}", "\t=1", "\u{0}\u{7F}", "\u{200B}"]
    )
    func sanitises(format: ExportFormat, hostile: String) {
        let text = text([.text(hostile)], format)
        // The lines' own ends, a heading's and a row's.
        let ends = format == .csv ? 4 : 1
        let harmful = text.unicodeScalars.filter { [.control, .format].contains($0.properties.generalCategory) }
        #expect(harmful.count == ends)
    }

    @Test("JSON keeps numbers as numbers and tells what is unknown")
    func json() {
        #expect(text([.text("ä\""), .number(2), .nothing], .json) == "[{\"c0\":\"ä\\\"\",\"c1\":2,\"c2\":null}]\n")
        let empty = ExportTable(columns: ["a"], rows: [])
        #expect(String(decoding: empty.bytes(as: .json), as: UTF8.self) == "[]\n")
        #expect(String(decoding: empty.bytes(as: .csv), as: UTF8.self) == "a\r\n")
    }

    @Test("Every row has a value for every column")
    func rowsFit() {
        let tables = [
            ExportTable(Sample.users), ExportTable(Sample.events), ExportTable(Sample.keptEvents.events),
            ExportTable(Timeline.withOpenBreaker().entries),
        ]
        for table in tables {
            #expect(!table.rows.isEmpty)
            #expect(table.rows.allSatisfy { $0.count == table.columns.count })
            #expect(Set(table.columns).count == table.columns.count)
        }
    }

    @Test("Durations are whole milliseconds", arguments: [1000, 1001, 1003, 1005, 1007, 2001])
    func durations(milliseconds: Int) {
        let kind = Timeline.Entry.Kind.failure(message: "", duration: .milliseconds(milliseconds), isProbe: false)
        let table = ExportTable([Timeline.Entry(id: 1, at: start, route: .getUsers, kind: kind)])
        #expect(table.rows.first?.contains(.number(milliseconds)) == true)
    }

    @Test("The timeline is written newest first")
    func timeline() {
        let table = ExportTable(Timeline.withOpenBreaker().entries)
        #expect(
            table.rows.first == [
                .text("2026-11-30T12:30:52.000Z"), .text("addEvent"), .text("transition"), .text("HALF_OPEN"),
                .text("OPEN"), .text("the probe failed"), .nothing, .nothing,
            ]
        )
    }
}
