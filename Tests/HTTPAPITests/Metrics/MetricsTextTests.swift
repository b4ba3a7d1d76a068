import EventService
import NIOCore
import Testing

@testable import HTTPAPI

@Suite("Prometheus' text format")
struct MetricsTextTests {
    @Test("a metric says what it is, then its samples")
    func plain() {
        var text = MetricsText()
        let metric = text.metric("a_total", .counter, "Things.")
        text.sample(metric, [:], 3)
        text.sample(metric, ["x": "1", "y": "2"], 0.25)
        #expect(
            String(buffer: text.buffer) == """
                # HELP a_total Things.
                # TYPE a_total counter
                a_total 3
                a_total{x="1",y="2"} 0.25

                """
        )
    }

    @Test("backslashes, quotes and line ends are escaped where they would break a line")
    func escaping() throws {
        var text = MetricsText()
        let metric = text.metric("a", .gauge, "one\ntwo \\ \"three\"")
        text.sample(metric, ["x": "a\\b\"c\nd,é}"], 1)
        #expect(
            String(buffer: text.buffer) == #"""
                # HELP a one\ntwo \\ "three"
                # TYPE a gauge
                a{x="a\\b\"c\nd,é}"} 1

                """#
        )
        let read = try Exposition(String(buffer: text.buffer))
        #expect(read.samples.map(\.labels) == [["x": "a\\b\"c\nd,é}"]])
    }

    @Test("the largest count keeps its last digit")
    func exact() {
        var text = MetricsText()
        text.sample(text.metric("a_total", .counter, "Things."), [:], UInt64.max)
        #expect(String(buffer: text.buffer).hasSuffix("a_total 18446744073709551615\n"))
    }

    @Test("a histogram's buckets include those below, and the last one everything")
    func histogram() throws {
        var histogram = DurationHistogram()
        for duration in [Duration.microseconds(500), .milliseconds(1), .milliseconds(30), .seconds(60)] {
            histogram.record(duration)
        }
        var text = MetricsText()
        text.sample(text.metric("a_seconds", .histogram, "Time."), ["r": "x"], histogram)
        let read = try Exposition(String(buffer: text.buffer))
        let buckets = read.samples.filter { $0.name == "a_seconds_bucket" }
        #expect(buckets.allSatisfy { $0.labels["r"] == "x" })
        #expect(
            buckets.map { $0.labels["le"] } == [
                "0.001", "0.0025", "0.005", "0.01", "0.025", "0.05", "0.1", "0.25", "0.5", "1.0", "2.5", "5.0", "10.0",
                "15.0", "30.0", "+Inf",
            ]
        )
        #expect(buckets.map(\.value) == [2, 2, 2, 2, 2, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 4])
        #expect(read.values("a_seconds_count") == [4])
        #expect(read.values("a_seconds_sum") == [60.0315])
    }

    @Test("a histogram without labels has only its bounds")
    func unlabelled() {
        var text = MetricsText()
        text.sample(text.metric("a_seconds", .histogram, "Time."), [:], DurationHistogram())
        let string = String(buffer: text.buffer)
        #expect(string.contains("a_seconds_bucket{le=\"0.001\"} 0\n"))
        #expect(string.hasSuffix("a_seconds_sum 0.0\na_seconds_count 0\n"))
    }
}
