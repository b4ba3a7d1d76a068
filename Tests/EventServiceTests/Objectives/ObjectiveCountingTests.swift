import EventServiceTestSupport
import NIOCore
import TestSupport
import Testing

@testable import EventService

@Suite("Answers that count towards an objective", .timeLimit(.minutes(3)))
struct ObjectiveCountingTests {
    private func counts(_ harness: ServiceHarness, _ route: UpstreamRoute) -> AnswerCounts? {
        harness.service.objectiveStatuses().first { $0.route == route && $0.kind == .availability }?.totals
    }

    @Test("An answer counts once on its route, whatever it took to get it", arguments: Read.allCases)
    func good(read: Read) async throws {
        let harness = try ServiceHarness(.working(events: ["a", "b"]))
        _ = try await read.answer(harness)
        let route: UpstreamRoute =
            switch read {
            case .users: .getUsers
            case .events: .getEvents
            case .user: .getUserById
            case .event, .eventsOfUser, .partialEventsOfUser: .getEventById
            }
        for other in UpstreamRoute.allCases {
            #expect(counts(harness, other) == AnswerCounts(answers: other == route ? 1 : 0), "\(other)")
        }
    }

    @Test("A failure of the events API is bad, also where the breaker holds the call back", arguments: Read.allCases)
    func bad(read: Read) async throws {
        let harness = try ServiceHarness(.failing(.tooLarge(limit: 1)))
        for _ in 0..<5 { _ = await read.result(harness) }
        let all = harness.service.objectiveStatuses().map(\.totals)
        #expect(all.filter { $0.answers > 0 } == [AnswerCounts(answers: 5, bad: 5)])
    }

    @Test("An answer from the cache is good, fresh or stale")
    func cached() async throws {
        let harness = try ServiceHarness.caching(.working())
        _ = await harness.events()
        _ = await harness.events()
        harness.api.setScript(FakeEventsAPI.failure(.tooLarge(limit: 1)))
        harness.clock.advance(by: .seconds(2))
        _ = await harness.events()
        #expect(counts(harness, .getEvents) == AnswerCounts(answers: 3))
    }

    @Test("What the caller is to blame for doesn't count")
    func callers() async throws {
        let harness = try ServiceHarness(.failing(.notFound))
        _ = await Read.user.result(harness)
        _ = await harness.add(ByteBuffer(string: "{}"))
        _ = await harness.add()
        let working = FakeEventsAPI.success()
        harness.api.setScript { call, context throws(UpstreamError) in
            if case .addEvent = call { throw .rejected(status: 422, message: nil) }
            return try await working(call, context)
        }
        #expect(await harness.add().error?.kind == .refused(status: 422))
        #expect(harness.service.objectiveStatuses().allSatisfy { $0.totals.answers == 0 })
    }

    @Test(
        "A caller that goes away is bad once it has waited for longer than was promised, or than 5 s, and before doesn't count",
        arguments: [(nil, 5000), (Duration.seconds(1), 1000)]
    )
    func gone(limit: Duration?, patience: Int) async throws {
        let harness = try ServiceHarness(FakeEventsAPI(FakeEventsAPI.hanging)) { configuration in
            let latency = limit.map { RouteObjectives.Latency(limit: $0, share: 0.99) }
            configuration.objectives = [.getEvents: RouteObjectives(latency: latency)]
            configuration.attemptTimeout = .seconds(20)
            configuration.requestDeadline = .seconds(20)
        }
        for (waited, bad) in [(patience, UInt64(0)), (patience + 1, 1)] {
            let read = Task { await harness.events() }
            try await harness.api.wait { $0.underWay == 1 }
            harness.clock.advance(by: .milliseconds(waited))
            read.cancel()
            #expect(await read.value.error?.kind == .cancelled)
            try await harness.api.wait { $0.underWay == 0 }
            #expect(counts(harness, .getEvents) == AnswerCounts(answers: bad, bad: bad))
        }
    }

