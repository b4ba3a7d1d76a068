public import struct Foundation.Date

/// What the lanes are made of again after a restart.
struct HistoryPast: Sendable {
    /// How far back the lanes reach.
    static let span = Duration.seconds(LanePast.resolutions.last?.age ?? LaneRecord.span)

    /// The most changes of state that are read; an outage of all routes has so many in eight hours.
    private static let maximumEntries = 5000

    /// Changes of state, starts and stops, oldest first.
    var entries: [HistoryEntry] = []
    /// Failures, oldest first.
    var failures: [HistoryFailures] = []
}

/// Failures of one route within some seconds, counted.
public struct HistoryFailures: Sendable, Equatable {
    /// When those seconds begin.
    public var since: Date
    /// The route.
    public var route: UpstreamRoute
    /// Whether they are of probes.
    public var areProbes: Bool
    /// How many.
    public var count: Int

    /// Creates a count from its parts.
    public init(since: Date, route: UpstreamRoute, areProbes: Bool, count: Int) {
        self.since = since
        self.route = route
        self.areProbes = areProbes
        self.count = count
    }
}

extension HistoryPast {
    /// Reads what happened before `now`.
    static func read(_ history: History, now: Date) async throws(StoreError) -> HistoryPast {
        var past = HistoryPast()
        let start = now.addingTimeInterval(-span.inSeconds)
        for kind in HistoryQuery.Kind.allCases where kind != .failure {
            let query = HistoryQuery(since: start, kind: kind, limit: maximumEntries)
            past.entries += try await history.store.entries(query, of: history.holder)
        }
        past.entries.sort { $0.entry.id < $1.entry.id }
        // As finely as the lanes have them.
        var from = start
        let ages = [LaneRecord.span] + LanePast.resolutions.map(\.age)
        let lengths = [1] + LanePast.resolutions.map(\.length)
        for (length, age) in zip(lengths, [0] + ages.dropLast()).reversed() {
            let to = age == 0 ? Date.distantFuture : now.addingTimeInterval(-Double(age)).start(ofEvery: length)
            past.failures += try await history.store.failures(from: from, to: to, per: length, of: history.holder)
            from = to
        }
        return past
    }
}

extension Date {
    /// When the piece of time began that holds this moment, of those of so many seconds.
    fileprivate func start(ofEvery seconds: Int64) -> Date {
        let length = Double(seconds)
        return Date(timeIntervalSince1970: (timeIntervalSince1970 / length).rounded(.down) * length)
    }
}
