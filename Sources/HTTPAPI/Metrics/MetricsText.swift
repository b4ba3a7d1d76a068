import EventService
import NIOCore

/// Metrics in Prometheus' text format 0.0.4 (https://prometheus.io/docs/instrumenting/exposition_formats/).
struct MetricsText {
    static let contentType = "text/plain; version=0.0.4; charset=utf-8"

    /// What a metric is.
    enum Kind: String {
        /// It only grows while the process lives; its name ends in `_total`.
        case counter
        /// It goes up and down.
        case gauge
        /// Durations by buckets; its name ends in `_seconds`.
        case histogram
    }

    typealias Labels = KeyValuePairs<String, String>

    private(set) var buffer = ByteBuffer()

    /// Begins a metric, which must be done once for each; its samples follow.
    mutating func metric(_ name: String, _ kind: Kind, _ help: String) -> Metric {
        buffer.writeString("# HELP \(name) \(help.escapedLines)\n# TYPE \(name) \(kind.rawValue)\n")
        return Metric(name: name)
    }

    /// Writes a sample of a metric.
    mutating func sample(_ metric: Metric, _ labels: Labels = [:], _ value: some MetricValue) {
        write(metric.name, Self.text(labels), value)
    }

    /// Writes the samples of a histogram: those of its buckets, which include the ones below, the sum and the count.
    mutating func sample(_ metric: Metric, _ labels: Labels, _ histogram: DurationHistogram) {
        let text = Self.text(labels)
        let separator = text.isEmpty ? "" : ","
        var below: UInt64 = 0
        for (index, count) in histogram.counts.enumerated() {
            below += count
            let bound = index < Self.bounds.count ? Self.bounds[index] : "+Inf"
            write("\(metric.name)_bucket", "\(text)\(separator)le=\"\(bound)\"", below)
        }
        write("\(metric.name)_sum", text, histogram.sum.inSeconds)
        write("\(metric.name)_count", text, below)
    }

    private static let bounds = DurationHistogram.bounds.map { $0.inSeconds.description }

    private static func text(_ labels: Labels) -> String {
        labels.map { "\($0)=\"\($1.escapedLabel)\"" }.joined(separator: ",")
    }

    private mutating func write(_ name: String, _ labels: String, _ value: some MetricValue) {
        buffer.writeString(labels.isEmpty ? "\(name) \(value)\n" : "\(name){\(labels)} \(value)\n")
    }

    /// A metric that was begun.
    struct Metric {
        fileprivate let name: String
    }
}

/// A number whose description is what Prometheus reads.
protocol MetricValue: CustomStringConvertible {}

extension Int: MetricValue {}
extension UInt64: MetricValue {}
extension Double: MetricValue {}

extension String {
    /// The text of a comment's rest.
    fileprivate var escapedLines: String {
        replacing("\\", with: "\\\\").replacing("\n", with: "\\n")
    }

    /// The text between a label's quotes.
    fileprivate var escapedLabel: String {
        utf8.contains { $0 == UInt8(ascii: "\\") || $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "\n") }
            ? escapedLines.replacing("\"", with: "\\\"") : self
    }
}
