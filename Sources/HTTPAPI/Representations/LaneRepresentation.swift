import EventService

/// What happened on one route as JSON, in seconds and in times that its breaker wasn't closed.
struct LaneRepresentation: Encodable {
    /// A second; its counters only where they are not 0, since there may be 600 seconds a lane.
    struct Second: Encodable {
        let second: Int64
        let successes, failures, rejections, probeSuccesses, probeFailures: UInt32?

        init(_ second: Timeline.Second) {
            self.second = second.second
            successes = second.successes.unlessZero
            failures = second.failures.unlessZero
            rejections = second.rejections.unlessZero
            probeSuccesses = second.probeSuccesses.unlessZero
            probeFailures = second.probeFailures.unlessZero
        }
    }

    /// A longer time before those seconds.
    struct Period: Encodable {
        let length: Int64
        let second: Int64
        let successes, failures, rejections, probeSuccesses, probeFailures: UInt32?

        init(_ period: Timeline.Period) {
            let sum = Second(period.sum)
            (length, second) = (period.length, sum.second)
            (successes, failures, rejections) = (sum.successes, sum.failures, sum.rejections)
            (probeSuccesses, probeFailures) = (sum.probeSuccesses, sum.probeFailures)
        }
    }

    struct Latency: Encodable {
        let second: Int64
        let calls: UInt32
        let p50Ms, p99Ms: Double

        init(_ latency: Timeline.Latency) {
            (second, calls) = (latency.second, latency.calls)
            p50Ms = latency.median.fractionalMilliseconds
            p99Ms = latency.percentile99.fractionalMilliseconds
        }
    }

    struct Band: Encodable {
        let state: String
        let from: Timestamp
        let to: Timestamp?
        let waitMs: Int64?

        init(_ band: Timeline.Band) {
            state = band.state.rawValue
            from = Timestamp(band.from)
            to = band.to.map(Timestamp.init)
            waitMs = band.wait?.milliseconds
        }
    }

    let route: String
    /// Only where the whole lane is told: what follows is told second by second.
    let earlier: [Period]?
    let seconds: [Second]
    let bands: [Band]?
    let latencies: [Latency]?

    /// What happened on a route, as far back as it is known.
    init(_ route: UpstreamRoute, _ lane: Timeline.Lane) {
        self.route = route.rawValue
        earlier = lane.earlier.map(Period.init)
        seconds = lane.seconds.map(Second.init)
        bands = lane.bands.map(Band.init)
        latencies = lane.latencies.map(Latency.init)
    }

    /// What changed on a route since a lane was told; `nil` where nothing did.
    init?(_ route: UpstreamRoute, _ new: Timeline.Lane, since old: Timeline.Lane) {
        // Only the last second still counts; those before it are over. So it is with latencies.
        let seconds = new.seconds.changes(since: old.seconds, at: \.second)
        let latencies = new.latencies.changes(since: old.latencies, at: \.second)
        guard !seconds.isEmpty || !latencies.isEmpty || new.bands != old.bands else { return nil }
        self.route = route.rawValue
        earlier = nil
        self.seconds = seconds.map(Second.init)
        bands = new.bands == old.bands ? nil : new.bands.map(Band.init)
        self.latencies = latencies.isEmpty ? nil : latencies.map(Latency.init)
    }

    /// Every route's lane, in the order of `UpstreamRoute.allCases`, also of those where nothing happened.
    static func all(_ timeline: Timeline) -> [LaneRepresentation] {
        UpstreamRoute.allCases.map { LaneRepresentation($0, timeline.lanes[$0] ?? Timeline.Lane()) }
    }
}

extension Array where Element: Equatable {
    /// The last elements: those that weren't there, and the one that was the last, where it has changed.
    ///
    /// Where the clock was set back, and what was in its future forgotten, the last is the one before that.
    fileprivate func changes(since old: [Element], at time: (Element) -> Int64) -> [Element] {
        guard let now = self.last.map(time) else { return [] }
        let last = old.last { time($0) <= now }
        let rest = reversed().prefix { element in last.map { time(element) >= time($0) } ?? true }
        return rest.reversed().filter { $0 != last }
    }
}

