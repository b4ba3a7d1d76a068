import EventService
import TextUI

/// The failures and changes of state, newest first, to be read one by one.
struct TimelineEntriesView {
    let state: TimelineState
    let isFocused: Bool

    private static let columns = [
        TableColumn("Time", minimum: 8, priority: 8),
        TableColumn("Route", minimum: BreakersView.nameWidth, priority: 7),
        TableColumn("What", minimum: 34, weight: 3, priority: 9),
        TableColumn("Took", minimum: 6, alignment: .trailing, priority: 3),
        TableColumn("Request", minimum: 8, maximum: 36, weight: 1, priority: 2),
    ]

    private func table(in area: Rect) -> Table {
        var columns = Self.columns
        if area.columns < 60 { columns[2].minimum = 16 }
        return Table(columns: columns, showsHeader: false, isFocused: isFocused)
    }

    func draw(on grid: inout Grid, in area: Rect, context: ViewContext) {
        guard !area.isEmpty else { return }
        guard !state.entries.isEmpty else {
            return PaneMessage.draw("No failures.", on: &grid, in: area, context: context)
        }
        table(in: area)
            .draw(on: &grid, in: area, state: state.scroll, glyphs: context.glyphs) { index in
                state.entry(at: index).map { cells($0, context) } ?? []
            }
    }

    /// Draws the selected entry in full.
    func drawReading(on grid: inout Grid, in area: Rect, context: ViewContext) {
        guard !area.isEmpty, let entry = state.selected else { return }
        var text = context.time.moment(entry.at, now: context.now) + "  \(entry.route?.rawValue ?? "evenkeel"): "
        switch entry.kind {
        case .failure(let message, let duration, let isProbe):
            text += "\(isProbe ? "the probe" : "a call") failed after \(DurationText.length(duration)): \(message)."
        case .transition(let from, let to, let reason):
            text += "from \(from.rawValue) to \(to.rawValue): \(reason)."
        case .started(let downtime): text += "started. " + Self.words(downtime: downtime)
        case .stopped: text += "stopped, because it was told to."
        }
        if let requestID = entry.requestID { text += " Request \(requestID)" }
        Paragraph(DisplayText(text)).draw(on: &grid, in: area, ellipsis: context.glyphs.ellipsis)
    }

    private func cells(_ entry: Timeline.Entry, _ context: ViewContext) -> [StyledText] {
        let (what, took) = describe(entry.kind, context)
        return [
            StyledText(DisplayText(context.time.clock(entry.at))),
            StyledText(DisplayText(entry.route?.rawValue ?? "")),
            what,
            StyledText(DisplayText(took)),
            StyledText(DisplayText(entry.requestID ?? ""), Style(.dim)),
        ]
    }

    private func describe(_ kind: Timeline.Entry.Kind, _ context: ViewContext) -> (StyledText, String) {
        switch kind {
        case .failure(let message, let duration, let isProbe):
            let glyph = isProbe ? context.glyphs.probe : context.glyphs.failure
            let words = DisplayText(isProbe ? "probe: " : "") + DisplayText(message)
            return (StyledText([.init(glyph + " ", Style(.bad, .bold)), .init(words)]), DurationText.length(duration))
        case .transition(let from, let to, let reason):
            let arrow = context.glyphs.arrows[3].width == 1 ? context.glyphs.arrows[3] : "->"
            let change = DisplayText(from.rawValue) + " " + arrow + " " + DisplayText(to.rawValue)
            return (
                StyledText([
                    .init(to.symbol(context.glyphs) + " ", Style(to.role, .bold)),
                    .init(change + "  ", Style(to.role)),
                    .init(DisplayText(reason)),
                ]), ""
            )
        case .started(let downtime):
            return (StyledText(context.glyphs.started + " started  " + DisplayText(Self.words(downtime: downtime))), "")
        case .stopped: return (StyledText(context.glyphs.disabled + " stopped"), "")
        }
    }

    private static func words(downtime: Duration?) -> String {
        guard let downtime else { return "Nothing is known of before." }
        return "Nothing is known of the \(DurationText.length(downtime)) before."
    }
}
