import EventService

extension Settings {
    /// What the callers of the routes are promised: of every route, where nothing else is set for one.
    static func objectives(_ reader: SettingsReader) throws(SettingsError) -> [UpstreamRoute: RouteObjectives] {
        let all = try ObjectiveValues(reader, [], else: ObjectiveValues())
        var objectives: [UpstreamRoute: RouteObjectives] = [:]
        for route in UpstreamRoute.allCases {
            objectives[route] = try ObjectiveValues(reader, [route.rawValue], else: all).objectives
        }
        return objectives
    }
}

/// What is set of the objectives, of one route or all of them.
private struct ObjectiveValues {
    /// In percent; zero promises nothing.
    private var availability = (RouteObjectives().availability ?? 0) * 100
    /// Zero promises nothing.
    private var latencyLimit = Duration.zero
    /// In percent.
    private var latencyShare = 99.0

    init() {}

    /// - Parameters:
    ///   - scope: What stands between the beginning and the end of the names.
    ///   - defaults: What holds where nothing is set.
    init(_ reader: SettingsReader, _ scope: [String], else defaults: Self) throws(SettingsError) {
        self = defaults
        try reader.read(.promise(["slo"] + scope + ["availability"], orNone: true), into: &availability)
        try reader.read(.milliseconds(["slo"] + scope + ["latencyMs"], in: 0...3_600_000), into: &latencyLimit)
        try reader.read(.promise(["slo"] + scope + ["latencyPercent"], orNone: false), into: &latencyShare)
    }

    var objectives: RouteObjectives {
        RouteObjectives(
            availability: availability == 0 ? nil : availability / 100,
            latency: latencyLimit == .zero ? nil : .init(limit: latencyLimit, share: latencyShare / 100)
        )
    }
}