extension UInt32 {
    fileprivate var unlessZero: UInt32? { self == 0 ? nil : self }
}

extension LaneRepresentation {
    static let schemas: JSONDocument = [
        "Lane": .closedObject(
            "What happened on one route in the last 24 h, the more coarsely the older it is.",
            [
                "route": Components.schema("UpstreamRoute"),
                "earlier": .list(of: Components.schema("LanePeriod"), atMost: 2000).described(
                    "What happened before the seconds, oldest first: periods of 5 s for an hour, of 30 s for six, of 120 s for the rest."
                ),
                "seconds": seconds("The seconds of the last ten minutes in which something happened, oldest first."),
                "bands": bands(
                    "The times that the breaker wasn't closed, oldest first; those before the last \(LaneBands.whole) may be several in one."
                ),
                "latencies": latencies("How long the calls of the last ten minutes took, oldest first."),
            ]
        ),
        "LaneChange": .closedObject(
            "What changed in a lane.",
            optional: ["bands", "latencies"],
            [
                "route": Components.schema("UpstreamRoute"),
                "seconds": seconds(
                    "The seconds that changed or are new, whole: each replaces the one of the same `second`."
                ),
                "bands": bands("All the bands, where one of them changed: they replace those before."),
                "latencies": latencies("Those that changed or are new: each replaces the one of the same `second`."),
            ]
        ),
        "Second": counted("What happened within one second; a counter that isn't there is 0."),
        "LanePeriod": counted(
            "What happened within several seconds; a counter that isn't there is 0.",
            ["length": ["enum": [5, 30, 120], "description": "How many seconds, from `second` on."]]
        ),
        "Latency": latency,
        "Band": band,
    ]

    private static func seconds(_ words: String) -> JSONDocument {
        .list(of: Components.schema("Second"), atMost: 600).described(words)
    }

    private static func bands(_ words: String) -> JSONDocument {
        .list(of: Components.schema("Band"), atMost: LaneBands.maximum).described(words)
    }

    private static func latencies(_ words: String) -> JSONDocument {
        .list(of: Components.schema("Latency"), atMost: 121).described(words)
    }

    private static let latency: JSONDocument = .closedObject(
        "How long the calls took that ended within five seconds, probes and failures included.",
        [
            "second": ["type": "integer", "description": "The first of them, counted from 1970-01-01T00:00:00Z."],
            "calls": ["type": "integer", "minimum": 1, "description": "How many ended."],
            "p50Ms": [
                "type": "number", "description": "What half of them did not exceed, at most an eighth too long.",
            ],
            "p99Ms": ["type": "number", "description": "What 99 of 100 did not exceed, at most an eighth too long."],
        ]
    )

    private static func counted(_ words: String, _ more: [String: JSONDocument] = [:]) -> JSONDocument {
        let members: [String: JSONDocument] = [
            "second": ["type": "integer", "description": "Counted from 1970-01-01T00:00:00Z."],
            "successes": counter("Calls that succeeded, without probes."),
            "failures": counter("Calls that failed, without probes."),
            "rejections": counter("Calls that the breaker didn't let through."),
            "probeSuccesses": counter("Probes that succeeded."),
            "probeFailures": counter("Probes that failed."),
        ]
        return .closedObject(
            words,
            optional: ["successes", "failures", "rejections", "probeSuccesses", "probeFailures"],
            members.merging(more) { $1 }
        )
    }

    private static let band: JSONDocument = .closedObject(
        "A time during which a breaker wasn't closed.",
        optional: ["to", "waitMs"],
        [
            "state": Components.schema("BreakerState"),
            "from": .timestamp,
            "to": .timestamp.described("Not there while it lasts."),
            "waitMs": .milliseconds.described("The wait for the probe, where the state is open."),
        ]
    )

    private static func counter(_ words: String) -> JSONDocument {
        ["type": "integer", "minimum": 1, "description": .string("\(words) Left out where there were none.")]
    }
}
