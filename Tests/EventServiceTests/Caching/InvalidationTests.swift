import EventService
import EventServiceTestSupport
import NIOCore
import TestSupport
import Testing

@Suite("Adding an event makes what is kept out of date", .timeLimit(.minutes(3)))
struct InvalidationTests {
    private static let events = ["a", "b"]
    private static let event = ByteBuffer(string: #"{"id":"b","name":"Talk","userId":"1"}"#)

    @Test("in every read that it touches", arguments: Read.allCases)
    func touched(read: Read) async throws {
        let harness = try ServiceHarness.caching(.working(events: Self.events))
        _ = try await read.answer(harness)
        #expect(await harness.add(Self.event).error == nil)
        #expect(try await read.answer(harness).freshness.source == .fetched(.absent))
    }

    @Test("and in no other", arguments: [Read.user, .event, .eventsOfUser, .partialEventsOfUser])
    func untouched(read: Read) async throws {
        let harness = try ServiceHarness.caching(.working(events: Self.events))
        _ = try await read.answer(harness, userID: "2", eventID: "c")
        #expect(await harness.add(Self.event).error == nil)
        #expect(try await read.answer(harness, userID: "2", eventID: "c").freshness.source == .cached)
    }

    @Test("also where it would still do as a stale answer", arguments: Read.allCases)
    func stale(read: Read) async throws {
        let harness = try ServiceHarness.caching(.working(events: Self.events))
        _ = try await read.answer(harness)
        harness.clock.advance(by: .seconds(2))
        #expect(await harness.add(Self.event).error == nil)
        harness.api.setScript(FakeEventsAPI.failure(.refused))
        #expect(await read.result(harness).error?.kind == .busy)
    }

    @Test("and keeps out what a call brings that was under way", arguments: Read.allCases)
    func underWay(read: Read) async throws {
        let gate = Gate()
        let harness = try ServiceHarness.caching(
            FakeEventsAPI { (call, context) throws(UpstreamError) in
                if call.route.isRead, context.requestID == "early" { try await gate.pass() }
                return try await FakeEventsAPI.success(events: Self.events)(call, context)
            }
        )
        let early = Task { try await read.answer(harness, for: CallContext(requestID: "early")) }
        try await harness.api.wait { $0.underWay == 1 }
        #expect(await harness.add(Self.event).error == nil)
        gate.open()
        #expect(try await early.value.freshness.source == .fetched(.absent))
        #expect(try await read.answer(harness).freshness.source == .fetched(.absent))
        #expect(try await read.answer(harness).freshness.source == .cached)
    }

    @Test(
        "also where the answer was lost, but not where nothing can have reached the events API",
        arguments: [
            (UpstreamError.timedOut(after: .seconds(5)), false), (.reset, false), (.truncated, false),
            (.overloaded(status: 503, retryAfter: nil), false), (.rejected(status: 409, message: nil), false),
            (.malformed("x"), false), (.refused, true), (.unreachable("no route"), true),
        ]
    )
    func lostAnswer(failure: (error: UpstreamError, keeps: Bool)) async throws {
        let harness = try ServiceHarness.caching(.working(events: Self.events)) { $0.addRetries.maximum = 0 }
        _ = try await Read.users.answer(harness)
        harness.api.setScript { (call, context) throws(UpstreamError) in
            if call.route == .addEvent { throw failure.error }
            return try await FakeEventsAPI.success(events: Self.events)(call, context)
        }
        #expect(await harness.add(Self.event).error != nil)
        let source: Freshness.Source = failure.keeps ? .cached : .fetched(.absent)
        #expect(try await Read.users.answer(harness).freshness.source == source)
    }

    @Test("also where the first attempt's answer was lost and the last one reached nobody")
    func lostBeforeRetry() async throws {
        let harness = try ServiceHarness.caching(.working(events: Self.events)) {
            $0.addRetries.maximum = 1
        }
        _ = try await Read.users.answer(harness)
        harness.api.forgetCalls()
        harness.api.setScript { [api = harness.api] (call, context) throws(UpstreamError) in
            guard call.route == .addEvent else {
                return try await FakeEventsAPI.success(events: Self.events)(call, context)
            }
            if api.record.count(.addEvent) == 1 { throw .reset }
            throw .refused
        }
        #expect(await harness.add(Self.event).error?.kind == .busy)
        #expect(harness.api.record.count(.addEvent) == 2)
        #expect(try await Read.users.answer(harness).freshness.source == .fetched(.absent))
    }

    @Test("but not where the breaker or an unknown user kept it from being sent")
    func neverSent() async throws {
        let harness = try ServiceHarness.caching(.working(events: Self.events)) { $0.addRetries.maximum = 0 }
        harness.api.setScript { (call, context) throws(UpstreamError) in
            if call.route == .addEvent { throw .reset }
            if call == .user(id: "9") { throw .notFound }
            return try await FakeEventsAPI.success(events: Self.events)(call, context)
        }
        for _ in 0..<3 { _ = await harness.add(Self.event) }
        _ = try await Read.users.answer(harness)
        #expect(await harness.add(Self.event).error?.kind == .circuitOpen)
        #expect(await harness.add(ServiceHarness.body(userID: "9")).error != nil)
        #expect(try await Read.users.answer(harness).freshness.source == .cached)
    }
}
