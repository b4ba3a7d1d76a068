import EventService
import Foundation
import TextUI

/// How the latencies of a route are laid on a row of cells: a point of the chart is the time that the service sums up.
struct LatencyScale {
    /// The cells, for what else is shown beside the chart.
    let cells: TimelineScale
    private let perColumn: Int

    /// As many columns as fit, and no more than there may be something for.
    init(width: Int, level: Glyphs.Level, now: Date) {
        perColumn = PeakChart.pointsPerColumn(level)
        let spells = Timeline.Latency.length * Int64(perColumn)
        let count = min(width, Int(Self.kept / spells))
        cells = TimelineScale(span: .seconds(spells * Int64(max(1, count))), width: count, now: now)
    }

    /// How many seconds the service keeps.
    private static let kept: Int64 = 600

    /// The latency at each point, oldest first; `nil` where no call ended.
    func points(_ latencies: [Timeline.Latency]) -> [Timeline.Latency?] {
        var points = [Timeline.Latency?](repeating: nil, count: cells.count * perColumn)
        let first = (cells.newest - Int64(cells.count) + 1) * Int64(perColumn)
        for latency in latencies {
            guard let index = Int(exactly: latency.second / Timeline.Latency.length - first) else { continue }
            if points.indices.contains(index) { points[index] = latency }
        }
        return points
    }
}

extension Duration {
    /// The round time that is no shorter, of which the half is round too: 2, 4, 10, 20, 40, 100 ms and so on.
    var roundMaximum: Duration {
        var power: Int64 = 1
        while true {
            for factor: Int64 in [2, 4, 10] where .milliseconds(power * factor) >= self || power > 1_000_000_000 {
                return .milliseconds(power * factor)
            }
            power *= 10
        }
    }
}
