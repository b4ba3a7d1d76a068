import EventService
import Foundation
import TextUI

/// The times under the lanes: how long ago, or the time of day where the lanes don't end now.
struct TimelineAxisView {
    let scale: TimelineScale
    let state: TimelineState
    /// A column that something else stands in, where there is one.
    var taken: Int?

    func draw(on grid: inout Grid, in line: Rect, context: ViewContext) {
        if let end = state.end {
            drawMoments(until: end, on: &grid, in: line, context)
        } else {
            Self.drawAges(scale, span: state.span, on: &grid, in: line, taken: taken)
        }
    }

    /// Draws how long ago the columns of a row were whose last is now, but no label over the column that is taken.
    static func drawAges(
        _ scale: TimelineScale,
        span: Duration,
        on grid: inout Grid,
        in line: Rect,
        taken: Int? = nil
    ) {
        let now: DisplayText = "now"
        let nowColumn = line.columns - now.width
        draw(now, at: nowColumn, on: &grid, in: line, taken: taken)
        for back in ticks(span: span, width: line.columns) {
            let label = DisplayText("-" + DurationText.short(back))
            let column = max(0, scale.column(back: back))
            if column + label.width < nowColumn { draw(label, at: column, on: &grid, in: line, taken: taken) }
        }
    }

    private static func draw(_ label: DisplayText, at column: Int, on grid: inout Grid, in line: Rect, taken: Int?) {
        if let taken, (column..<column + label.width).contains(taken) { return }
        grid.write(label, at: line.origin.moved(columns: column), style: Style(.dim), clippedTo: line)
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
            if column + label.width <= line.columns { Self.draw(label, at: column, on: &grid, in: line, taken: taken) }
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
