import EventService
import EventServiceTestSupport
import NIOCore
import TestSupport
import Testing

@Suite("Answers that are no more fresh, when the events API fails", .timeLimit(.minutes(3)))
struct StaleAnswerTests {
    private static let events = ["a", "b"]

    /// A service with an answer to a read that was kept two seconds ago, and that doesn't try again.
    private func expired(_ read: Read) async throws -> ServiceHarness {
        let harness = try ServiceHarness.caching(.working(events: Self.events)) {
            $0.readRetries.maximum = 0
        }
        _ = try await read.answer(harness)
        harness.clock.advance(by: .seconds(2))
        return harness
    }

    @Test(
        "are given for every failure of the events API, with the reason",
        arguments: Read.allCases,
        [
            (UpstreamError.refused, ServiceError.Kind.busy), (.overloaded(status: 503, retryAfter: nil), .busy),
            (.unexpectedStatus(500), .badUpstream), (.malformed("x"), .badUpstream),
            (.tooLarge(limit: 1), .badUpstream),
            (.timedOut(after: .seconds(5)), .timedOut), (.outOfDescriptors, .outOfDescriptors),
            (.rejected(status: 403, message: nil), .badUpstream),
        ]
    )
    func given(read: Read, failure: (error: UpstreamError, kind: ServiceError.Kind)) async throws {
        let harness = try await expired(read)
        harness.api.setScript(FakeEventsAPI.failure(failure.error))
        let answer = try await read.answer(harness)
        #expect(answer.freshness.staleReason?.kind == failure.kind)
        #expect(answer.freshness.age == .seconds(2))
        #expect(answer.freshness.remaining == .seconds(-1))
        #expect(answer.missing.isEmpty)
        #expect(harness.service.cacheStatistics.staleAnswers == 1)
    }

    @Test("are given at once while the breaker is open, without a call", arguments: Read.allCases)
    func breakerOpen(read: Read) async throws {
        let harness = try await expired(read)
        harness.api.setScript(FakeEventsAPI.failure(.refused))
        for _ in 0..<3 { _ = try await read.answer(harness) }
        harness.api.forgetCalls()
        let answer = try await read.answer(harness)
        #expect(answer.freshness.staleReason?.kind == .circuitOpen)
        #expect(harness.api.record.calls.isEmpty)
    }

    @Test("are not given where a read wants no kept answer", arguments: Read.allCases)
    func reload(read: Read) async throws {
        let harness = try await expired(read)
        harness.api.setScript(FakeEventsAPI.failure(.refused))
        #expect(await read.result(harness, .reload).error?.kind == .busy)
    }

    @Test("are not given once the events API says that there is nothing, nor afterwards", arguments: Read.allCases)
    func notFound(read: Read) async throws {
        let harness = try await expired(read)
        harness.api.setScript(FakeEventsAPI.failure(.notFound))
        let gone = await read.result(harness)
        switch read {
        case .users, .events:
            // A list can't be gone: its route is, and that is the events API's failure.
            #expect(try gone.get().freshness.staleReason?.kind == .badUpstream)
        case .user, .event, .eventsOfUser, .partialEventsOfUser:
            #expect(gone.error?.kind == .notFound)
            harness.api.setScript(FakeEventsAPI.failure(.refused))
            #expect(await read.result(harness).error?.kind == .busy)
        }
    }

    @Test("are not given for a word that there is nothing, though a later read was told otherwise")
    func overtakenNotFound() async throws {
        let gate = Gate()
        let harness = try ServiceHarness.caching(
            FakeEventsAPI { (call, context) throws(UpstreamError) in
                if context.requestID == "early" {
                    try await gate.pass()
                    throw .notFound
                }
                return try await FakeEventsAPI.success(events: Self.events)(call, context)
            }
        )
        let early = Task { try await Read.event.answer(harness, for: CallContext(requestID: "early")) }
        try await harness.api.wait { $0.underWay == 1 }
        let event = ByteBuffer(string: #"{"id":"b","name":"Talk","userId":"1"}"#)
        #expect(await harness.add(event).error == nil)
        _ = try await Read.event.answer(harness)
        gate.open()
        let error = await #expect(throws: ServiceError.self) { try await early.value }
        #expect(error?.kind == .notFound)
        #expect(try await Read.event.answer(harness).freshness.source == .cached)
    }

    @Test("are not given to a caller who left", arguments: Read.allCases)
    func cancelled(read: Read) async throws {
        let harness = try await expired(read)
        harness.api.setScript(FakeEventsAPI.hanging)
        let task = Task { await read.result(harness) }
        try await harness.api.wait { $0.underWay == 1 }
        task.cancel()
        #expect(await task.value.error?.kind == .cancelled)
    }

    @Test("are given until they are too old, to the last moment", arguments: Read.allCases)
    func tooOld(read: Read) async throws {
        let harness = try await expired(read)
        harness.api.setScript(FakeEventsAPI.failure(.unexpectedStatus(404)))
        harness.clock.advance(by: .seconds(299))
        #expect(try await read.answer(harness).freshness.age == .seconds(301))
        harness.clock.advance(by: .nanoseconds(1))
        #expect(await read.result(harness).error?.kind == .badUpstream)
    }

    @Test("are given rather than a list that lacks events; without one, what could be read is")
    func partial() async throws {
        let harness = try await expired(.partialEventsOfUser)
        harness.api.setScript { (call, context) throws(UpstreamError) in
            if call == .event(id: "b") { throw .refused }
            return try await FakeEventsAPI.success(events: Self.events)(call, context)
        }
        let stale = try await Read.partialEventsOfUser.answer(harness)
        #expect(stale.freshness.staleReason?.kind == .busy)
        #expect(stale.missing.isEmpty)
        harness.clock.advance(by: .seconds(300))
        #expect(try await Read.partialEventsOfUser.answer(harness).missing == ["b"])
        let fresh = try await Read.partialEventsOfUser.answer(harness, .reload)
        #expect(fresh.missing == ["b"])
        #expect(fresh.freshness.source == .fetched(.reload))
    }

    @Test("are given to all who wait for the call that failed")
    func joined() async throws {
        let gate = Gate()
        let harness = try await expired(.users)
        harness.api.setScript { (_, _) throws(UpstreamError) in
            try await gate.pass()
            throw .refused
        }
        try await withThrowingTaskGroup(of: Bool.self) { group in
            for _ in 0..<100 { group.addTask { try await Read.users.answer(harness).freshness.staleReason != nil } }
            try await harness.api.wait { $0.underWay == 1 }
            for _ in 0..<1_000 { await Task.yield() }
            gate.open()
            for try await isStale in group { #expect(isStale) }
        }
        #expect(harness.service.cacheStatistics.staleAnswers == 100)
    }

    @Test(
        "A user whose events the list has no room for any more, and other failures of no call, are errors or stale alike"
    )
    func tooManyEvents() async throws {
        let harness = try ServiceHarness.caching(.working(events: Self.events)) { $0.maximumEventsPerUser = 2 }
        _ = try await Read.eventsOfUser.answer(harness)
        harness.clock.advance(by: .seconds(2))
        harness.api.setScript(FakeEventsAPI.success(events: ["a", "b", "c"]))
        #expect(try await Read.eventsOfUser.answer(harness).freshness.staleReason?.kind == .badUpstream)
    }
}
