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
        // What is under way stays what is shown.
        guard case .export(var prompt) = popup, prompt.writing == nil else { return }
        change(&prompt.name)
        prompt.problem = nil
        popup = .export(prompt)
    }

    /// Has the rows written under the name that was typed, as they are now; the question stays until they are.
    mutating func export() -> [Effect] {
        guard case .export(var prompt) = popup, prompt.writing == nil else { return [] }
        let file = prompt.name.text.trimmingSpaces
        guard let format = ExportFormat(fileName: file), !file.hasSuffix("/") else {
            prompt.problem = file.isEmpty ? "Type a name." : "The name has to end in .csv or .json."
            popup = .export(prompt)
            return []
        }
        return write(Export(table: table(of: prompt.source), format: format, file: file), for: prompt)
    }

    mutating func write(_ export: Export, for prompt: ExportPrompt, isReplacing: Bool = false) -> [Effect] {
        var prompt = prompt
        (prompt.problem, prompt.writing) = (nil, export)
        popup = .export(prompt)
        return [.export(export, isReplacing: isReplacing)]
    }

    mutating func finishExport(_ export: Export, _ outcome: ExportOutcome, now: Date) {
        guard case .export(var prompt) = popup, prompt.writing == export else {
            return tell(outcome, of: export, now: now)
        }
        prompt.writing = nil
        switch outcome {
        case .written:
            popup = nil
            tell(outcome, of: export, now: now)
        case .exists: popup = .question(.replace(export, prompt), isYesSelected: false)
        case .failed(let reason):
            prompt.problem = "Not written: \(reason)."
            popup = .export(prompt)
        }
    }

    /// Tells what became of an export whose question is closed.
    private mutating func tell(_ outcome: ExportOutcome, of export: Export, now: Date) {
        switch outcome {
        case .written(let name, let folder):
            let count = export.table.rows.count
            tell(about: name, "has \(count == 1 ? "1 row" : "\(count) rows"), in \(folder).", .success, now: now)
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
