import EventService
import EventServiceTestSupport
import Foundation
import Logging
import Resilience
import TestSupport
import Testing

@Suite("Snapshot of the service", .timeLimit(.minutes(3)))
struct SnapshotTests {
    @Test("of a service that has done nothing: every route, closed, nothing counted")
    func fresh() throws {
        let harness = try ServiceHarness(.working())
        harness.clock.advance(by: .seconds(3))
        let snapshot = harness.service.snapshot()
        #expect(snapshot.breakers.map(\.route) == UpstreamRoute.allCases)
        for breaker in snapshot.breakers {
            #expect(breaker.state == .closed)
            #expect(breaker.since == ServiceHarness.start)
            #expect(breaker.totals == .init())
            #expect((breaker.probeAt, breaker.wait) == (nil, nil))
            #expect(breaker.openings == 0)
            #expect(breaker.failures.isEmpty)
            #expect((breaker.failureThreshold, breaker.failureWindow) == (3, .seconds(30)))
        }
        #expect(ServiceHarness.offset(snapshot.takenAt) == 3)
        #expect(snapshot.timeline == Timeline(gaps: snapshot.timeline.gaps))
        #expect(snapshot.timeline.gaps.map { ServiceHarness.offset($0.to) } == [0])
        #expect(snapshot.troubled.isEmpty)
        #expect(snapshot.phase == .starting)
        #expect(snapshot.apiURL == nil)
        #expect(snapshot.upstream == .init(url: "http://events.test"))
    }

    @Test("shows what the process told the service")
    func identity() throws {
        let harness = try ServiceHarness(.working())
        harness.service.setPhase(.serving)
        harness.service.setAPIURL("http://127.0.0.1:3000")
        harness.service.setUpstream(.init(url: "http://other", scenario: "steady"))
        let snapshot = harness.service.snapshot()
        #expect(snapshot.phase == .serving)
        #expect(snapshot.apiURL == "http://127.0.0.1:3000")
        #expect(snapshot.upstream == .init(url: "http://other", scenario: "steady"))
    }

    @Test("a failure exactly as old as the window counts no more, neither for the breaker nor on the screen")
    func windowEdge() async throws {
        let harness = try failing()
        _ = await harness.events()
        _ = await harness.events()
        harness.clock.advance(by: .seconds(30) - .nanoseconds(1))
        #expect(try harness.breaker(.getEvents).failures.map(ServiceHarness.offset) == [0, 0])
        harness.clock.advance(by: .nanoseconds(1))
        #expect(try harness.breaker(.getEvents).failures.isEmpty)
        _ = await harness.events()
        _ = await harness.events()
        #expect(try harness.breaker(.getEvents).state == .closed)
        #expect(try harness.breaker(.getEvents).failures.map(ServiceHarness.offset) == [30, 30])
    }

    @Test("a failure one nanosecond younger than the window still counts")
    func insideWindow() async throws {
        let harness = try failing()
        _ = await harness.events()
        harness.clock.advance(by: .seconds(30) - .nanoseconds(1))
        _ = await harness.events()
        #expect(try harness.breaker(.getEvents).state == .closed)
        _ = await harness.events()
        #expect(try harness.breaker(.getEvents).state == .open)
    }

    @Test("of an open breaker: since when, until when, why, and the same whenever one looks")
    func open() async throws {
        let harness = try failing()
        harness.clock.advance(by: .milliseconds(1500))
        for _ in 1...3 { _ = await harness.events() }
        _ = await harness.events()
        let first = try harness.breaker(.getEvents)
        #expect(first.state == .open)
        #expect(ServiceHarness.offset(first.since) == 1.5)
        #expect(first.probeAt.map(ServiceHarness.offset) == 11.5)
        #expect(first.wait == .seconds(10))
        #expect(first.openings == 1)
        #expect(first.failures.map(ServiceHarness.offset) == [1.5, 1.5, 1.5])
        #expect(first.lastFailure?.message == "status 500")
        #expect(first.lastFailure.map { ServiceHarness.offset($0.at) } == 1.5)
        #expect((first.totals.failed, first.totals.rejected, first.totals.opened) == (3, 1, 1))
        #expect(harness.service.snapshot().troubled == [first])

        harness.clock.advance(by: .seconds(7) + .nanoseconds(1))
        let second = try harness.breaker(.getEvents)
        #expect(second == first, "time alone changes nothing, to the last digit")
    }

