import Synchronization

import struct Foundation.Date

extension Recorder {
    /// Takes over what was recorded by a process before this one, oldest first, before anything else is recorded.
    /// - Parameter now: When this process began: what a breaker was in then, it isn't any more.
    func restore(_ history: [HistoryEntry], at now: Date) {
        state.withLock { state in
            guard state.entries.isEmpty, let last = history.last else { return }
            state.entries.append(contentsOf: history.map(\.entry))
            state.nextEntryID = last.entry.id + 1
            for past in history { state.restore(past) }
            for route in UpstreamRoute.allCases { state.lanes[route]?.enter(.closed, at: now, wait: nil) }
        }
    }
}

extension Recorder.State {
    fileprivate mutating func restore(_ past: HistoryEntry) {
        let entry = past.entry
        switch entry.kind {
        case .failure(let message, _, let isProbe):
            lanes[entry.route, default: LaneRecord()].count(isProbe ? \.probeFailures : \.failures, at: entry.at)
            lastFailures[entry.route] = BreakerStatus.Failure(at: entry.at, message: message)
        case .transition(_, let state, _):
            lanes[entry.route, default: LaneRecord()].enter(state, at: entry.at, wait: past.wait)
        }
    }
}
