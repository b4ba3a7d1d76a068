import DequeModule
import Synchronization

import struct Foundation.Date

/// Remembers what happened on the routes of the events API, bounded whatever the load.
final class Recorder: Sendable {
    /// How many single failures and changes of state are kept.
    static let maximumEntries = 200

    struct State {
        var lanes: [UpstreamRoute: LaneRecord] = [:]
        var entries: Deque<Timeline.Entry> = []
        var lastFailures: [UpstreamRoute: BreakerStatus.Failure] = [:]
        var nextEntryID: UInt64 = 0

        mutating func append(
            _ kind: Timeline.Entry.Kind,
            on route: UpstreamRoute?,
            at date: Date,
            requestID: String? = nil
        ) -> Timeline.Entry {
            let entry = Timeline.Entry(id: nextEntryID, at: date, route: route, kind: kind, requestID: requestID)
            entries.append(entry)
            nextEntryID += 1
            if entries.count > Recorder.maximumEntries { entries.removeFirst() }
            return entry
        }
    }

    let state = Mutex(State())
    private let signal: ChangeSignal
    private let unknown: Timeline.Gap
    let history: History?

    /// - Parameter start: When the process started: calls that succeeded before are known to nobody.
    init(signal: ChangeSignal, history: History? = nil, start: Date) {
        self.signal = signal
        self.history = history
        unknown = Timeline.Gap(from: start.addingTimeInterval(-HistoryPast.span.inSeconds), to: start)
    }

    /// Tells the listeners that a breaker has let a probe through or has taken a result.
    ///
    /// What came of a call is recorded before, and told with this.
    func breakerMoved() {
        signal.notify()
    }

    func succeeded(_ route: UpstreamRoute, isProbe: Bool, duration: Duration, at date: Date) {
        state.withLock { state in
            state.lanes[route, default: LaneRecord()].count(isProbe ? \.probeSuccesses : \.successes, at: date)
            state.lanes[route]?.count(duration, at: date)
        }
    }

    func failed(_ route: UpstreamRoute, _ failure: CallFailure, at date: Date) {
        state.withLock { state in
            state.lanes[route, default: LaneRecord()].count(failure.isProbe ? \.probeFailures : \.failures, at: date)
            state.lanes[route]?.count(failure.duration, at: date)
            state.lastFailures[route] = BreakerStatus.Failure(at: date, message: failure.message)
            let kind = Timeline.Entry.Kind.failure(
                message: failure.message,
                duration: failure.duration,
                isProbe: failure.isProbe
            )
            let entry = state.append(kind, on: route, at: date, requestID: failure.requestID)
            // Under the lock, so that the history has the entries in their order; it only takes them.
            history?.record(HistoryEntry(entry: entry, wait: nil))
        }
    }

    func rejected(_ route: UpstreamRoute, at date: Date) {
        state.withLock { $0.lanes[route, default: LaneRecord()].count(\.rejections, at: date) }
        signal.notify()
    }

    func changed(_ route: UpstreamRoute, _ change: StateChange, at date: Date) {
        state.withLock { state in
            state.lanes[route, default: LaneRecord()].enter(change.to, at: date, wait: change.wait)
            let kind = Timeline.Entry.Kind.transition(from: change.from, to: change.to, reason: change.reason)
            let entry = state.append(kind, on: route, at: date)
            history?.record(HistoryEntry(entry: entry, wait: change.wait))
        }
        signal.notify()
    }

    /// Each route's last failure.
    var lastFailures: [UpstreamRoute: BreakerStatus.Failure] {
        state.withLock { $0.lastFailures }
    }

    /// What happened lately, and each route's last failure.
    func read() -> (timeline: Timeline, lastFailures: [UpstreamRoute: BreakerStatus.Failure]) {
        state.withLock { state in
            let timeline = Timeline(
                lanes: state.lanes.mapValues(\.lane),
                entries: Array(state.entries),
                gaps: [unknown]
            )
            return (timeline, state.lastFailures)
        }
    }
}

/// A call that failed, as it is remembered.
struct CallFailure {
    let message: String
    let duration: Duration
    let isProbe: Bool
    let requestID: String
}

/// A breaker's change of state, as it is remembered.
struct StateChange {
    let from: BreakerStatus.State
    let to: BreakerStatus.State
    let reason: String
    let wait: Duration?
}
