import EventService

extension MetricsText {
    /// The calls to the events API.
    mutating func add(_ statistics: ServiceStatistics) {
        let routes = UpstreamRoute.allCases.compactMap { route in
            statistics.calls[route].map { (route.rawValue, $0) }
        }
        addCalls(routes)
        addAttempts(routes)
        let denied = metric(
            "evenkeel_upstream_retries_denied_total",
            .counter,
            "Retries not made because the budget of all routes had no room."
        )
        sample(denied, [:], statistics.retriesDenied)
        let elements = metric(
            "evenkeel_fan_out_elements_total",
            .counter,
            "Events read for the lists of users' events."
        )
        sample(elements, [:], statistics.fanOut.elements)
        let reading = metric("evenkeel_fan_out_elements_in_flight", .gauge, "Events being read for such lists now.")
        sample(reading, [:], statistics.fanOut.elementsUnderWay)
    }

    private typealias Routes = [(name: String, calls: CallStatistics)]

    private mutating func addCalls(_ routes: Routes) {
        let calls = metric(
            "evenkeel_upstream_calls_total",
            .counter,
            "Calls to the events API, each with all its retries, by how they ended."
        )
        for (name, statistics) in routes {
            for outcome in CallOutcome.allCases {
                sample(calls, ["route": name, "outcome": outcome.label], statistics.calls[outcome])
            }
        }
    }

    private mutating func addAttempts(_ routes: Routes) {
        let attempts = metric(
            "evenkeel_upstream_attempts_total",
            .counter,
            "Attempts to call the events API, retries included, by how they ended."
        )
        for (name, statistics) in routes {
            for outcome in CallOutcome.allCases where outcome != .circuitOpen {
                sample(attempts, ["route": name, "outcome": outcome.label], statistics.attempts[outcome])
            }
        }
        let underWay = metric("evenkeel_upstream_attempts_in_flight", .gauge, "Attempts under way.")
        for (name, statistics) in routes { sample(underWay, ["route": name], statistics.attemptsUnderWay) }
        let retries = metric("evenkeel_upstream_retries_total", .counter, "Attempts after the first of their call.")
        for (name, statistics) in routes { sample(retries, ["route": name], statistics.retries) }
        let durations = metric(
            "evenkeel_upstream_attempt_duration_seconds",
            .histogram,
            "How long attempts took, however they ended."
        )
        for (name, statistics) in routes { sample(durations, ["route": name], statistics.attemptDurations) }
    }
}

extension CallOutcome {
    /// The outcome as the value of a label.
    fileprivate var label: String {
        switch self {
        case .success: "success"
        case .notFound: "not_found"
        case .clientError: "client_error"
        case .overloaded: "overloaded"
        case .unexpectedStatus: "unexpected_status"
        case .connectionRefused: "connection_refused"
        case .unreachable: "unreachable"
        case .reset: "reset"
        case .truncated: "truncated"
        case .timedOut: "timeout"
        case .malformed: "malformed"
        case .tooLarge: "too_large"
        case .invalidHTTP: "invalid_http"
        case .cancelled: "cancelled"
        case .notSent: "not_sent"
        case .circuitOpen: "circuit_open"
        }
    }
}
