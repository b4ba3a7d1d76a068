import Synchronization

import struct Foundation.Date

extension Recorder {
    /// Takes over what was recorded by processes before this one, before anything else is recorded, and records that this
    /// one has started.
    /// - Parameters:
    ///   - entries: The last entries of all kinds, oldest first.
    ///   - past: What came of the last day.
    ///   - now: When this process began.
    func restore(_ entries: [HistoryEntry], _ past: HistoryPast = HistoryPast(), at now: Date) {
        state.withLock { state in
            guard state.entries.isEmpty else { return }
            let last = entries.last?.entry
            state.entries.append(contentsOf: entries.map(\.entry))
            state.nextEntryID = last.map { $0.id + 1 } ?? 0
            for entry in entries { state.remember(entry.entry) }
            state.restore(past.failures)
            for entry in past.entries { state.follow(entry) }
            let downtime = last.map { Duration.seconds(max(0, now.timeIntervalSince($0.at))) }
            record(.started(downtime: downtime), at: now, &state)
        }
    }

    /// Records that the process stops because it was told to.
    func stopped(at date: Date) {
        state.withLock { record(.stopped, at: date, &$0) }
    }

    private func record(_ kind: Timeline.Entry.Kind, at date: Date, _ state: inout State) {
        let entry = HistoryEntry(entry: state.append(kind, on: nil, at: date), wait: nil)
        state.follow(entry)
        history?.record(entry)
    }
}

extension Recorder.State {
    fileprivate mutating func remember(_ entry: Timeline.Entry) {
        guard case .failure(let message, _, _) = entry.kind, let route = entry.route else { return }
        lastFailures[route] = BreakerStatus.Failure(at: entry.at, message: message)
    }

    fileprivate mutating func restore(_ failures: [HistoryFailures]) {
        for (route, failures) in Dictionary(grouping: failures, by: \.route) {
            lanes[route, default: LaneRecord()].restore(failures.map(Timeline.Second.init))
        }
    }

    /// Draws a change of state, a start or a stop into the lanes.
    fileprivate mutating func follow(_ past: HistoryEntry) {
        let entry = past.entry
        switch entry.kind {
        case .failure: break
        case .transition(_, let state, _):
            guard let route = entry.route else { return }
            lanes[route, default: LaneRecord()].enter(state, at: entry.at, wait: past.wait)
        case .started(let downtime):
            // Nobody knows when a process that died did: its breakers are known to have been as they were until then.
            let lastKnown = entry.at.addingTimeInterval(-(downtime ?? .zero).inSeconds)
            endBands(at: lastKnown)
        case .stopped: endBands(at: entry.at)
        }
    }

    private mutating func endBands(at date: Date) {
        for route in UpstreamRoute.allCases { lanes[route]?.end(at: date) }
    }
}

extension Timeline.Second {
    fileprivate init(_ failures: HistoryFailures) {
        self.init(second: Int64(failures.since.timeIntervalSince1970.rounded(.down)))
        let count = UInt32(clamping: failures.count)
        if failures.areProbes { probeFailures = count } else { self.failures = count }
    }
}
