import EventService
import Foundation
import TextUI

extension DashboardModel {
    /// What of the focused pane can be written to a file.
    var exportSource: ExportSource? {
        switch focus {
        case .users: .users
        case .events: .events
        case .timeline: .timeline
        case .outbox: .outbox
        case .breakers, .log: nil
        }
    }

    mutating func openExport(now: Date) {
        guard let source = exportSource else {
            tell("There are no rows to export here: users, events, the outbox and the timeline have some.", now: now)
            return
        }
        let name = "evenkeel-\(source.rawValue)-\(time.fileName(now)).csv"
        popup = .export(ExportPrompt(source: source, name: LineEditor(name, maximumLength: 1024)))
    }

    mutating func editExport(_ change: (inout LineEditor) -> Void) {
        guard case .export(var prompt) = popup else { return }
        change(&prompt.name)
        prompt.problem = nil
        popup = .export(prompt)
    }

    /// Has the rows written under the name that was typed, as they are now.
    mutating func export() -> [Effect] {
        guard case .export(var prompt) = popup else { return [] }
        let file = prompt.name.text.trimmingSpaces
        guard let format = ExportFormat(fileName: file), !file.hasSuffix("/") else {
            prompt.problem = file.isEmpty ? "Type a name." : "The name has to end in .csv or .json."
            popup = .export(prompt)
            return []
        }
        popup = nil
        return [.export(Export(table: table(of: prompt.source), format: format, file: file), isReplacing: false)]
    }

    mutating func finishExport(_ export: Export, _ outcome: ExportOutcome, now: Date) {
        switch outcome {
        case .written(let name, let folder):
            let count = export.table.rows.count
            tell(about: name, "has \(count == 1 ? "1 row" : "\(count) rows"), in \(folder).", .success, now: now)
        case .exists where popup == nil && layout.arrangement != .tooSmall:
            popup = .question(.replace(export), isYesSelected: false)
        case .exists: tell(about: export.file, "is there already and was left as it is.", .problem, now: now)
        case .failed(let reason): tell(about: export.file, "was not written: \(reason).", .problem, now: now)
        }
    }

    func count(of source: ExportSource) -> Int {
        switch source {
        case .users: users.table.rows.count
        case .events: events.table.rows.count
        case .outbox: outbox.rows.count
        case .timeline: timeline.entries.count
        }
    }

    func table(of source: ExportSource) -> ExportTable {
        switch source {
        case .users: ExportTable(users.table.rows)
        case .events: ExportTable(events.table.rows)
        case .outbox: ExportTable(outbox.rows)
        case .timeline: ExportTable(timeline.entries)
        }
    }
}
