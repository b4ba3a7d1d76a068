import EventService
import TextUI

/// A lane of the failure timeline as a row of glyphs.
struct LaneView {
    let lane: LaneCells

    func draw(on grid: inout Grid, in line: Rect, context: ViewContext) {
        for (column, calls) in lane.calls.enumerated() where calls <= .counted {
            let (glyph, style) = calls.glyph(context.glyphs, amount: 0)
            write(glyph, style, column, on: &grid, line)
        }
        // Nothing is known there, which is not the same as nothing having happened.
        for column in lane.gaps.joined() { write(" ", Style(.dim), column, on: &grid, line) }
        drawFills(on: &grid, in: line, context)
        // What happened to calls is drawn over the bands, so that a rejection inside of one is seen.
        for (column, calls) in lane.calls.enumerated() where calls > .counted {
            let (glyph, style) = calls.glyph(context.glyphs, amount: lane.amounts[column])
            write(glyph, style, column, on: &grid, line)
        }
        // And over that the changes of state: they tell most.
        for band in lane.bands where band.state != .halfOpen { drawEnds(of: band, on: &grid, in: line, context) }
    }

    /// What tells most is drawn last: where states share a cell, the one in which calls are refused is seen.
    private func drawFills(on grid: inout Grid, in line: Rect, _ context: ViewContext) {
        for band in lane.bands where band.state == .halfOpen {
            // Nothing waits while a probe is under way.
            for column in band.columns { write("~", Style(band.state.role), column, on: &grid, line) }
        }
        for band in lane.bands where band.state != .halfOpen {
            let style = Style(band.state.role)
            for column in band.columns { write(context.glyphs.waiting, style, column, on: &grid, line) }
        }
    }

    private func drawEnds(of band: LaneCells.Band, on grid: inout Grid, in line: Rect, _ context: ViewContext) {
        let style = Style(band.state.role)
        if let end = endColumn(band) { write(context.glyphs.openEnd, style, end, on: &grid, line) }
        if let start = startColumn(band) { write(context.glyphs.openStart, style, start, on: &grid, line) }
        guard let label = label(of: band) else { return }
        grid.write(
            label.text,
            at: line.origin.moved(columns: label.column),
            style: style.with(.bold),
            clippedTo: line
        )
    }

    /// Where the mark of a band's start stands: the failure that opened the breaker keeps its cell if there is another one.
    private func startColumn(_ band: LaneCells.Band) -> Int? {
        guard band.startsHere else { return nil }
        return band.columns.prefix(2).first { !isTelling($0) } ?? band.columns.lowerBound
    }

    /// Where the mark of a band's end stands: the probe that ended it may stand in its last cell.
    private func endColumn(_ band: LaneCells.Band) -> Int? {
        guard band.endsHere, band.columns.count > 2 else { return nil }
        return band.columns.suffix(2).last { !isTelling($0) }
    }

    /// Whether a cell has something to tell that no band may hide.
    private func isTelling(_ column: Int) -> Bool {
        let calls = lane.calls[column]
        return calls > .counted && calls != .rejection
    }

    private func write(_ glyph: DisplayText, _ style: Style, _ column: Int, on grid: inout Grid, _ line: Rect) {
        grid.write(glyph, at: line.origin.moved(columns: column), style: style, clippedTo: line)
    }

    // MARK: - Labels

    /// Names of the state, with the wait where there is one, longest first.
    private func labels(of band: LaneCells.Band) -> [DisplayText] {
        switch band.state {
        case .open:
            guard let wait = band.wait.map(DurationText.length) else { return ["OPEN"] }
            return [DisplayText("OPEN \(wait)"), DisplayText(wait)]
        case .forcedOpen: return ["FORCED OPEN", "FORCED"]
        case .disabled: return ["DISABLED", "OFF"]
        case .closed, .halfOpen: return []
        }
    }

    /// A label for a band, in the first place where it hides nothing that happened.
    private func label(of band: LaneCells.Band) -> (text: DisplayText, column: Int)? {
        let first = startColumn(band).map { $0 + 1 } ?? band.columns.lowerBound
        let last = endColumn(band).map { $0 - 1 } ?? band.columns.upperBound
        for text in labels(of: band) where last - first + 1 >= text.width {
            for column in first...(last - text.width + 1) {
                // A blank between a label and what happened beside it.
                let around = max(first, column - 1)...min(last, column + text.width)
                if !around.contains(where: { lane.calls[$0] > .counted }) { return (text, column) }
            }
        }
        return nil
    }
}

extension LaneCells.Calls {
    /// From how many calls on a cell looks like many, and like very many.
    static let densities = [10, 100]

    /// The glyph of a cell, the heavier the more calls it shows.
    func glyph(_ glyphs: Glyphs, amount: Int) -> (DisplayText, Style) {
        let level = Self.densities.count { $0 <= amount }
        return switch self {
        case .none: (glyphs.noData, Style(.dim))
        case .counted: ("_", Style(.dim))
        case .success: (glyphs.successes[level], Style(.good))
        case .probeSuccess: (glyphs.probe, Style(.good))
        case .probeFailure: (glyphs.probe, Style(.bad))
        case .rejection: (glyphs.rejections[level], Style(.warning))
        case .failure: (glyphs.failures[level], Style(.bad))
        }
    }
}
