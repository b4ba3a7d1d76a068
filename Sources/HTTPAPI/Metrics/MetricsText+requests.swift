extension MetricsText {
    /// The requests to the API.
    mutating func add(_ meter: RequestMeter) {
        let underWay = metric("evenkeel_http_requests_in_flight", .gauge, "Requests that aren't answered yet.")
        sample(underWay, [:], meter.underWay)
        let routes = meter.statistics.routes.sorted { $0.key < $1.key }
        let requests = metric(
            "evenkeel_http_requests_total",
            .counter,
            "Requests answered, by method, path template and status; 499 is a client that went away."
        )
        each(routes) { text, path, series in
            for (status, count) in series.statuses {
                text.sample(requests, ["method": series.method, "route": path, "status": String(status)], count)
            }
        }
        let durations = metric(
            "evenkeel_http_request_duration_seconds",
            .histogram,
            "Time from a request's head to the beginning of its answer."
        )
        each(routes) { text, path, series in
            text.sample(durations, ["method": series.method, "route": path], series.durations)
        }
    }

    private mutating func each(
        _ routes: [(key: String, value: RequestStatistics.Route)],
        _ body: (inout MetricsText, String, RequestStatistics.Series) -> Void
    ) {
        for (path, route) in routes {
            for series in route.series { body(&self, path, series) }
        }
    }
}
