import EventService

import struct Foundation.Date

/// How a promise about a route is kept, as the HTTP API shows it.
struct ObjectiveMessage: Decodable {
    struct Counts: Decodable {
        let answers, bad: UInt64
    }

    let route: String
    let kind: String
    let limitMs: Int64?
    let target: Double
    let since: Date
    let windows: [String: Counts]
    let totals: Counts

    /// The objective; `nil` for one of a route or a kind that isn't known here, or that promises nothing or everything.
    var status: ObjectiveStatus? {
        guard let route = UpstreamRoute(rawValue: route), let objective, target > 0, target < 1 else { return nil }
        return ObjectiveStatus(
            route: route,
            kind: objective,
            target: target,
            since: since,
            windows: Dictionary(
                uniqueKeysWithValues: Self.windows.compactMap { name, window in
                    windows[name].map { (window, AnswerCounts($0)) }
                }
            ),
            totals: AnswerCounts(totals)
        )
    }

    private var objective: ObjectiveStatus.Kind? {
        switch kind {
        case "availability": .availability
        case "latency": .latency(limit: Duration(told: limitMs ?? 0))
        default: nil
        }
    }

    private static let windows: [(String, BurnWindow)] = [
        ("5m", .fiveMinutes), ("30m", .halfHour), ("1h", .hour), ("6h", .sixHours), ("24h", .day),
    ]
}

extension AnswerCounts {
    fileprivate init(_ message: ObjectiveMessage.Counts) {
        self.init()
        // No more than numbers that can be added up.
        answers = min(message.answers, 1 << 48)
        bad = min(message.bad, answers)
    }
}
