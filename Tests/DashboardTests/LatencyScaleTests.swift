import EventService
import Foundation
import Testing
import TextUI

@testable import Dashboard

@Suite
struct LatencyScaleTests {
    private func latency(_ second: Int64) -> Timeline.Latency {
        Timeline.Latency(second: second, calls: 1, median: .milliseconds(1), percentile99: .milliseconds(2))
    }

    @Test("A column is five seconds, the newest the one that holds now, and two of them in braille")
    func columns() {
        let now = Date(timeIntervalSince1970: 1_007)
        let latencies = [980, 990, 1_000, 1_005].map(latency)
        let scale = LatencyScale(width: 4, level: .block, now: now)
        #expect(scale.points(latencies).map { $0?.second } == [990, nil, 1_000, 1_005])
        let braille = LatencyScale(width: 2, level: .braille, now: now)
        #expect(braille.points(latencies).map { $0?.second } == [990, nil, 1_000, 1_005])
        #expect(braille.cells.count == 2)
    }

    @Test("No column stands for a time that nothing is kept of")
    func bounds() {
        #expect(LatencyScale(width: 500, level: .block, now: start).cells.count == 120)
        #expect(LatencyScale(width: 500, level: .braille, now: start).cells.count == 60)
        #expect(LatencyScale(width: 0, level: .ascii, now: start).points([latency(0)]).count == 1)
    }

    @Test("The greatest value of an axis is round, and so is its half")
    func maxima() {
        let maxima = [0, 1, 2, 3, 4, 5, 11, 100, 101, 5_000].map { Duration.milliseconds($0).roundMaximum.milliseconds }
        #expect(maxima == [2, 2, 2, 4, 4, 10, 20, 100, 200, 10_000])
        #expect(Duration.seconds(Int64.max / 2).roundMaximum > .zero)
    }
}