    @Test("after the wait the breaker reads half-open and due, and looking never spends the probe")
    func due() async throws {
        let harness = try failing()
        for _ in 1...3 { _ = await harness.events() }
        harness.clock.advance(by: .seconds(12))
        let first = harness.service.snapshot()
        for _ in 1...100 { #expect(harness.service.snapshot() == first) }
        let breaker = try harness.breaker(.getEvents)
        #expect(breaker.state == .halfOpen)
        #expect(ServiceHarness.offset(breaker.since) == 10)
        #expect(breaker.probeAt.map(ServiceHarness.offset) == 10)
        #expect(breaker.probesUnderWay == 0)

        harness.api.setScript(FakeEventsAPI.success())
        #expect(await harness.events().error == nil)
        #expect(try harness.breaker(.getEvents).state == .closed)
        #expect(try harness.breaker(.getEvents).openings == 0)
    }

    @Test("shows the probe that is under way")
    func probeUnderWay() async throws {
        let harness = try failing()
        for _ in 1...3 { _ = await harness.events() }
        let gate = Gate()
        harness.api.setScript { (call, context) throws(UpstreamError) in
            try await gate.pass()
            return try await FakeEventsAPI.success()(call, context)
        }
        harness.clock.advance(by: .seconds(10))
        async let result = harness.events()
        try await harness.api.wait { $0.underWay == 1 }
        let breaker = try harness.breaker(.getEvents)
        #expect((breaker.state, breaker.probesUnderWay) == (.halfOpen, 1))
        #expect((breaker.probeAt, breaker.wait) == (nil, nil))
        gate.open()
        #expect(await result.error == nil)
    }

    @Test("its timeline tells the story in order: failures, opening, probe, closing, with times and reasons")
    func timeline() async throws {
        let harness = try failing()
        for _ in 1...3 {
            harness.clock.advance(by: .seconds(1))
            _ = await harness.events()
        }
        _ = await harness.events()
        harness.clock.advance(by: .seconds(10))
        _ = await harness.events()
        harness.clock.advance(by: .seconds(20))
        harness.api.setScript(FakeEventsAPI.success())
        _ = await harness.events()

        let timeline = harness.service.snapshot().timeline
        let story = timeline.entries.map { entry in "\(Int(ServiceHarness.offset(entry.at))) \(Self.words(entry.kind))"
        }
        #expect(
            story == [
                "1 status 500", "2 status 500", "3 status 500", "3 CLOSED→OPEN: too many failures",
                "13 OPEN→HALF_OPEN: the wait is over", "13 probe: status 500", "13 HALF_OPEN→OPEN: the probe failed",
                "33 OPEN→HALF_OPEN: the wait is over", "33 HALF_OPEN→CLOSED: the probe succeeded",
            ]
        )
        #expect(timeline.entries.map(\.id) == Array(0..<9))
        #expect(timeline.entries.map(\.requestID).prefix(4) == ["test-request", "test-request", "test-request", nil])

        let lane = try #require(timeline.lanes[.getEvents])
        #expect(lane.seconds.map { $0.second - 1_700_000_000 } == [1, 2, 3, 13, 33])
        #expect(lane.seconds.map(\.failures) == [1, 1, 1, 0, 0])
        #expect(lane.seconds.map(\.rejections) == [0, 0, 1, 0, 0])
        #expect(lane.seconds.map(\.probeFailures) == [0, 0, 0, 1, 0])
        #expect(lane.seconds.map(\.probeSuccesses) == [0, 0, 0, 0, 1])
        #expect(lane.bands.map(\.state) == [.open, .halfOpen, .open, .halfOpen])
        #expect(lane.bands.map(\.wait) == [.seconds(10), nil, .seconds(20), nil])
        #expect(lane.bands.last?.to.map(ServiceHarness.offset) == 33)
    }

