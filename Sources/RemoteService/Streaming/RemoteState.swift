import EventService
import Foundation
import NIOCore

/// What a stream has told so far, on this connection and those before it.
struct RemoteState {
    /// What comes of an event.
    enum Result: Equatable {
        /// Something is known that wasn't before.
        case changed
        /// Nothing is: it was of no kind that is known here.
        case ignored
        /// It was the last one, for this reason.
        case ended(String)
    }

    /// The most entries and gaps that are kept, as many as the service keeps.
    static let maximumEntries = 200
    private static let maximumGaps = 64

    /// The last known state; `nil` before the first snapshot.
    private(set) var snapshot: ServiceSnapshot?
    /// What to resume from.
    private(set) var lastEventID: String?
    /// How many entries came and went without being told.
    private(set) var missedEntries: UInt64 = 0
    private var lanes: [UpstreamRoute: RemoteLane] = [:]
    /// The service's clock.
    private(set) var clock: RemoteClock

    /// Whether the connection has brought a snapshot, which its changes are changes of.
    private(set) var isCurrent = false

    init(clock: RemoteClock) {
        self.clock = clock
    }

    /// Expects the first event of a connection.
    mutating func beginConnection() {
        isCurrent = false
    }

    /// Takes an event.
    /// - Parameter uptime: The time here.
    /// - Throws: `RemoteFailure.malformed` where it isn't what the HTTP API promises.
    mutating func take(_ event: ServerSentEvent, at uptime: Duration) throws(RemoteFailure) -> Result {
        guard isCurrent || event.name == "snapshot" || event.name == "end" else {
            throw .malformed("a change before the first snapshot")
        }
        let result: Result
        do {
            result = try apply(event, at: uptime)
        } catch {
            throw .malformed("the event \(String(told: event.name)) isn't what was promised")
        }
        if let id = event.id, id.utf8.count <= Self.maximumIDLength, id.utf8.allSatisfy({ (0x21...0x7E).contains($0) })
        {
            lastEventID = id
        }
        return result
    }

    /// The longest identifier that is given back, in a header field of a request.
    private static let maximumIDLength = 256

    private mutating func apply(_ event: ServerSentEvent, at uptime: Duration) throws -> Result {
        switch event.name {
        case "snapshot": replace(try event.decoded(SnapshotMessage.self), at: uptime)
        case "missed": miss(try event.decoded(MissedMessage.self).entries)
        case "entries": append(try event.decoded([EntryMessage].self))
        case "breaker": change(try event.decoded(BreakerMessage.self), at: uptime)
        case "lanes": change(try event.decoded([LaneMessage].self))
        case "objective": change(try event.decoded(ObjectiveMessage.self))
        case "objectives": replace(try event.decoded([ObjectiveMessage].self))
        case "service": change(try event.decoded(ServiceMessage.self))
        case "end": return .ended(try event.decoded(EndMessage.self).reason)
        default: return .ignored
        }
        snapshot?.takenAt = clock.date(at: uptime)
        return .changed
    }

    private mutating func replace(_ message: SnapshotMessage, at uptime: Duration) {
        clock.set(to: message.takenAt, at: uptime)
        isCurrent = true
        var new = ServiceSnapshot(
            takenAt: message.takenAt,
            upstream: .init(url: ""),
            apiURL: nil,
            phase: .serving,
            breakers: UpstreamRoute.allCases.compactMap { route in
                message.breakers.first { $0.name == route.rawValue }?.status
            },
            timeline: Timeline(entries: message.resumed ? snapshot?.timeline.entries ?? [] : []),
            generation: snapshot.map { message.resumed ? $0.generation : $0.generation &+ 1 } ?? 0
        )
        new.apply(message.service)
        snapshot = new
        miss(message.missedEntries)
        append(message.entries)
        lanes = [:]
        change(message.lanes)
        replace(message.objectives ?? [])
        let gaps = gaps(in: message)
        snapshot?.timeline.gaps = gaps
    }

    private func gaps(in message: SnapshotMessage) -> [Timeline.Gap] {
        guard let gaps = message.gaps else {
            // A service that tells of the last ten minutes alone: what happened to calls before isn't known here.
            let known = message.takenAt.addingTimeInterval(-Double(RemoteLane.span))
            return [Timeline.Gap(from: Date(timeIntervalSince1970: 0), to: known)]
        }
        let told = gaps.filter { $0.from <= $0.to }.map { Timeline.Gap(from: $0.from, to: $0.to) }
        return [Timeline.Gap](told: told, atMost: Self.maximumGaps)
    }

    private mutating func miss(_ entries: UInt64) {
        let (sum, overflow) = missedEntries.addingReportingOverflow(entries)
        missedEntries = overflow ? .max : sum
    }

    private mutating func append(_ messages: [EntryMessage]) {
        guard let known = snapshot?.timeline.entries else { return }
        var last = known.last?.id
        // Each once and in order, whatever comes: whoever shows them tells them apart by their numbers.
        let new = messages.compactMap(\.entry).filter { entry in
            guard last.map({ entry.id > $0 }) ?? true else { return false }
            last = entry.id
            return true
        }
        snapshot?.timeline.entries = [Timeline.Entry](told: known + new, atMost: Self.maximumEntries)
    }

    private mutating func change(_ message: BreakerMessage, at uptime: Duration) {
        clock.follow(message.takenAt, at: uptime)
        guard let status = message.status else { return }
        let index = snapshot?.breakers.firstIndex { $0.route == status.route }
        if let index { snapshot?.breakers[index] = status }
    }

    private mutating func change(_ messages: [LaneMessage]) {
        for message in messages {
            guard let route = UpstreamRoute(rawValue: message.route) else { continue }
            if lanes[route]?.apply(message) == nil { lanes[route] = RemoteLane(message) }
            snapshot?.timeline.lanes[route] = lanes[route]?.lane
        }
    }

    private mutating func change(_ message: ObjectiveMessage) {
        guard let status = message.status else { return }
        let index = snapshot?.objectives.firstIndex { $0.id == status.id }
        if let index { snapshot?.objectives[index] = status }
    }

    /// Each once, whatever comes: whoever shows them tells them apart by what they are about.
    private mutating func replace(_ messages: [ObjectiveMessage]) {
        var known: Set<ObjectiveStatus.ID> = []
        snapshot?.objectives = messages.compactMap(\.status).filter { known.insert($0.id).inserted }
    }

    private mutating func change(_ message: ServiceMessage) {
        snapshot?.apply(message)
    }
}

extension ServerSentEvent {
    fileprivate func decoded<Value: Decodable>(_: Value.Type) throws -> Value {
        try JSONDecoder.remote.decode(Value.self, from: Data(data.readableBytesView))
    }
}
