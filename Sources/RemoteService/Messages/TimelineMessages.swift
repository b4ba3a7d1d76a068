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

    struct Period: Decodable {
        let second, length: Int64
        let successes, failures, rejections, probeSuccesses, probeFailures: UInt32?
    }

    struct Latency: Decodable {
        let second: Int64
        let calls: UInt32
        let p50Ms, p99Ms: Double
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
    // Not there from a service that is older than these members.
    let earlier: [Period]?
    let latencies: [Latency]?
}

/// What is told of a route, put together.
struct RemoteLane {
    /// What is known now.
    private(set) var lane = Timeline.Lane()
    private var past: LanePast

    /// The time that is told second by second, in seconds.
    static let span: Int64 = 600
    private static let maximumLatencies = 121

    /// A whole lane.
    init(_ message: LaneMessage) {
        past = LanePast((message.earlier ?? []).map(Timeline.Period.init))
        apply(message)
    }

    /// Takes over what has changed; the last second is told again for as long as it lasts.
    mutating func apply(_ change: LaneMessage) {
        let seconds = change.seconds.map(Timeline.Second.init)
        // Only where the clock there was set back is anything told that is older than the past.
        if let first = seconds.first { past.forget(after: first.second) }
        lane.seconds = lane.seconds.replacing(with: seconds, at: \.second)
        if let now = lane.seconds.last?.second {
            past.take(lane.seconds.prefix { $0.second <= now - Self.span }, now: now)
            lane.seconds = Array(lane.seconds.drop { $0.second <= now - Self.span })
        }
        lane.earlier = past.periods
        let told = (change.latencies ?? []).map(Timeline.Latency.init)
        let latencies = lane.latencies.replacing(with: told, at: \.second)
        let now = latencies.last?.second ?? 0
        lane.latencies = [Timeline.Latency](
            told: latencies.filter { $0.second > now - Self.span },
            atMost: Self.maximumLatencies
        )
        if let bands = change.bands {
            lane.bands = [Timeline.Band](told: bands.compactMap(Timeline.Band.init), atMost: LaneBands.maximum)
        }
    }
}

extension Array {
    /// These, with others in place of those from the first of them on; in order, whatever comes.
    fileprivate func replacing(with told: [Element], at time: (Element) -> Int64) -> [Element] {
        guard let first = told.first.map(time) else { return self }
        var all = Array(prefix { time($0) < first })
        for element in told where all.last.map({ time($0) < time(element) }) ?? true { all.append(element) }
        return all
    }
}

extension Int64 {
    /// A second that was told, of those that can be calculated with.
    fileprivate init(toldSecond second: Int64) {
        self = Swift.min(Swift.max(0, second), Int64(Int32.max))
    }
}

extension Timeline.Period {
    fileprivate init(_ message: LaneMessage.Period) {
        var sum = Timeline.Second(second: Int64(toldSecond: message.second))
        sum.successes = message.successes ?? 0
        sum.failures = message.failures ?? 0
        sum.rejections = message.rejections ?? 0
        sum.probeSuccesses = message.probeSuccesses ?? 0
        sum.probeFailures = message.probeFailures ?? 0
        self.init(sum: sum, length: message.length)
    }
}

extension Timeline.Latency {
    fileprivate init(_ message: LaneMessage.Latency) {
        self.init(
            second: Int64(toldSecond: message.second),
            calls: message.calls,
            median: Duration(toldMilliseconds: message.p50Ms),
            percentile99: Duration(toldMilliseconds: message.p99Ms)
        )
    }
}

extension Timeline.Second {
    fileprivate init(_ message: LaneMessage.Second) {
        self.init(second: Int64(toldSecond: message.second))
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