    @Test("An event that is added or kept for later is good, and one that can be neither is bad")
    func adding() async throws {
        let stores = FakeStores()
        let harness = try ServiceHarness(.working(), stores: stores) { $0.whenDown = .queue }
        _ = try await harness.service.addEvent(ServiceHarness.body(), for: harness.context)
        harness.api.setScript(FakeEventsAPI.failure(.tooLarge(limit: 1)))
        _ = try await harness.service.addEvent(ServiceHarness.body(), for: harness.context)
        #expect(counts(harness, .addEvent) == AnswerCounts(answers: 2))
        stores.outbox.fail(StoreError(.unavailable, message: "no disk"))
        _ = await harness.add()
        #expect(counts(harness, .addEvent) == AnswerCounts(answers: 3, bad: 1))
    }

    @Test("A key that can't be claimed is bad, once, whether its store fails or there is none; a repeat doesn't count")
    func claiming() async throws {
        func add(_ harness: ServiceHarness) async {
            _ = try? await harness.service.addEvent(
                ServiceHarness.body(),
                once: IdempotentRequest(key: "k", digest: [1]),
                for: harness.context,
                answer: { _ in },
                keep: { IdempotentAnswer(status: 1, fields: [], body: ByteBuffer()) }
            )
        }
        let stores = FakeStores()
        let harness = try ServiceHarness(.working(), stores: stores)
        await add(harness)
        await add(harness)
        #expect(counts(harness, .addEvent) == AnswerCounts(answers: 1))
        stores.idempotency.fail(StoreError(.unavailable, message: "no disk"))
        await add(harness)
        #expect(counts(harness, .addEvent) == AnswerCounts(answers: 2, bad: 1))
        let without = try ServiceHarness(.working())
        await add(without)
        #expect(counts(without, .addEvent) == AnswerCounts(answers: 1, bad: 1))
    }

    @Test("A list that lacks what could not be read is bad")
    func partial() async throws {
        let working = FakeEventsAPI.success(events: ["a"])
        let harness = try ServiceHarness(
            FakeEventsAPI { call, context throws(UpstreamError) in
                if case .event = call { throw .tooLarge(limit: 1) }
                return try await working(call, context)
            }
        )
        _ = await Read.partialEventsOfUser.result(harness)
        #expect(counts(harness, .getEventById) == AnswerCounts(answers: 1, bad: 1))
    }

    @Test("A good answer that took too long is bad for the latency alone; one that failed counts nothing there")
    func latency() async throws {
        let objectives = RouteObjectives(latency: .init(limit: .seconds(1), share: 0.99))
        let clock = ManualClock()
        let meter = ObjectiveMeter(.getUsers, objectives, at: .zero)
        let time = WallClock(start: ServiceHarness.start, clock: clock)
        _ = meter.count(isGood: true, after: .seconds(1), at: .zero)
        _ = meter.count(isGood: true, after: .milliseconds(1001), at: .zero)
        _ = meter.count(isGood: false, after: .seconds(9), at: .zero)
        let statuses = meter.status(time)
        #expect(statuses.map(\.kind) == [.availability, .latency(limit: .seconds(1))])
        #expect(statuses.map(\.totals) == [AnswerCounts(answers: 3, bad: 1), AnswerCounts(answers: 2, bad: 1)])
    }

    @Test("Another target keeps what was counted; another limit can't be judged by it")
    func replacing() async throws {
        let harness = try ServiceHarness(.working()) { configuration in
            configuration.objectives = [.getEvents: RouteObjectives(latency: .init(limit: .seconds(1), share: 0.99))]
        }
        _ = await harness.events()
        harness.clock.advance(by: .seconds(60))
        var configuration = EventServiceConfiguration()
        configuration.objectives = [
            .getEvents: RouteObjectives(availability: 0.999, latency: .init(limit: .seconds(2), share: 0.99))
        ]
        try harness.service.reconfigure(configuration)
        let statuses = harness.service.objectiveStatuses()
        #expect(statuses.map(\.target) == [0.999, 0.99])
        #expect(statuses.map(\.totals.answers) == [1, 0])
        #expect(statuses.map { ServiceHarness.offset($0.since) } == [0, 60])
        configuration.objectives = [:]
        try harness.service.reconfigure(configuration)
        #expect(harness.service.objectiveStatuses().isEmpty)
    }
}
