import EventService

import struct Foundation.Date

/// What happened to a call or a breaker, as the HTTP API shows it.
struct EntryMessage: Decodable {
    let id: UInt64
    let at: Date
    let route: String?
    let kind: String
    let message: String?
    let durationMs: Int64?
    let probe: Bool?
    let requestId: String?
    let from: String?
    let to: String?
    let reason: String?
    let downtimeMs: Int64?

    /// The entry; `nil` for one of a kind or a route that isn't known here.
    var entry: Timeline.Entry? {
        let route = route.flatMap(UpstreamRoute.init)
        guard let kind = entryKind, route != nil || kind.concernsAllRoutes else { return nil }
        return Timeline.Entry(id: id, at: at, route: route, kind: kind, requestID: requestId.map(String.init(told:)))
    }

    private var entryKind: Timeline.Entry.Kind? {
        switch kind {
        case "failure":
            return .failure(
                message: String(told: message ?? ""),
                duration: Duration(told: durationMs ?? 0),
                isProbe: probe ?? false
            )
        case "transition":
            guard let from = from.flatMap(BreakerStatus.State.init), let to = to.flatMap(BreakerStatus.State.init)
            else { return nil }
            return .transition(from: from, to: to, reason: String(told: reason ?? ""))
        case "start": return .started(downtime: downtimeMs.map(Duration.init(told:)))
        case "stop": return .stopped
        default: return nil
        }
    }
}

extension Timeline.Entry.Kind {
    fileprivate var concernsAllRoutes: Bool {
        switch self {
        case .failure, .transition: false
        case .started, .stopped: true
        }
    }
}

/// What happened on a route, or what changed in that, as the HTTP API shows it.
struct LaneMessage: Decodable {
    struct Second: Decodable {
        let second: Int64
        let successes, failures, rejections, probeSuccesses, probeFailures: UInt32?
    }

    struct Band: Decodable {
        let state: String
        let from: Date
        let to: Date?
        let waitMs: Int64?
    }

    let route: String
    let seconds: [Second]
    let bands: [Band]?
}

extension Timeline.Lane {
    /// The time that a service tells of second by second, in seconds.
    static var toldSeconds: Int { 600 }

    /// As many seconds and bands as are kept: the seconds that came since are more than a service tells of at once.
    private static var limits: (seconds: Int, bands: Int) { (3600, 64) }

    /// Takes over what has changed; the last second is told again for as long as it lasts.
    /// - Returns: The last second that was forgotten for it.
    mutating func apply(_ change: LaneMessage) -> Int64? {
        let told = change.seconds.map(Timeline.Second.init)
        if let first = told.first?.second { seconds.removeAll { $0.second >= first } }
        let all = seconds + told
        seconds = [Timeline.Second](told: all, atMost: Self.limits.seconds)
        if let bands = change.bands {
            self.bands = [Timeline.Band](told: bands.compactMap(Timeline.Band.init), atMost: Self.limits.bands)
        }
        return all.count > seconds.count ? all[all.count - seconds.count - 1].second : nil
    }
}

extension Timeline.Second {
    fileprivate init(_ message: LaneMessage.Second) {
        self.init(second: message.second)
        successes = message.successes ?? 0
        failures = message.failures ?? 0
        rejections = message.rejections ?? 0
        probeSuccesses = message.probeSuccesses ?? 0
        probeFailures = message.probeFailures ?? 0
    }
}

extension Timeline.Band {
    fileprivate init?(_ message: LaneMessage.Band) {
        guard let state = BreakerStatus.State(rawValue: message.state) else { return nil }
        self.init(state: state, from: message.from, to: message.to, wait: message.waitMs.map(Duration.init(told:)))
    }
}
