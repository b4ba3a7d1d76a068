import Dashboard
import EventService
import Foundation
import TextUI

/// The moment that every test starts at: 2026-11-30 12:31:05 in UTC.
let start = Date(timeIntervalSince1970: 1_796_041_865)

extension Date {
    /// A moment some seconds after this one.
    func after(_ seconds: Double) -> Date { addingTimeInterval(seconds) }
}

/// Settings whose identifiers can be foretold (`draft-0`, then `draft-1`).
func settings(
    refresh: Duration = .seconds(10),
    isASCII: Bool = false,
    isReadOnly: Bool = false,
    attachedTo: String? = nil,
    isEphemeral: Bool = false,
    scenarios: [DashboardSettings.Scenario]? = Sample.scenarios
) -> DashboardSettings {
    DashboardSettings(
        version: "1.0.0",
        refreshInterval: refresh,
        isASCII: isASCII,
        isReadOnly: isReadOnly,
        scenarios: scenarios,
        attachedTo: attachedTo,
        isEphemeral: isEphemeral,
        timeZone: .gmt,
        draftIDs: DraftIDSource { _, count in "draft-\(count)" }
    )
}

/// Data for tests.
enum Sample {
    static let scenarios = [
        DashboardSettings.Scenario(name: "steady", summary: "answers everything"),
        DashboardSettings.Scenario(name: "overload", summary: "503 above 5 addEvent in 10 s"),
        DashboardSettings.Scenario(name: "original", summary: "5 successes, then 10 failures, and so on"),
        DashboardSettings.Scenario(name: "flaky", summary: "a share of all requests fails"),
        DashboardSettings.Scenario(name: "outage", summary: "refuses connections"),
        DashboardSettings.Scenario(name: "hang", summary: "never answers"),
        DashboardSettings.Scenario(name: "slow", summary: "ten times the latency"),
        DashboardSettings.Scenario(name: "garbage", summary: "broken, cut or oversized JSON"),
    ]

    static let users = [
        User(id: "1", name: "Ada Lovelace", username: "ada", email: "ada@example.org", eventIDs: ["e1", "e2", "e3"]),
        User(id: "2", name: "Grace Hopper", username: "grace", email: "grace@example.org", eventIDs: ["e4"]),
        User(id: "3", name: "Alan Turing", username: "alan", email: "alan@example.org"),
    ]

    static let events = [
        Event(id: "0193a1c2-7d00-7000", name: "Bernoulli numbers", userID: "1"),
        Event(
            id: "0193a1c9-0a00-7000",
            name: "Analytical Engine demo",
            userID: "1",
            startsAt: "2026-12-01T18:00:00Z",
            location: "London"
        ),
        Event(id: "0193a1d0-5500-7000", name: "Poetical science", userID: "1", startsAt: "2026-12-24T09:30:00+01:00"),
    ]

    /// The same, of which one has a description of two paragraphs.
    static let describedEvents: [Event] = {
        var events = Sample.events
        events[1].description = """
            Mr. Babbage shows the part of the engine that is built, and Miss Lovelace tells what it will be able to weave: \
            algebraical patterns, just as the loom weaves flowers and leaves.
            Please bring punched cards.
            """
        return events
    }()

    static func manyUsers(_ count: Int) -> [User] {
        (0..<count).map { User(id: "u\($0)", name: "User \($0)", eventIDs: []) }
    }

    /// A snapshot of a service at rest.
    static func snapshot(at now: Date = start) -> ServiceSnapshot {
        ServiceSnapshot(
            takenAt: now,
            upstream: .init(url: "http://127.0.0.1:40117", scenario: "overload"),
            apiURL: "http://127.0.0.1:3000",
            phase: .serving,
            breakers: UpstreamRoute.allCases.map { breaker($0, since: now.after(-600)) },
            timeline: Timeline()
        )
    }

    /// An event that is kept, accepted some seconds before the start.
    static func kept(
        _ id: String,
        _ name: String,
        userID: String = "1",
        secondsAgo: Double = 60,
        isBehindAnother: Bool = false,
        _ change: (inout KeptEvent) -> Void = { _ in }
    ) -> KeptEvent {
        var event = KeptEvent(
            id: id,
            name: name,
            userID: userID,
            acceptedAt: start.after(-secondsAgo),
            requestID: "req-\(id)",
            isBehindAnother: isBehindAnother
        )
        event.members = [("id", id), ("name", name), ("userId", userID)].map { KeptEvent.Member(name: $0, value: $1) }
        change(&event)
        return event
    }

