import EventService
import Testing

@Suite("Histogram of durations")
struct DurationHistogramTests {
    @Test("a duration counts in the first bucket whose bound it doesn't exceed, and only there")
    func buckets() {
        for (index, bound) in DurationHistogram.bounds.enumerated() {
            var histogram = DurationHistogram()
            histogram.record(bound)
            #expect(histogram.counts[index] == 1, "\(bound)")
            histogram.record(bound + .nanoseconds(1))
            #expect(histogram.counts[index + 1] == 1, "just above \(bound)")
            #expect(histogram.count == 2)
        }
    }

    @Test("the bounds ascend, from one millisecond to half a minute")
    func bounds() {
        let bounds = DurationHistogram.bounds
        #expect(zip(bounds, bounds.dropFirst()).allSatisfy(<))
        #expect(bounds.first == .milliseconds(1))
        #expect(bounds.last == .seconds(30))
    }

    @Test("the sum is exact")
    func sum() {
        var histogram = DurationHistogram()
        for _ in 0..<1_000_000 { histogram.record(.nanoseconds(1)) }
        histogram.record(.seconds(100_000))
        #expect(histogram.sum == .seconds(100_000) + .milliseconds(1))
        #expect(histogram.count == 1_000_001)
    }
}
