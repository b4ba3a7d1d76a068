import Synchronization

/// Counts what the callers of one route got towards what they are promised.
///
/// One lock for an answer, held for a few dozen nanoseconds.
final class ObjectiveMeter: Sendable {
    /// One promise, and how it is kept.
    private struct Record {
        var target: Double
        let since: Duration
        var windows = AnswerWindows()
        var totals = AnswerCounts()

        /// - Returns: Whether it shows: where nothing is bad, one answer more doesn't.
        mutating func count(isBad: Bool, at now: Duration) -> Bool {
            windows.count(isBad: isBad, at: now)
            totals.count(isBad: isBad)
            return windows[.day].bad > 0 || windows[.traffic].answers == 1
        }
    }

    private struct State {
        var objectives: RouteObjectives
        var availability: Record?
        var latency: Record?
        /// Whether somebody was asked to look and hasn't yet.
        var isLookDue = false
    }

    private let route: UpstreamRoute
    private let state: Mutex<State>

    init(_ route: UpstreamRoute, _ objectives: RouteObjectives, at now: Duration) {
        self.route = route
        state = Mutex(
            State(
                objectives: objectives,
                availability: objectives.availability.map { Record(target: $0, since: now) },
                latency: objectives.latency.map { Record(target: $0.share, since: now) }
            )
        )
    }

    /// Promises something else from now on; what was counted stays, unless it can't tell whether that was kept.
    func replace(_ objectives: RouteObjectives, at now: Duration) {
        state.withLock { state in
            Self.aim(&state.availability, at: objectives.availability, now: now)
            if state.objectives.latency?.limit != objectives.latency?.limit { state.latency = nil }
            Self.aim(&state.latency, at: objectives.latency?.share, now: now)
            state.objectives = objectives
        }
    }

    private static func aim(_ record: inout Record?, at target: Double?, now: Duration) {
        guard let target else { return record = nil }
        if record == nil { record = Record(target: target, since: now) }
        record?.target = target
    }

    /// Counts an answer.
    /// - Parameter duration: How long it took.
    /// - Returns: Whether somebody has to look who hasn't been asked to.
    func count(isGood: Bool, after duration: Duration, at now: Duration) -> Bool {
        state.withLock { state in
            var shows = state.availability?.count(isBad: !isGood, at: now) ?? false
            if isGood, let limit = state.objectives.latency?.limit {
                shows = state.latency?.count(isBad: duration > limit, at: now) ?? false || shows
            }
            guard shows, !state.isLookDue else { return false }
            state.isLookDue = true
            return true
        }
    }

    /// How long a caller can be expected to wait: as long as was promised, or 5 s where nothing was.
    var patience: Duration {
        state.withLock { $0.objectives.latency?.limit ?? .seconds(5) }
    }

    /// How the promises are kept.
    func status(_ time: WallClock) -> [ObjectiveStatus] {
        let now = time.uptime
        return state.withLock { state in
            let limit = state.objectives.latency?.limit ?? .zero
            return [
                status(of: &state.availability, .availability, time, now: now),
                status(of: &state.latency, .latency(limit: limit), time, now: now),
            ].compactMap { $0 }
        }
    }

    private func status(
        of record: inout Record?,
        _ kind: ObjectiveStatus.Kind,
        _ time: WallClock,
        now: Duration
    ) -> ObjectiveStatus? {
        record?.windows.advance(to: now)
        return record.map { record in
            ObjectiveStatus(
                route: route,
                kind: kind,
                target: record.target,
                since: time.date(after: record.since),
                windows: Dictionary(
                    uniqueKeysWithValues: BurnWindow.allCases.lazy.map { ($0, record.windows[$0]) }
                        .filter { $0.1.answers > 0 }
                ),
                totals: record.totals
            )
        }
    }

    /// Says that somebody looks now.
    /// - Returns: When to look again, even if no answer comes; `nil` for never.
    func look(at now: Duration) -> Duration? {
        state.withLock { state in
            state.isLookDue = false
            // What has just got too old is to be seen by this look, and not to ask for another.
            state.availability?.windows.advance(to: now)
            state.latency?.windows.advance(to: now)
            return [state.availability?.windows.nextChange, state.latency?.windows.nextChange].compactMap { $0 }.min()
        }
    }
}
