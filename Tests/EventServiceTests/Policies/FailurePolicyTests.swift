import EventService
import EventServiceTestSupport
import NIOCore
import Resilience
import TestSupport
import Testing

@Suite("Failures of the events API", .timeLimit(.minutes(3)))
struct FailurePolicyTests {
    struct Expectation: Sendable, CustomTestStringConvertible {
        let error: UpstreamError
        let kind: ServiceError.Kind
        /// With the four attempts of a read that is worth repeating.
        var attempts = 4
        /// Whether each attempt is a failure for the breaker.
        var isFailure = true
        /// Whether each attempt that isn't shows the breaker that the events API works.
        var isAnswer = true
        let message: String

        var testDescription: String { error.description }
    }

    @Test(
        "each is explained, retried where that can help, and counted against the events API where it is to blame",
        arguments: [
            Expectation(error: .refused, kind: .busy, message: "service busy"),
            Expectation(error: .unreachable("no route"), kind: .busy, message: "service busy"),
            Expectation(error: .reset, kind: .busy, message: "service busy"),
            Expectation(error: .overloaded(status: 503, retryAfter: nil), kind: .busy, message: "service busy"),
            Expectation(error: .overloaded(status: 429, retryAfter: nil), kind: .busy, message: "service busy"),
            Expectation(
                error: .outOfDescriptors,
                kind: .outOfDescriptors,
                attempts: 1,
                isFailure: false,
                isAnswer: false,
                message: "Evenkeel has as many files and connections open as it may, and can't ask the events API"
            ),
            Expectation(
                error: .truncated,
                kind: .badUpstream,
                message: "bad answer from the events API to getEvents: connection closed in the middle of the answer"
            ),
            Expectation(
                error: .timedOut(after: .seconds(2)),
                kind: .timedOut,
                message: "the events API did not answer getEvents within 2 s"
            ),
            Expectation(
                error: .unexpectedStatus(500),
                kind: .badUpstream,
                message: "bad answer from the events API to getEvents: status 500"
            ),
            Expectation(
                error: .unexpectedStatus(302),
                kind: .badUpstream,
                attempts: 1,
                message: "bad answer from the events API to getEvents: status 302, an unexpected redirect"
            ),
            Expectation(
                error: .malformed("why"),
                kind: .badUpstream,
                message: "bad answer from the events API to getEvents: not the JSON promised: why"
            ),
            Expectation(
                error: .tooLarge(limit: 10),
                kind: .badUpstream,
                attempts: 1,
                message: "bad answer from the events API to getEvents: an answer of more than 10 bytes"
            ),
            Expectation(
                error: .invalidHTTP("why"),
                kind: .badUpstream,
                message: "bad answer from the events API to getEvents: not HTTP: why"
            ),
            Expectation(
                error: .rejected(status: 401, message: "who are you"),
                kind: .badUpstream,
                attempts: 1,
                isFailure: false,
                message: "bad answer from the events API to getEvents: status 401: who are you"
            ),
            Expectation(
                error: .notFound,
                kind: .badUpstream,
                attempts: 1,
                isFailure: false,
                message: "the events API has no route getEvents: check EVENT_API_BASE_URL"
            ),
        ]
    )
    func table(expected: Expectation) async throws {
        let harness = try patient(.failing(expected.error))
        let error = try #require(await harness.events().error)
        #expect(error.kind == expected.kind)
        #expect(error.message == expected.message)
        #expect(error.route == .getEvents)
        #expect(error.breakerState == (expected.isFailure ? .closed : nil))
        #expect(error.retryAfter == nil)
        #expect(harness.api.record.calls.count == expected.attempts)
        let breaker = try harness.breaker(.getEvents)
        #expect(breaker.totals.failed == (expected.isFailure ? UInt64(expected.attempts) : 0))
        #expect(breaker.totals.succeeded == (expected.isFailure || !expected.isAnswer ? 0 : 1))
        #expect(breaker.totals.ignored == (expected.isAnswer ? 0 : 1))
        #expect(breaker.lastFailure?.message == (expected.isFailure ? expected.error.description : nil))
    }

    @Test(
        "an event that it refuses is the client's affair: its words and status are passed on",
        arguments: [400, 409, 413, 422]
    )
    func refusedEvent(status: Int) async throws {
        let harness = try adding(fails: .rejected(status: status, message: "duplicate"))
        let error = try #require(await harness.add().error)
        #expect(error.kind == .refused(status: status))
        #expect(error.message == "the events API refused the event: duplicate")
        #expect(harness.api.record.count(.addEvent) == 1)
        #expect(try harness.breaker(.addEvent).totals.succeeded == 1)
    }

    @Test("another 4xx to adding is not the client's affair", arguments: [401, 403, 405, 408, 415])
    func misconfigured(status: Int) async throws {
        let harness = try adding(fails: .rejected(status: status, message: nil))
        #expect(await harness.add().error?.kind == .badUpstream)
    }

    @Test("no answer within the attempt's limit is a failure, and the call is cancelled")
    func attemptTimeout() async throws {
        let harness = try patient(FakeEventsAPI(FakeEventsAPI.hanging)) { $0.readRetries.maximum = 0 }
        async let result = harness.events()
        try await harness.clock.waitForSleepers(2)
        try await harness.api.wait { $0.underWay == 1 }
        harness.clock.advance(by: .seconds(5))
        let error = try #require(await result.error)
        #expect(error.kind == .timedOut)
        #expect(error.message == "the events API did not answer getEvents within 5 s")
        #expect(harness.api.record.cancelled == 1)
        let breaker = try harness.breaker(.getEvents)
        #expect(breaker.totals.failed == 1)
        #expect(breaker.lastFailure?.message == "no answer within 5 s")
    }

