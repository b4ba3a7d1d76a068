import EventService

/// What a client of a stream knows, and so what it has to be told.
///
/// One snapshot, whatever happens and however slowly the client reads: many changes become one. Clients that know the same
/// snapshot have the same state.
struct StreamState {
    /// Something to tell.
    enum Message {
        case snapshot(StreamSnapshotRepresentation)
        /// Entries that are gone, before the one with the identifier `next`.
        case missed(entries: UInt64, next: UInt64)
        case entries([TimelineEntryRepresentation])
        case breaker(BreakerRepresentation)
        case lanes([LaneRepresentation])
        case objective(ObjectiveRepresentation)
        /// Which there are now, in place of all.
        case objectives([ObjectiveRepresentation])
        case service(ServiceRepresentation)
    }

    /// How far the client is once it has got what it was told last.
    private(set) var position: StreamPosition

    private var service: ServiceRepresentation?
    private var breakers: [BreakerStatus] = []
    private var lanes: [UpstreamRoute: Timeline.Lane] = [:]
    private var objectives: [ObjectiveStatus] = []
    private let resumesFrom: UInt64?

    /// A client that has nothing, or nothing but the entries up to a position.
    init(boot: String, resumingFrom position: StreamPosition?) {
        self.position = StreamPosition(boot: boot, nextEntry: 0)
        resumesFrom = position?.boot == boot ? position?.nextEntry : nil
    }

    /// Whether the client knows that the service is about to stop.
    var isDraining: Bool { service?.phase == ServiceSnapshot.Phase.draining.rawValue }

    /// What the client has to be told to know a snapshot; the first time everything.
    mutating func messages(for snapshot: ServiceSnapshot) -> [Message] {
        let changes = service == nil ? [first(snapshot)] : entries(in: snapshot.timeline) + changes(in: snapshot)
        service = ServiceRepresentation(snapshot)
        breakers = snapshot.breakers
        lanes = snapshot.timeline.lanes
        objectives = snapshot.objectives
        return changes
    }

    private mutating func first(_ snapshot: ServiceSnapshot) -> Message {
        let end = snapshot.timeline.entries.nextID
        // Nobody has seen an entry that isn't there yet.
        let resumed = resumesFrom.map { $0 <= end } ?? false
        position.nextEntry = resumed ? resumesFrom ?? 0 : snapshot.timeline.entries.first?.id ?? 0
        let (entries, missed) = takeEntries(of: snapshot.timeline)
        return .snapshot(
            StreamSnapshotRepresentation(snapshot, entries: entries, missed: missed, resumed: resumed)
        )
    }

    private mutating func entries(in timeline: Timeline) -> [Message] {
        let (entries, missed) = takeEntries(of: timeline)
        return (missed > 0 ? [.missed(entries: missed, next: entries.first?.id ?? position.nextEntry)] : [])
            + (entries.isEmpty ? [] : [.entries(entries.map(TimelineEntryRepresentation.init))])
    }

    /// The entries from the position on, and how many before them are gone; the position is behind them all then.
    private mutating func takeEntries(of timeline: Timeline) -> (ArraySlice<Timeline.Entry>, missed: UInt64) {
        guard let oldest = timeline.entries.first?.id else { return ([], 0) }
        let missed = oldest > position.nextEntry ? oldest - position.nextEntry : 0
        let known = position.nextEntry > oldest ? position.nextEntry - oldest : 0
        position.nextEntry = timeline.entries.nextID
        return (timeline.entries.dropFirst(Int(known)), missed)
    }

    private func changes(in snapshot: ServiceSnapshot) -> [Message] {
        let changed = zip(breakers, snapshot.breakers).filter { $0 != $1 }.map(\.1)
        let lanes = UpstreamRoute.allCases.compactMap { route in
            snapshot.timeline.lanes[route].flatMap { new in
                LaneRepresentation(route, new, since: self.lanes[route] ?? Timeline.Lane())
            }
        }
        let service = ServiceRepresentation(snapshot)
        return changed.map { .breaker(BreakerRepresentation($0, at: snapshot.takenAt)) }
            + (lanes.isEmpty ? [] : [.lanes(lanes)])
            + changes(of: snapshot.objectives)
            + (service == self.service ? [] : [.service(service)])
    }

    private func changes(of new: [ObjectiveStatus]) -> [Message] {
        guard new.map(\.id) == objectives.map(\.id) else {
            return [.objectives(new.map(ObjectiveRepresentation.init))]
        }
        return zip(objectives, new).filter { $0 != $1 }.map { .objective(ObjectiveRepresentation($1)) }
    }
}

extension [Timeline.Entry] {
    /// The identifier of the entry that comes next, as far as these tell.
    fileprivate var nextID: UInt64 { last.map { $0.id + 1 } ?? 0 }
}
