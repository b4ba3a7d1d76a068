import EventService
import Foundation
import TextUI

/// How long the calls to a route took lately: in words, and as a chart with what came of the calls below it.
struct LatencyView {
    let lane: Timeline.Lane
    let gaps: [Timeline.Gap]

    /// The fewest rows in which the chart says more than the words.
    static let minimumRows = 6

    /// How much of what happened before stands beside the last latency.
    private static let columnsBeside = 8...40

    /// The last latencies in words.
    func words(_ context: ViewContext) -> StyledText {
        guard let last = lane.latencies.last else { return StyledText("no calls lately", Style(.dim)) }
        let at = context.time.moment(Date(timeIntervalSince1970: Double(last.second)), now: context.now)
        let calls = last.calls == 1 ? "1 call" : "\(last.calls) calls"
        return StyledText([
            .init(DisplayText("p50 \(DurationText.length(last.median))")),
            .init(DisplayText("  p99 \(DurationText.length(last.percentile99))")),
            .init(DisplayText("  of \(calls) within \(Timeline.Latency.length) s at \(at)"), Style(.dim)),
        ])
    }

    /// The last latencies and a small chart of those before, to stand beside something else; empty where there is no room.
    func brief(width: Int, _ context: ViewContext) -> StyledText {
        guard let scale = briefScale(width: width, context), let last = lane.latencies.last else { return StyledText() }
        let chart = Sparkline(scale.points(lane.latencies).map { $0.map(\.percentile99.inSeconds) })
            .text(width: scale.cells.count, glyphs: context.glyphs)
        let percentile = DisplayText("p99 \(DurationText.length(last.percentile99))")
        let median = DisplayText("p50 \(DurationText.length(last.median))")
        let words = hasMedian(width) ? median.padded(to: Self.briefWords) + percentile : percentile
        return StyledText([.init(words.padded(to: briefWords(width))), .init(chart, Style(.accent))])
    }

    /// The columns for a latency, as many as it takes at most, so that the chart stands still.
    private static let briefWords = 14

    /// Whether there is room for the median besides.
    private func hasMedian(_ width: Int) -> Bool {
        width >= 2 * Self.briefWords + Self.columnsBeside.lowerBound
    }

    private func briefWords(_ width: Int) -> Int {
        hasMedian(width) ? 2 * Self.briefWords : Self.briefWords
    }

    /// The time until what is drawn moves by a cell; `nil` where nothing does.
    func untilNextMove(briefWidth: Int, chart: Rect, labelWidth: Int, _ context: ViewContext) -> Duration? {
        let scales = [
            briefScale(width: briefWidth, context),
            track(in: chart, labelWidth: labelWidth).map { scale($0, context) },
        ]
        return scales.compactMap { $0 }.filter { scale in
            scale.points(lane.latencies).contains { $0 != nil }
        }.map { $0.cells.untilNextMove(now: context.now) }.min()
    }

    /// The scale of the small chart; `nil` where there is no room for it.
    private func briefScale(width: Int, _ context: ViewContext) -> LatencyScale? {
        let columns = min(width - briefWords(width), Self.columnsBeside.upperBound)
        guard columns >= Self.columnsBeside.lowerBound else { return nil }
        return LatencyScale(width: columns, level: context.glyphs.level, now: context.now)
    }

    private func scale(_ track: Rect, _ context: ViewContext) -> LatencyScale {
        LatencyScale(width: track.columns, level: context.glyphs.level, now: context.now)
    }

    /// Where the chart stands; `nil` where there is no room for it.
    private func track(in area: Rect, labelWidth: Int) -> Rect? {
        guard area.rows >= Self.minimumRows, area.columns >= labelWidth + 16 else { return nil }
        return Rect(
            column: area.column + labelWidth,
            row: area.row,
            columns: area.columns - labelWidth,
            rows: area.rows
        )
    }

    /// Draws the chart with its axes and its legend.
    /// - Parameter labelWidth: How many columns at the left are for the labels.
    func draw(on grid: inout Grid, in area: Rect, labelWidth: Int, context: ViewContext) {
        guard let track = track(in: area, labelWidth: labelWidth) else { return }
        let scale = scale(track, context)
        let rows = track.splitRows([.rest, .fixed(1), .fixed(1), .fixed(track.rows < 10 ? 0 : 1), .fixed(1)])
        drawChart(on: &grid, in: rows[0], labels: area.column, scale, context)
        let cells = LaneCells(lane, gaps: gaps, scale: scale.cells)
        grid.write("calls", at: Point(column: area.column, row: rows[1].row), style: Style(.dim), clippedTo: area)
        LaneView(lane: cells).draw(on: &grid, in: rows[1], context: context)
        drawAxis(on: &grid, in: rows[2], scale)
        grid.write(legend(context.glyphs), at: rows[4].origin, clippedTo: rows[4])
    }

    private func drawChart(
        on grid: inout Grid,
        in area: Rect,
        labels: Int,
        _ scale: LatencyScale,
        _ context: ViewContext
    ) {
        let points = scale.points(lane.latencies)
        let maximum = (points.compactMap { $0?.percentile99 }.max() ?? .zero).roundMaximum
        var marks = [(maximum, area.row), (.zero, area.endRow - 1)]
        // The half is the top of a row only where their number is even.
        if area.rows >= 4, area.rows.isMultiple(of: 2) { marks.append((maximum / 2, area.row + area.rows / 2)) }
        for (duration, row) in marks {
            let label = DisplayText(duration == .zero ? "0" : DurationText.length(duration))
            let place = Point(column: labels, row: row)
            grid.write(label, at: place, style: Style(.dim), clippedTo: grid.bounds)
        }
        let chart = PeakChart(
            points.map { $0.map { .init(bar: $0.median.inSeconds, peak: $0.percentile99.inSeconds) } },
            maximum: maximum.inSeconds
        )
        chart.draw(on: &grid, in: area, glyphs: context.glyphs, bar: Style(.accent), peak: Style(.warning))
    }

    private func drawAxis(on grid: inout Grid, in line: Rect, _ scale: LatencyScale) {
        let span = Duration.milliseconds(scale.cells.cell * Int64(scale.cells.count))
        let line = Rect(column: line.column, row: line.row, columns: scale.cells.count, rows: 1)
        TimelineAxisView.drawAges(scale.cells, span: span, on: &grid, in: line)
    }

    private func legend(_ glyphs: Glyphs) -> StyledText {
        let (bar, peak): (DisplayText, DisplayText) =
            glyphs.level == .braille ? ("⣿", "⠉") : (glyphs.barFull, glyphs.peak)
        let parts: [(DisplayText, Style, DisplayText)] = [
            (bar, Style(.accent), "half took no longer (p50)"),
            (peak, Style(.warning), "99 of 100 (p99)"),
        ]
        return parts.reduce(into: StyledText()) { text, part in
            text.append((text.isEmpty ? "" : "   ") + part.0, part.1)
            text.append(" " + part.2, Style(.dim))
        }
    }
}
