import EventService

/// How a promise about a route is kept, as JSON: everything that a face needs to draw it.
struct ObjectiveRepresentation: Encodable, Equatable {
    struct Counts: Encodable, Equatable {
        let answers, bad: UInt64

        init(_ counts: AnswerCounts) {
            answers = counts.answers
            bad = counts.bad
        }
    }

    struct Window: Encodable, Equatable {
        let answers, bad: UInt64
        let burnRate: Double
    }

    let route: String
    let kind: String
    let limitMs: Int64?
    let target: Double
    let since: Timestamp
    let alert: String
    let budgetLeft: Double
    let windows: [String: Window]
    let totals: Counts

    init(_ status: ObjectiveStatus) {
        route = status.route.rawValue
        kind = status.kind.name
        limitMs = status.kind.limit?.milliseconds
        target = status.target
        since = Timestamp(status.since)
        alert = status.alert.name
        budgetLeft = status.budgetLeft.rounded(toPlaces: 4)
        windows = Dictionary(
            uniqueKeysWithValues: BurnWindow.allCases.map { window in
                let counts = status.counts(window)
                let rate = status.burnRate(window).rounded(toPlaces: 4)
                return (window.name, Window(answers: counts.answers, bad: counts.bad, burnRate: rate))
            }
        )
        totals = Counts(status.totals)
    }
}

extension ObjectiveStatus.Kind {
    /// The kind as the HTTP API and metrics spell it.
    var name: String {
        switch self {
        case .availability: "availability"
        case .latency: "latency"
        }
    }

    fileprivate var limit: Duration? {
        if case .latency(let limit) = self { limit } else { nil }
    }
}

extension BurnAlert {
    /// The alert as the HTTP API and metrics spell it.
    var name: String {
        switch self {
        case .none: "none"
        case .slowBurn: "slowBurn"
        case .fastBurn: "fastBurn"
        }
    }
}

extension BurnWindow {
    /// The window as the HTTP API and metrics spell it.
    var name: String {
        switch self {
        case .fiveMinutes: "5m"
        case .halfHour: "30m"
        case .hour: "1h"
        case .sixHours: "6h"
        case .day: "24h"
        }
    }
}

extension Double {
    fileprivate func rounded(toPlaces places: Int) -> Double {
        let scale = (0..<places).reduce(1.0) { scale, _ in scale * 10 }
        return (self * scale).rounded() / scale
    }
}

extension ObjectiveRepresentation {
    static let schemas: JSONDocument = ["Objective": schema, "ObjectiveWindow": window]

    private static let number: JSONDocument = ["type": "number"]

    private static let window: JSONDocument = .closedObject(
        "The answers within a time that ends now.",
        [
            "answers": .count.described("Those that counted."),
            "bad": .count.described("Those of them that were not as promised."),
            "burnRate": number.described("How many times the share of bad answers is what it may be."),
        ]
    )

    private static let schema = JSONDocument.closedObject(
        """
        What the callers of a route are promised, and how that is kept. There is one of a kind for each route at most. Windows \
        move in steps of 15 s.
        """,
        optional: ["limitMs"],
        [
            "route": Components.schema("UpstreamRoute"),
            "kind": .oneOf(["availability", "latency"]).described(
                "Whether answers are to be good, or good ones to come within `limitMs`."
            ),
            "limitMs": .milliseconds.described("An answer that takes longer is bad; of `latency` only."),
            "target": number.described("The share of the answers that is to be as promised, such as 0.995."),
            "since": .timestamp.described("When counting began; no window reaches back beyond that."),
            "alert": .oneOf(BurnAlert.allCases.map(\.name)).described(
                """
                Whether somebody has to act: `fastBurn` at a rate above 14.4 over `1h` and `5m`, `slowBurn` above 6 over `6h` \
                and `30m`, both with at least 5 bad answers in the shorter one.
                """
            ),
            "budgetLeft": number.described(
                "The part of what may be bad in `24h` that is left: 1 for all of it, below 0 where more was bad."
            ),
            "windows": .closedObject(
                "By their lengths.",
                Dictionary(
                    uniqueKeysWithValues: BurnWindow.allCases.map { ($0.name, Components.schema("ObjectiveWindow")) }
                )
            ),
            "totals": .closedObject("All answers since `since`.", ["answers": .count, "bad": .count]),
        ]
    )
}
