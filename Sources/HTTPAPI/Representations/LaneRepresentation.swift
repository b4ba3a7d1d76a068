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
    let seconds: [Second]
    let bands: [Band]?

    private static let maximumBands = 64

    init(_ route: UpstreamRoute, seconds: some Sequence<Timeline.Second>, bands: [Timeline.Band]?) {
        self.route = route.rawValue
        self.seconds = seconds.map(Second.init)
        // Those before may be several in one: whoever wants to know how it was reads the entries.
        self.bands = bands?.suffix(Self.maximumBands).map(Band.init)
    }

    /// Every route's lane, in the order of `UpstreamRoute.allCases`, also of those where nothing happened.
    static func all(_ timeline: Timeline) -> [LaneRepresentation] {
        UpstreamRoute.allCases.map { route in
            let lane = timeline.lanes[route] ?? Timeline.Lane()
            return LaneRepresentation(route, seconds: lane.seconds, bands: lane.bands)
        }
    }
}

extension UInt32 {
    fileprivate var unlessZero: UInt32? { self == 0 ? nil : self }
}

extension LaneRepresentation {
    static let schemas: JSONDocument = [
        "Lane": schema("What happened on one route in the last ten minutes."),
        "LaneChange": schema("What changed in a lane.", optional: ["bands"]),
        "Second": second,
        "Band": band,
    ]

    private static func schema(_ words: String, optional: Set<String> = []) -> JSONDocument {
        .closedObject(
            words,
            optional: optional,
            [
                "route": Components.schema("UpstreamRoute"),
                "seconds": .list(of: Components.schema("Second"), atMost: 600).described(
                    optional.isEmpty
                        ? "The seconds in which something happened, oldest first."
                        : "The seconds that changed or are new, whole: each replaces the one of the same `second`."
                ),
                "bands": .list(of: Components.schema("Band"), atMost: maximumBands).described(
                    optional.isEmpty
                        ? "The times that the breaker wasn't closed, oldest first."
                        : "All the bands, where one of them changed: they replace those before."
                ),
            ]
        )
    }

    private static let second: JSONDocument = .closedObject(
        "What happened within one second; a counter that isn't there is 0.",
        optional: ["successes", "failures", "rejections", "probeSuccesses", "probeFailures"],
        [
            "second": ["type": "integer", "description": "Counted from 1970-01-01T00:00:00Z."],
            "successes": counter("Calls that succeeded, without probes."),
            "failures": counter("Calls that failed, without probes."),
            "rejections": counter("Calls that the breaker didn't let through."),
            "probeSuccesses": counter("Probes that succeeded."),
            "probeFailures": counter("Probes that failed."),
        ]
    )

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
