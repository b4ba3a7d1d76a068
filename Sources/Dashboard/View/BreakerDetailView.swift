import EventService
import TextUI

/// Everything about one breaker: its state and why, what it waits for, what it has counted, and what happens next.
struct BreakerDetailView {
    let breaker: BreakerStatus
    /// Why the breaker entered its state, where the timeline still knows.
    let reason: String?
    let latency: LatencyView

    private static let labelWidth = 9

    func draw(on grid: inout Grid, in area: Rect, context: ViewContext) {
        let inner = area.inset(columns: 1)
        var row = 0
        for (label, text) in lines(in: inner, context) {
            let indent = label.isEmpty ? 0 : Self.labelWidth
            let line = inner.line(row)
            grid.write(label, at: line.origin, style: Style(.dim), clippedTo: line)
            grid.write(
                text.truncated(to: line.columns - indent, ellipsis: context.glyphs.ellipsis),
                at: line.origin.moved(columns: indent),
                clippedTo: line
            )
            row += 1
        }
        drawOutlook(on: &grid, in: inner, fromRow: row, context)
        let chart = chartArea(in: inner, lines: row, context)
        latency.draw(on: &grid, in: chart, labelWidth: Self.labelWidth, context: context)
    }

    /// The time until something moves that is drawn here by the time; `nil` where nothing does.
    func untilNextMove(in area: Rect, context: ViewContext) -> Duration? {
        let inner = area.inset(columns: 1)
        return latency.untilNextMove(
            briefWidth: briefWidth(in: inner, context),
            chart: chartArea(in: inner, lines: lines(in: inner, context).count, context),
            labelWidth: Self.labelWidth,
            context
        )
    }

    /// How many columns there are for the latency beside the calls; none where it has a line of its own.
    private func briefWidth(in inner: Rect, _ context: ViewContext) -> Int {
        hasLatencyLine(inner, context) ? 0 : inner.columns - Self.labelWidth - calls.width - 3
    }

    private func hasLatencyLine(_ inner: Rect, _ context: ViewContext) -> Bool {
        inner.rows > 5 + outlookRows(width: inner.columns - Self.labelWidth, context)
    }

    /// What is left under the words, below a blank row.
    private func chartArea(in inner: Rect, lines: Int, _ context: ViewContext) -> Rect {
        let used = lines + outlookRows(width: inner.columns - Self.labelWidth, context) + 1
        return Rect(column: inner.column, row: inner.row + used, columns: inner.columns, rows: inner.rows - used)
    }

    private func outlook(_ context: ViewContext) -> DisplayText {
        DisplayText(breaker.outlook(at: context.now, time: context.time))
    }

    private func outlookRows(width: Int, _ context: ViewContext) -> Int {
        width > 0 ? outlook(context).wrapped(to: width).count : 0
    }

    private func drawOutlook(on grid: inout Grid, in inner: Rect, fromRow row: Int, _ context: ViewContext) {
        guard row < inner.rows else { return }
        let rest = Rect(
            column: inner.column + Self.labelWidth,
            row: inner.row + row,
            columns: inner.columns - Self.labelWidth,
            rows: inner.rows - row
        )
        grid.write("next", at: Point(column: inner.column, row: rest.row), style: Style(.dim), clippedTo: inner)
        Paragraph(outlook(context), style: Style(.accent))
            .draw(on: &grid, in: rest, ellipsis: context.glyphs.ellipsis)
    }

    private func lines(in inner: Rect, _ context: ViewContext) -> [(DisplayText, StyledText)] {
        let width = inner.columns - Self.labelWidth
        let latencyLine = hasLatencyLine(inner, context) ? [("latency" as DisplayText, latency.words(context))] : []
        let brief = latency.brief(width: briefWidth(in: inner, context), context)
        return [
            ("state", state(width: width, context)), ("probe", probe(width: width, context)),
            ("window", window(width: width, context)),
            ("calls", brief.isEmpty ? calls(width: width, context) : calls + "   " + brief),
        ] + latencyLine + [("error", lastFailure(context))]
    }

    /// The least room in which a reason that is cut still tells something.
    private static let leastReason = 12

    private func state(width: Int, _ context: ViewContext) -> StyledText {
        var text = StyledText(
            breaker.state.symbol(context.glyphs) + " " + DisplayText(breaker.state.rawValue),
            Style(breaker.state.role, .bold)
        )
        text.append(DisplayText("  since \(context.time.moment(breaker.since, now: context.now))"))
        let tail = StyledText(DisplayText("  \(reason ?? "")"), Style(.dim))
        if reason != nil, text.width + min(tail.width, Self.leastReason) <= width { text = text + tail }
        return text
    }

