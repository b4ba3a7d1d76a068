import EventService

/// Which entries of the timeline are asked for.
struct TimelineQuery {
    static let limits = 1...200
    static let defaultLimit = 50

    private(set) var limit = defaultLimit
    /// Only entries before the one with this identifier.
    private(set) var before: UInt64?
    private(set) var route: UpstreamRoute?
    private(set) var kind: HistoryQuery.Kind?

    /// Reads the query.
    /// - Throws: `ServiceError` of kind `invalid` that lists every parameter that is wrong.
    init(_ query: String?) throws(ServiceError) {
        var parameters = QueryParameters(query)
        parameters.refuse(otherThan: Self.parameters.map(\.name))
        limit = parameters.number("limit", in: Self.limits) ?? Self.defaultLimit
        before = parameters.number("before", in: 0...Int.max).map(UInt64.init)
        route = parameters.choice("route")
        kind = parameters.choice("kind")
        try parameters.check()
    }

    /// The entries asked for.
    func page(from service: EventService) async -> TimelinePage {
        await service.timelinePage(HistoryQuery(before: before, route: route, kind: kind, limit: limit))
    }

    /// The same query for the entries before an identifier.
    func string(before id: UInt64) -> String {
        let parts: [(String, String?)] = [
            ("limit", String(limit)), ("before", String(id)), ("route", route?.rawValue), ("kind", kind?.rawValue),
        ]
        return parts.compactMap { name, value in value.map { "\(name)=\($0)" } }.joined(separator: "&")
    }
}

extension TimelineQuery {
    static let parameters: [Operation.Parameter] = [
        .limit(limits, default: defaultLimit),
        .init(
            name: "before",
            description: "Only entries before the one with this id.",
            schema: .count.merging(["maximum": .integer(.max)])
        ),
        .init(
            name: "route",
            description: "Only entries of this route.",
            schema: Components.schema("UpstreamRoute")
        ),
        .init(
            name: "kind",
            description: "Only entries of this kind.",
            schema: .oneOf(HistoryQuery.Kind.allCases.map(\.rawValue))
        ),
    ]
}
