import TestSupport
import Testing

@testable import EventService

@Suite("Latency histogram")
struct LatencyHistogramTests {
    @Test("knows nothing of nothing, and one duration exactly")
    func few() {
        var histogram = LatencyHistogram()
        #expect(histogram.quantile(0.5) == .zero)
        histogram.record(.microseconds(12_345))
        #expect(histogram.quantile(0.5) == .microseconds(12_345))
        #expect(histogram.quantile(0.99) == .microseconds(12_345))
        histogram.removeAll()
        #expect(histogram.count == 0)
        #expect(histogram.quantile(0.99) == .zero)
    }

    @Test("a quantile is never too short, and at most an eighth too long", arguments: 0..<50)
    func quantiles(_ seed: UInt64) {
        var random = SplitMix64(seed: seed)
        var histogram = LatencyHistogram()
        var all: [Int] = []
        for _ in 0..<Int.random(in: 1...400, using: &random) {
            let microseconds = Int.random(in: 0...1 << Int.random(in: 0...26, using: &random), using: &random)
            all.append(microseconds)
            histogram.record(.microseconds(microseconds))
        }
        all.sort()
        for share in [0.01, 0.5, 0.9, 0.99, 1] {
            let exact = all[Int((Double(all.count) * share).rounded(.up)) - 1]
            let quantile = histogram.quantile(share)
            #expect(quantile >= .microseconds(exact))
            #expect(quantile <= .microseconds(exact + exact / 8))
        }
    }

    @Test("durations that can't be or take for ever count as the shortest and the longest")
    func extremes() {
        var histogram = LatencyHistogram()
        histogram.record(.seconds(-1))
        #expect(histogram.quantile(0.5) == .zero)
        histogram.record(.seconds(86_400 * 365))
        #expect(histogram.quantile(1) == .seconds(86_400 * 365))
    }
}
