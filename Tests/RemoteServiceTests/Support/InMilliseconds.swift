import EventService
import Foundation

// As the HTTP API writes them.

extension Date {
    var inMilliseconds: Date { RFC3339.date(of: RFC3339.text(of: self)) ?? self }
}

extension Duration {
    fileprivate var inMilliseconds: Duration { .milliseconds(Int64((self / .milliseconds(1)).rounded())) }
}

extension Timeline {
    /// The lanes in which something happened.
    var told: [UpstreamRoute: Lane] { lanes.filter { $0.value != Lane() }.mapValues(\.inMilliseconds) }
}

extension Timeline.Lane {
    var inMilliseconds: Timeline.Lane {
        let bands = bands.map { band in
            Timeline.Band(
                state: band.state,
                from: band.from.inMilliseconds,
                to: band.to?.inMilliseconds,
                wait: band.wait
            )
        }
        let latencies = latencies.map { latency in
            Timeline.Latency(
                second: latency.second,
                calls: latency.calls,
                median: latency.median.inMilliseconds,
                percentile99: latency.percentile99.inMilliseconds
            )
        }
        return Timeline.Lane(seconds: seconds, earlier: earlier, bands: bands, latencies: latencies)
    }
}
