/// What happened on one route before the seconds that are kept one by one.
///
/// What gets older moves on into longer periods, so that it is counted in exactly one of them; the newest of each length
/// is yet to get the rest of what happened in it.
package struct LanePast: Sendable {
    /// How long the periods are that end less than `age` ago; both in seconds.
    ///
    /// Even the widest screen has no more than two or three cells for one of them, at the zoom that it is made for.
    static let resolutions: [(length: Int64, age: Int64)] = [(5, 3600), (30, 6 * 3600), (120, 24 * 3600)]

    /// The most periods that there can be.
    static let maximumPeriods = 720 + 600 + 540 + resolutions.count

    private var stages: [[Timeline.Period]] = resolutions.map { _ in [] }

    /// All periods, oldest first.
    ///
    /// Made when they change, once a second at most, so that copies of it share their memory.
    package private(set) var periods: [Timeline.Period] = []

    /// Takes up where another left off.
    /// - Parameter periods: Its periods; those that no other can have are left out.
    package init(_ periods: [Timeline.Period] = []) {
        for period in periods.prefix(Self.maximumPeriods) {
            guard let stage = Self.resolutions.firstIndex(where: { $0.length == period.length }) else { continue }
            if let last = stages[stage].last, period.sum.second < last.end { continue }
            stages[stage].append(period)
        }
        self.periods = stages.reversed().flatMap { $0 }
    }

    /// Takes seconds over, oldest first, none of which is older than one that it took before.
    /// - Parameter now: The second that it is now.
    package mutating func take(_ seconds: some Sequence<Timeline.Second>, now: Int64) {
        for second in seconds { add(second, to: 0) }
        for stage in stages.indices { moveOn(from: stage, now: now) }
        periods = stages.reversed().flatMap { $0 }
    }

    /// Forgets the periods that begin after a second.
    package mutating func forget(after second: Int64) {
        guard let last = periods.last, last.sum.second > second else { return }
        for stage in stages.indices { stages[stage].removeAll { $0.sum.second > second } }
        periods = stages.reversed().flatMap { $0 }
    }

    private mutating func moveOn(from stage: Int, now: Int64) {
        let (_, age) = Self.resolutions[stage]
        let outdated = stages[stage].prefix { $0.end <= now - age }
        stages[stage].removeFirst(outdated.count)
        guard stage + 1 < stages.count else { return }
        for period in outdated { add(period.sum, to: stage + 1) }
    }

    private mutating func add(_ sum: Timeline.Second, to stage: Int) {
        let (length, _) = Self.resolutions[stage]
        if let last = stages[stage].last, sum.second < last.end {
            stages[stage][stages[stage].count - 1].sum.add(sum)
        } else {
            var period = Timeline.Period(sum: sum, length: length)
            let offset = sum.second % length
            period.sum.second -= offset < 0 ? offset + length : offset
            stages[stage].append(period)
        }
    }
}