    /// One refused event, and three that wait: for their next attempt, behind another one, and for their first attempt.
    static let keptEvents = KeptEvents(events: [
        kept("k1", "Séance", userID: "9", secondsAgo: 7200) {
            ($0.state, $0.attempts, $0.refusedStatus) = (.refused, 1, 422)
            $0.lastError = "status 422: there is no user 9"
            $0.members += [KeptEvent.Member(name: "startsAt", value: "2026-12-01T18:00:00Z")]
        },
        kept("k2", "Team meeting") {
            ($0.attempts, $0.nextAttemptAt, $0.lastError) = (3, start.after(40), "status 503")
            $0.members += [
                KeptEvent.Member(name: "startsAt", value: "2026-12-01T18:00:00Z"),
                KeptEvent.Member(name: "location", value: "Room 2"),
                KeptEvent.Member(name: "description", value: meetingText),
                KeptEvent.Member(name: "tags", value: #"["weekly", "team"]"#),
            ]
        },
        kept("k3", "Team dinner", secondsAgo: 50, isBehindAnother: true),
        kept("k4", "Compiler talk", userID: "2", secondsAgo: 40),
    ])

    private static let meetingText = """
        What was done since the last one, what is next, and who needs help with it. Bring the numbers of the week, and tell
        whoever can't come what was decided.
        """

    static func breaker(_ route: UpstreamRoute, since: Date) -> BreakerStatus {
        BreakerStatus(
            route: route,
            since: since,
            waitSchedule: [.seconds(10), .seconds(20), .seconds(40), .seconds(60)],
            failureThreshold: 3,
            failureWindow: .seconds(30)
        )
    }
}

extension ServiceSnapshot {
    /// Changes one route's breaker.
    mutating func change(_ route: UpstreamRoute, _ change: (inout BreakerStatus) -> Void) {
        for index in breakers.indices where breakers[index].route == route { change(&breakers[index]) }
    }

    /// The same with events in the outbox.
    static func withOutbox(at now: Date = start) -> ServiceSnapshot {
        var snapshot = withOpenBreaker(at: now)
        snapshot.outbox = .init(status: OutboxStatus(waiting: 3, refused: 1, oldestUndelivered: now.after(-60)))
        return snapshot
    }

    /// A snapshot in which the breaker of `addEvent` is in its second wait of 20 s with 7.2 s left.
    static func withOpenBreaker(at now: Date = start) -> ServiceSnapshot {
        var snapshot = Sample.snapshot(at: now)
        snapshot.change(.addEvent) { breaker in
            breaker.state = .open
            breaker.since = now.after(-12.8)
            breaker.probeAt = now.after(7.2)
            breaker.wait = .seconds(20)
            breaker.openings = 2
            breaker.failures = [now.after(-12.9), now.after(-13.5), now.after(-14.2)]
            breaker.totals.succeeded = 12
            breaker.totals.failed = 7
            breaker.totals.rejected = 41
            breaker.totals.opened = 2
            breaker.lastFailure = .init(at: now.after(-12.8), message: "503, retry after 8 s")
        }
        snapshot.timeline = .withOpenBreaker(at: now)
        return snapshot
    }
}

extension Timeline {
    /// What led to the snapshot of the same name.
    static func withOpenBreaker(at now: Date = start) -> Timeline {
        let base = Int64(now.timeIntervalSince1970)
        func second(_ back: Int64, _ change: (inout Second) -> Void) -> Second {
            var second = Second(second: base - back)
            change(&second)
            return second
        }
        let seconds =
            [100, 95, 80, 72].map { second($0) { $0.successes = 3 } }
            + [48, 46, 44].map { second($0) { $0.failures = 1 } }
            + [40, 36].map { second($0) { $0.rejections = 12 } }
            + [second(32) { $0.probeFailures = 1 }, second(28) { $0.probeSuccesses = 1 }]
            + [20, 16, 13].map { second($0) { $0.failures = 2 } } + [second(8) { $0.rejections = 400 }]
        let bands = [
            Band(state: .open, from: now.after(-44), to: now.after(-32), wait: .seconds(10)),
            Band(state: .halfOpen, from: now.after(-32), to: now.after(-28)),
            Band(state: .open, from: now.after(-12.8), wait: .seconds(20)),
        ]
        let entries = [
            entry(1, -48, .failure(message: "503", duration: .milliseconds(12), isProbe: false), request: "req-1", now),
            entry(2, -46, .failure(message: "503", duration: .milliseconds(9), isProbe: false), request: "req-2", now),
            entry(3, -44, .transition(from: .closed, to: .open, reason: "3 failures within 30 s"), request: nil, now),
            entry(
                4,
                -32,
                .failure(message: "no answer within 5 s", duration: .seconds(5), isProbe: true),
                request: "r3",
                now
            ),
            entry(5, -13, .transition(from: .halfOpen, to: .open, reason: "the probe failed"), request: nil, now),
        ]
        let latencies = (0..<24).filter { ![9, 10, 16, 17].contains($0) }.map { back in
            let slow = back < 8 ? 40 * (8 - back) : back
            let second = (base / Latency.length - Int64(back)) * Latency.length
            return Latency(
                second: second,
                calls: 3,
                median: .milliseconds(12 + slow),
                percentile99: .milliseconds(30 + 3 * slow)
            )
        }
        let lane = Lane(seconds: seconds, bands: bands, latencies: latencies.reversed())
        return Timeline(lanes: [.addEvent: lane], entries: entries)
    }

    private static func entry(_ id: UInt64, _ at: Double, _ kind: Entry.Kind, request: String?, _ now: Date) -> Entry {
        Entry(id: id, at: now.after(at), route: .addEvent, kind: kind, requestID: request)
    }
}