    /// The countdown with its bar, and the step of the back-off; what does not fit is left out from the right.
    private func probe(width: Int, _ context: ViewContext) -> StyledText {
        guard breaker.mode == .automatic else { return StyledText("none until it is automatic again", Style(.dim)) }
        var text = StyledText()
        if let left = breaker.timeLeft(at: context.now) {
            text.append(countdown(left), Style(.bad, .bold))
            if let wait = breaker.wait, wait > .zero, width >= 40 {
                let done = 1 - left.inSeconds / wait.inSeconds
                text.append("  ")
                text = text + ProgressBar(done).styled(width: 15, glyphs: context.glyphs, done: Style(.accent))
            }
        } else if breaker.state == .halfOpen {
            let count = breaker.probesUnderWay
            text.append(
                count == 0 ? "the next call" : count == 1 ? "under way" : "\(count) under way",
                Style(.probe, .bold)
            )
        }
        let step = step(context)
        if text.isEmpty { return step }
        return text.width + 3 + step.width <= width ? text + "   " + step : text
    }

    private func countdown(_ left: Duration) -> DisplayText {
        guard left > .zero else { return "due      " }
        // Always as wide, so that the bar stands still.
        return DisplayText("in " + DurationText.countdown(left)).padded(to: 9)
    }

    private func step(_ context: ViewContext) -> StyledText {
        let waits = breaker.waitSchedule
        guard !waits.isEmpty else { return StyledText() }
        let separator = " \(context.glyphs.pointer.string) "
        let list = DurationText.list(waits, separator: separator)
        guard let step = breaker.waitStep else { return StyledText(DisplayText("after opening: \(list)"), Style(.dim)) }
        return StyledText([
            .init(DisplayText("wait \(step) of \(waits.count): ")), .init(DisplayText(list), Style(.dim)),
        ])
    }

    private func window(width: Int, _ context: ViewContext) -> StyledText {
        let count = breaker.failuresInWindow(at: context.now)
        let threshold = max(1, breaker.failureThreshold)
        var text = StyledText()
        if threshold <= 20 {
            let full = min(count, threshold)
            text.append(context.glyphs.windowFull.repeated(full), Style(.bad))
            text.append(context.glyphs.windowEmpty.repeated(threshold - full) + " ", Style(.dim))
        }
        let window = DurationText.length(breaker.failureWindow)
        text.append(DisplayText("\(count) of \(threshold) failures in \(window)"))
        let ages = ages(width: width - text.width - 3, context)
        if !ages.isEmpty { text.append(DisplayText(":  \(ages)"), Style(.dim)) }
        return text
    }

    /// How long ago the failures happened that count, the newest first, as many as there is room for.
    private func ages(width: Int, _ context: ViewContext) -> String {
        var ages = breaker.failures.suffix(breaker.failuresInWindow(at: context.now)).reversed().map {
            DurationText.age(context.now.time(since: $0))
        }
        while !ages.isEmpty {
            let words = ages.joined(separator: ", ") + " ago"
            if words.count <= width { return words }
            ages.removeLast()
        }
        return ""
    }

    private var calls: StyledText {
        let totals = breaker.totals
        return StyledText(
            DisplayText(
                "passed \(totals.succeeded)   failed \(totals.failed)   rejected \(totals.rejected)   opened \(totals.opened) ×"
            )
        )
    }

    /// The same in as many words as there is room for, and otherwise by the glyphs of the timeline.
    private func calls(width: Int, _ context: ViewContext) -> StyledText {
        let totals = breaker.totals
        let words = StyledText(
            DisplayText("passed \(totals.succeeded)  failed \(totals.failed)  rejected \(totals.rejected)")
        )
        let glyphs = context.glyphs
        let short = [
            (glyphs.success, totals.succeeded), (glyphs.failure, totals.failed), (glyphs.rejected, totals.rejected),
        ]
        .map { $0.0 + DisplayText(" \($0.1)") }.reduce(DisplayText.empty) { $0.isEmpty ? $1 : $0 + "  " + $1 }
        return [calls, words].first { $0.width <= width } ?? StyledText(short)
    }

    private func lastFailure(_ context: ViewContext) -> StyledText {
        guard let last = breaker.lastFailure else { return StyledText("none", Style(.dim)) }
        return StyledText([
            .init(DisplayText(context.time.moment(last.at, now: context.now) + "  "), Style(.dim)),
            .init(DisplayText(last.message)),
        ])
    }
}