    @Test("a failure in the timeline says how long it took")
    func duration() async throws {
        let harness = try ServiceHarness(FakeEventsAPI(FakeEventsAPI.hanging)) { $0.readRetries.maximum = 0 }
        async let result = harness.events()
        try await harness.clock.waitForSleepers(2)
        try await harness.api.wait { $0.underWay == 1 }
        harness.clock.advance(by: .seconds(5))
        #expect(await result.error?.kind == .timedOut)
        guard case .failure(_, let duration, let isProbe) = harness.service.snapshot().timeline.entries.first?.kind
        else {
            Issue.record("no failure was recorded")
            return
        }
        #expect((duration, isProbe) == (.seconds(5), false))
    }

    @Test("an operator's probe ends the wait; it is refused unless the breaker is open")
    func probeNow() async throws {
        let harness = try failing()
        #expect(!harness.service.probeNow(.getEvents))
        for _ in 1...3 { _ = await harness.events() }
        #expect(!harness.service.probeNow(.addEvent))
        #expect(harness.service.probeNow(.getEvents))
        #expect(try harness.breaker(.getEvents).state == .halfOpen)
        #expect(try harness.breaker(.getEvents).probeAt == nil)
        #expect(!harness.service.probeNow(.getEvents), "once is enough")

        harness.api.setScript(FakeEventsAPI.success())
        #expect(await harness.events().error == nil)
        #expect(try harness.breaker(.getEvents).state == .closed)
    }

    @Test("jitter shortens a wait by up to its share", arguments: [(0.0, 10.0), (0.5, 9.5), (1.0, 9.0)])
    func jitter(fraction: Double, wait: Double) async throws {
        let harness = try ServiceHarness(.failing(.unexpectedStatus(500)), random: .constant(fraction)) {
            $0.readRetries.maximum = 0
            $0.breaker = try CircuitBreakerConfiguration(jitter: 0.1)
        }
        for _ in 1...3 { _ = await harness.events() }
        let measured = try #require(try harness.breaker(.getEvents).wait)
        #expect(abs(measured.inSeconds - wait) < 1e-6)
    }

    @Test("is the same whatever the wall clock does, since the service reads it only once")
    func identifiersFollowTheClock() throws {
        let harness = try ServiceHarness(.working())
        let first = harness.service.newEventID()
        harness.clock.advance(by: .milliseconds(1))
        #expect(first < harness.service.newEventID())
        #expect(first.hasPrefix("018bcfe5-6800-7"))
    }

    @Test("a clock that was never set stops nothing")
    func beforeTheEpoch() throws {
        let service = try EventService(
            api: FakeEventsAPI.working(),
            upstream: .init(url: "http://events.test"),
            now: Date(timeIntervalSince1970: -86_400),
            logger: Logger(label: "test")
        )
        #expect(service.newEventID().hasPrefix("00000000-0000-7"))
    }

    private func failing() throws -> ServiceHarness {
        try ServiceHarness(.failing(.unexpectedStatus(500))) { $0.readRetries.maximum = 0 }
    }

    private static func words(_ kind: Timeline.Entry.Kind) -> String {
        switch kind {
        case .failure(let message, _, let isProbe): "\(isProbe ? "probe: " : "")\(message)"
        case .transition(let from, let to, let reason): "\(from.rawValue)→\(to.rawValue): \(reason)"
        case .started: "started"
        case .stopped: "stopped"
        }
    }
}
