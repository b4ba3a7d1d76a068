import EventService

@testable import Dashboard

extension Sample {
    /// A promise about a route, and how it is kept: so many answers in each window, and so many of them bad.
    static func objective(
        _ route: UpstreamRoute,
        _ kind: ObjectiveStatus.Kind = .availability,
        target: Double = 0.995,
        answers: UInt64 = 1000,
        bad: UInt64 = 0,
        badOfDay: UInt64? = nil,
        secondsAgo: Double = 7200
    ) -> ObjectiveStatus {
        var windows: [BurnWindow: AnswerCounts] = [:]
        for window in BurnWindow.allCases where answers > 0 {
            windows[window] = AnswerCounts(answers: answers, bad: bad)
        }
        if let badOfDay { windows[.day] = AnswerCounts(answers: max(answers, 1000), bad: badOfDay) }
        return ObjectiveStatus(
            route: route,
            kind: kind,
            target: target,
            since: start.after(-secondsAgo),
            windows: windows,
            totals: AnswerCounts(answers: answers, bad: bad)
        )
    }

    /// One of each standing.
    static let objectives = [
        objective(.addEvent, bad: 123),
        objective(.getEvents, bad: 40),
        objective(.getEventById, bad: 2),
        objective(.getEventById, .latency(limit: .milliseconds(800)), target: 0.99, bad: 1),
        objective(.getUsers, bad: 0, badOfDay: 7, secondsAgo: 90_000),
        objective(.getUserById, answers: 0),
    ]
}

extension ServiceSnapshot {
    /// A service at rest whose promises are kept as said.
    static func promising(_ objectives: [ObjectiveStatus] = Sample.objectives) -> ServiceSnapshot {
        var snapshot = Sample.snapshot()
        snapshot.objectives = objectives
        return snapshot
    }
}
