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

    @Test("CSV has a heading, CR LF behind every line, and quotes where they are needed")
    func csv() {
        let cells: [ExportTable.Value] = [
            .text("a"), .text("b,c"), .text("say \"hi\""), .number(-3), .nothing, .text(" d"),
        ]
        #expect(text(cells) == "c0,c1,c2,c3,c4,c5\r\na,\"b,c\",\"say \"\"hi\"\"\",-3,,\" d\"\r\n")
    }

    @Test("A spreadsheet takes no text for a formula", arguments: ["=1+1", "+1", "-1", "@SUM(A1)", "  =1", "＝1"])
    func guardsFormulas(formula: String) throws {
        let line = try #require(text([.text(formula)]).split(separator: "\r\n").last)
        #expect(line == "'\(formula)")
        #expect(text([.text(formula)], .json) == "[{\"c0\":\"\(formula)\"}]\n")
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
        let cell = text([.text(hostile)], format).split(whereSeparator: \.isNewline).joined()
        let harmful = cell.unicodeScalars.filter { [.control, .format].contains($0.properties.generalCategory) }
        #expect(harmful.isEmpty)
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
