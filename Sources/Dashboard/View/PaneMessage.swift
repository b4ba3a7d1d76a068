import EventService
import TextUI

/// What stands in a pane that has no rows: that it is loading, that there is nothing, or why and what to do.
enum PaneMessage {
    static func draw(_ text: String, role: Role = .dim, on grid: inout Grid, in area: Rect, context: ViewContext) {
        let inner = area.inset(columns: 1)
        Paragraph(DisplayText(text), style: Style(role)).draw(on: &grid, in: inner, ellipsis: context.glyphs.ellipsis)
    }

    /// - Parameter isTrying: Whether what failed is being tried again.
    static func draw(
        _ error: ServiceError,
        isTrying: Bool,
        on grid: inout Grid,
        in area: Rect,
        context: ViewContext
    ) {
        let inner = area.inset(columns: 1)
        let used = Paragraph(DisplayText(error.message.sentence), style: Style(.bad))
            .draw(on: &grid, in: inner, ellipsis: context.glyphs.ellipsis)
        let rest = Rect(
            column: inner.column,
            row: inner.row + used,
            columns: inner.columns,
            rows: inner.rows - used
        )
        let advice = isTrying ? "It is being tried again…" : advice(for: error, refreshes: context.refreshes)
        Paragraph(DisplayText(advice), style: Style(.dim))
            .draw(on: &grid, in: rest, ellipsis: context.glyphs.ellipsis)
    }

    /// What to do about a read that failed.
    static func advice(for error: ServiceError, refreshes: Bool) -> String {
        switch error.kind {
        case .circuitOpen where refreshes: "It is tried again by itself; p probes the selected breaker now."
        case .circuitOpen: "r tries again; p probes the selected breaker now."
        case .busy, .outOfDescriptors, .badUpstream, .timedOut, .refused, .cancelled, .invalid,
            .notKept, .storeFailed, .conflict:
            refreshes ? "It is tried again by itself; r tries now." : "r tries again."
        case .notFound, .unknownUser: "r reads the users again."
        }
    }
}

extension String {
    /// The text with a capital and a full stop.
    var sentence: String {
        guard let first else { return "" }
        let end: Character? = last
        let stop = end == "." || end == "!" || end == "?" ? "" : "."
        return first.uppercased() + dropFirst() + stop
    }
}