    @Test("a request past its deadline ends, and what it has under way is cancelled")
    func deadline() async throws {
        let harness = try patient(FakeEventsAPI(FakeEventsAPI.hanging)) { $0.requestDeadline = .seconds(12) }
        async let result = harness.events()
        for (number, time) in [5, 10, 12].enumerated() {
            try await harness.api.wait { $0.calls.count == number + 1 && $0.underWay == 1 }
            try await harness.waitForWake(at: .seconds(time))
            harness.clock.advance(by: .seconds(time) - harness.clock.now.offset)
        }
        let error = try #require(await result.error)
        #expect(error.kind == .timedOut)
        #expect(error.message == "not done within 12 s")
        #expect(harness.api.record.cancelled == 3)
        #expect(harness.api.record.underWay == 0)
        let totals = try harness.breaker(.getEvents).totals
        #expect((totals.failed, totals.ignored) == (2, 1), "the last had hardly begun and says nothing")
    }

    @Test("an attempt that the deadline ends is a failure if it had had half the time that it may have")
    func cutOff() async throws {
        let harness = try patient(FakeEventsAPI(FakeEventsAPI.hanging)) { $0.requestDeadline = .seconds(3) }
        async let result = harness.events()
        try await harness.clock.waitForSleepers(2)
        try await harness.api.wait { $0.underWay == 1 }
        harness.clock.advance(by: .seconds(3))
        #expect(await result.error?.kind == .timedOut)
        let breaker = try harness.breaker(.getEvents)
        #expect((breaker.totals.failed, breaker.totals.ignored) == (1, 0))
        #expect(breaker.lastFailure?.message == "no answer within 3 s")
    }

    @Test("a caller that goes away cancels the call, and that counts for nothing")
    func cancellation() async throws {
        let harness = try patient(FakeEventsAPI(FakeEventsAPI.hanging))
        let request = Task { await harness.events() }
        try await harness.api.wait { $0.underWay == 1 }
        request.cancel()
        #expect(await request.value.error?.kind == .cancelled)
        // The caller doesn't wait for the end of what it left.
        while try harness.breaker(.getEvents).totals.ignored == 0 {
            try Task.checkCancellation()
            await Task.yield()
        }
        #expect(harness.api.record.cancelled == 1)
        #expect(harness.api.record.calls.count == 1)
        let breaker = try harness.breaker(.getEvents)
        #expect((breaker.totals.ignored, breaker.totals.failed, breaker.totals.succeeded) == (1, 0, 0))
        #expect(breaker.lastFailure == nil)
        #expect(harness.service.snapshot().timeline.entries.isEmpty)
    }

    @Test("a caller that goes away during the wait for a retry ends it at once")
    func cancelledWait() async throws {
        let harness = try patient(.failing(.overloaded(status: 503, retryAfter: .seconds(3))))
        let request = Task { await harness.events() }
        try await harness.waitForWake(at: .seconds(3))
        request.cancel()
        #expect(await request.value.error?.kind == .cancelled)
        // The caller doesn't wait for the end of what it left.
        while harness.clock.sleepers > 0 {
            try Task.checkCancellation()
            await Task.yield()
        }
        #expect(harness.api.record.calls.count == 1)
    }

    @Test(
        "the events API's Retry-After makes the breaker's wait longer, up to the longest",
        arguments: [(30, 30), (500, 60)]
    )
    func retryAfterExtendsTheWait(asked: Int, wait: Int) async throws {
        let harness = try ServiceHarness(.failing(.overloaded(status: 503, retryAfter: .seconds(asked))))
        for _ in 1...3 { _ = await harness.events() }
        #expect(try harness.breaker(.getEvents).wait == .seconds(wait))
        #expect(await harness.events().error?.retryAfter == .seconds(wait))
    }

    @Test("each route has a breaker of its own")
    func breakersApart() async throws {
        let harness = try ServiceHarness(
            FakeEventsAPI { (call, context) throws(UpstreamError) in
                if call.route == .getEvents { throw .refused }
                return try await FakeEventsAPI.success()(call, context)
            }
        )
        #expect(await harness.events().error?.breakerState == .open)
        #expect(try await harness.service.users(for: harness.context).body.readableBytes > 0)
        #expect(await harness.add().error == nil)
        #expect(harness.service.snapshot().troubled.map(\.route) == [.getEvents])
    }

    private func patient(
        _ api: FakeEventsAPI,
        _ configure: (inout EventServiceConfiguration) -> Void = { _ in }
    ) throws -> ServiceHarness {
        try ServiceHarness(api) { configuration in
            configuration.breaker = try CircuitBreakerConfiguration(failureThreshold: 100, jitter: 0)
            configure(&configuration)
        }
    }

    private func adding(fails error: UpstreamError) throws -> ServiceHarness {
        try ServiceHarness(
            FakeEventsAPI { (call, context) throws(UpstreamError) in
                if call.route == .addEvent { throw error }
                return try await FakeEventsAPI.success()(call, context)
            }
        )
    }
}
