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
            let rows = inside.splitRows([.fixed(laneRows), .fixed(axisRows), .rest, .fixed(readingRows)])
            (lanes, axis, entries) = (rows[0], rows[1], rows[2])
            // A blank row above, a blank column on both sides.
            reading = Rect(
                column: inside.column + 2,
                row: rows[3].row + 1,
                columns: inside.columns - 4,
                rows: rows[3].rows - 1
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

    static func scale(span: Duration, lanes: Rect, now: Date) -> TimelineScale {
        TimelineScale(span: span, width: track(lanes).columns, now: now)
    }

    func draw(on grid: inout Grid, in parts: Parts, context: ViewContext) {
        if !parts.lanes.isEmpty {
            let scale = Self.scale(span: state.span, lanes: parts.lanes, now: context.now)
            for (index, route) in UpstreamRoute.allCases.enumerated() {
                let lane = LaneCells(timeline.lanes[route] ?? Timeline.Lane(), scale: scale)
                let line = parts.lanes.line(index)
                let name = DisplayText(route.rawValue)
                grid.write(name, at: line.origin.moved(columns: 1), style: Style(.dim), clippedTo: line)
                LaneView(lane: lane).draw(on: &grid, in: Self.track(line), context: context)
            }
            drawAxis(on: &grid, in: Self.track(parts.axis), scale, context)
        }
        let entries = TimelineEntriesView(timeline: timeline, state: state, isFocused: isFocused)
        entries.draw(on: &grid, in: parts.entries, context: context)
        entries.drawReading(on: &grid, in: parts.reading, context: context)
    }

    private func drawAxis(on grid: inout Grid, in line: Rect, _ scale: TimelineScale, _ context: ViewContext) {
        let now: DisplayText = "now"
        let nowColumn = line.endColumn - now.width
        grid.write(now, at: Point(column: nowColumn, row: line.row), style: Style(.dim), clippedTo: line)
        for back in Self.ticks(span: state.span, width: line.columns) {
            let label = DisplayText("-" + DurationText.short(back))
            let column = line.column + max(0, scale.column(back: back))
            guard column + label.width < nowColumn else { continue }
            grid.write(label, at: Point(column: column, row: line.row), style: Style(.dim), clippedTo: line)
        }
        guard isFocused, let date = state.selected(in: timeline.entries)?.at else { return }
        let column = scale.column(of: date)
        guard (0..<line.columns).contains(column) else { return }
        grid.write(
            context.glyphs.ascending,
            at: line.origin.moved(columns: column),
            style: Style(.accent, .bold),
            clippedTo: line
        )
    }

    /// How far back the labels of the axis stand: round times, at least twenty columns apart.
    static func ticks(span: Duration, width: Int) -> [Duration] {
        let seconds = Int(span.wholeSeconds)
        let steps = [5, 10, 15, 30, 60, 120, 300, 600]
        guard width > 0, let step = steps.first(where: { $0 * width >= 20 * seconds }) else { return [] }
        return stride(from: step, through: seconds, by: step).map { .seconds($0) }
    }
}
