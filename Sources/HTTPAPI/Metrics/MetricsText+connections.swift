extension MetricsText {
    /// The connections, the streams on them, and what was refused before it got to a route.
    mutating func add(_ connections: ConnectionMeter.Statistics, streams: Int) {
        let open = metric("evenkeel_http_connections_open", .gauge, "Connections that are open.")
        sample(open, [:], connections.open)
        let openStreams = metric("evenkeel_http_streams_open", .gauge, "Streams of events that are open.")
        sample(openStreams, [:], streams)
        let closed = metric(
            "evenkeel_http_connections_closed_total",
            .counter,
            "Connections closed without an answer because of a limit."
        )
        for end in ConnectionEnd.allCases { sample(closed, ["reason": end.rawValue], connections.closed[end] ?? 0) }
        let refused = metric(
            "evenkeel_http_requests_refused_total",
            .counter,
            "Requests that broke the rules of HTTP or a limit, and have no route and no method for that."
        )
        for (status, count) in connections.refusals.sorted(by: { $0.key < $1.key }) {
            sample(refused, ["status": String(status)], count)
        }
    }
}
