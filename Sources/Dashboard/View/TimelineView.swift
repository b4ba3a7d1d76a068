import EventService
import Foundation
import TextUI

/// The pane of the failure timeline: a lane for each route, the time axis, and the entries one by one.
struct TimelineView {
    /// What stands where inside of the pane's border.
    struct Parts: Equatable {
        /// The lanes, their names included.
        let lanes: Rect
        /// The time axis.
        let axis: Rect
        /// What the glyphs mean.
        let legend: Rect
        /// The entries.
        let entries: Rect
        /// The selected entry in full.
        let reading: Rect

        /// - Parameters:
        ///   - entriesAlone: Whether there is no room for the lanes.
        ///   - withReading: Whether the selected entry is to be read in full, where there is room.
        init(_ inside: Rect, entriesAlone: Bool, withReading: Bool) {
            let laneRows = entriesAlone ? 0 : UpstreamRoute.allCases.count
            let axisRows = entriesAlone ? 0 : 1
            let readingRows = withReading && inside.rows - laneRows - axisRows >= 7 ? 4 : 0
            // Where the lanes stand apart from the entries, there is room for it.
            let legendRows = readingRows > 0 && axisRows > 0 && inside.rows >= 16 ? 2 : 0
            let rows = inside.splitRows([
                .fixed(laneRows), .fixed(axisRows), .fixed(legendRows), .rest, .fixed(readingRows),
            ])
            (lanes, axis, entries) = (rows[0], rows[1], rows[3])
            legend = rows[2].line(0)
            // A blank row above, a blank column on both sides.
            reading = Rect(
                column: inside.column + 2,
                row: rows[4].row + 1,
                columns: inside.columns - 4,
                rows: rows[4].rows - 1
            )
        }
    }

    let timeline: Timeline
    let state: TimelineState
    let isFocused: Bool

    private static let nameWidth = BreakersView.nameWidth + 2

    /// The part of the lanes that is time.
    static func track(_ lanes: Rect) -> Rect {
        Rect(
            column: lanes.column + nameWidth,
            row: lanes.row,
            columns: max(0, lanes.columns - nameWidth - 1),
            rows: lanes.rows
        )
    }

    /// The route and the moment at a place of the lanes.
    static func moment(
        at point: Point,
        in lanes: Rect,
        _ state: TimelineState,
        now: Date
    ) -> (route: UpstreamRoute, at: Date)? {
        let track = track(lanes)
        let routes = UpstreamRoute.allCases
        guard track.contains(point), routes.indices.contains(point.row - track.row) else { return nil }
        let date = scale(state, lanes: lanes, now: now).date(ofColumn: point.column - track.column)
        return (routes[point.row - track.row], date)
    }

    static func scale(_ state: TimelineState, lanes: Rect, now: Date) -> TimelineScale {
        TimelineScale(span: state.span, width: track(lanes).columns, now: state.end ?? now)
    }

    func draw(on grid: inout Grid, in parts: Parts, context: ViewContext) {
        if !parts.lanes.isEmpty {
            let scale = Self.scale(state, lanes: parts.lanes, now: context.now)
            for (index, route) in UpstreamRoute.allCases.enumerated() {
                let lane = LaneCells(timeline.lanes[route] ?? Timeline.Lane(), gaps: timeline.gaps, scale: scale)
                let line = parts.lanes.line(index)
                let name = DisplayText(route.rawValue)
                grid.write(name, at: line.origin.moved(columns: 1), style: Style(.dim), clippedTo: line)
                LaneView(lane: lane).draw(on: &grid, in: Self.track(line), context: context)
            }
            let cursor = isFocused ? state.selected.map { min(max(0, scale.column(of: $0.at)), scale.count - 1) } : nil
            TimelineAxisView(scale: scale, state: state, taken: cursor)
                .draw(on: &grid, in: Self.track(parts.axis), context: context)
            drawLegend(on: &grid, in: parts.legend, context)
            if isFocused { markSelection(on: &grid, parts, scale, context) }
        }
        let entries = TimelineEntriesView(state: state, isFocused: isFocused)
        entries.draw(on: &grid, in: parts.entries, context: context)
        entries.drawReading(on: &grid, in: parts.reading, context: context)
    }

    /// Says what the glyphs mean, below the lanes where that leaves room for all, and else from the border on.
    private func drawLegend(on grid: inout Grid, in line: Rect, _ context: ViewContext) {
        let whole = line.inset(columns: 1)
        let text = TimelineLegend.line(width: whole.columns, glyphs: context.glyphs)
        let track = Self.track(line)
        grid.write(text, at: text.width <= track.columns ? track.origin : whole.origin, clippedTo: whole)
    }

    /// Marks where the selected entry is: on the lane of its route, or on all, and on the axis; or to which side of what is
    /// shown it lies.
    private func markSelection(
        on grid: inout Grid,
        _ parts: Parts,
        _ scale: TimelineScale,
        _ context: ViewContext
    ) {
        let track = Self.track(parts.lanes)
        guard let entry = state.selected else { return }
        let column = scale.column(of: entry.at)
        let axis = Self.track(parts.axis)
        guard (0..<track.columns).contains(column) else {
            let (glyph, edge): (DisplayText, Int) = column < 0 ? ("<", 0) : (">", axis.columns - 1)
            let place = axis.origin.moved(columns: edge)
            grid.write(glyph, at: place, style: Style(.accent, .bold), clippedTo: axis)
            return
        }
        for (row, route) in UpstreamRoute.allCases.enumerated() where entry.route == nil || entry.route == route {
            let cell = Rect(column: track.column + column, row: track.row + row, columns: 1, rows: 1)
            grid.restyle(cell.intersection(track)) { $0.with(.reverse) }
        }
        let place = axis.origin.moved(columns: column)
        grid.write(context.glyphs.ascending, at: place, style: Style(.accent, .bold), clippedTo: axis)
    }
}
