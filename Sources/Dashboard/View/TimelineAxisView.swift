import EventService
import Foundation
import TextUI

/// The times under the lanes: how long ago, or the time of day where the lanes don't end now.
struct TimelineAxisView {
    let scale: TimelineScale
    let state: TimelineState

    func draw(on grid: inout Grid, in line: Rect, context: ViewContext) {
        if let end = state.end {
            drawMoments(until: end, on: &grid, in: line, context)
        } else {
            Self.drawAges(scale, span: state.span, on: &grid, in: line)
        }
    }

    /// Draws how long ago the columns of a row were whose last is now.
    static func drawAges(_ scale: TimelineScale, span: Duration, on grid: inout Grid, in line: Rect) {
        let now: DisplayText = "now"
        let nowColumn = line.endColumn - now.width
        grid.write(now, at: Point(column: nowColumn, row: line.row), style: Style(.dim), clippedTo: line)
        for back in ticks(span: span, width: line.columns) {
            let label = DisplayText("-" + DurationText.short(back))
            let column = line.column + max(0, scale.column(back: back))
            guard column + label.width < nowColumn else { continue }
            grid.write(label, at: Point(column: column, row: line.row), style: Style(.dim), clippedTo: line)
        }
    }

    private func drawMoments(until end: Date, on grid: inout Grid, in line: Rect, _ context: ViewContext) {
        guard let step = Self.ticks(span: state.span, width: line.columns).first.map({ Double($0.wholeSeconds) }) else {
            return
        }
        var moment = Date(timeIntervalSince1970: (end.timeIntervalSince1970 / step).rounded(.down) * step)
        while true {
            let column = scale.column(of: moment)
            guard column >= 0 else { return }
            let clock = context.time.clock(moment)
            let label = DisplayText(step < 60 ? clock : String(clock.prefix(5)))
            if column + label.width <= line.columns {
                let place = line.origin.moved(columns: column)
                grid.write(label, at: place, style: Style(.dim), clippedTo: line)
            }
            moment = moment.addingTimeInterval(-step)
        }
    }

    /// How far back the labels of the axis stand: round times, at least twenty columns apart.
    static func ticks(span: Duration, width: Int) -> [Duration] {
        let seconds = Int(span.wholeSeconds)
        let minute = [1, 2, 5, 10, 15, 30, 60, 120, 180, 360, 720].map { $0 * 60 }
        guard width > 0, let step = ([5, 10, 15, 30] + minute).first(where: { $0 * width >= 20 * seconds }) else {
            return []
        }
        return stride(from: step, through: seconds, by: step).map { .seconds($0) }
    }
}
