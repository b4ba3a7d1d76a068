import EventService
import EventServiceTestSupport
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import TestSupport
import Testing

@Suite("Health and readiness", .timeLimit(.minutes(3)))
struct HealthRoutesTests {
    @Test("the process is healthy while it serves, whatever the events API does", arguments: ["/healthz", "/health"])
    func health(path: String) async throws {
        let harness = try APIHarness(.failing(.refused))
        try await openAll(harness)
        for phase in [ServiceSnapshot.Phase.starting, .serving, .draining] {
            harness.service.setPhase(phase)
            let response = try await harness.answer(path)
            #expect(response.status == .ok)
            #expect(response.headers[.contentType] == "application/json; charset=utf-8")
            #expect(response.headers[.cacheControl] == "no-store")
            #expect(response.text == #"{"status":"ok"}"#)
        }
    }

    @Test("it is ready when every breaker is closed", arguments: ["/readyz", "/ready"])
    func ready(path: String) async throws {
        let response = try await APIHarness(.working()).answer(path)
        #expect(response.status == .ok)
        #expect(
            response.text == #"{"breakers":{"addEvent":{"state":"CLOSED"},"getEventById":{"state":"CLOSED"},"#
                + #""getEvents":{"state":"CLOSED"},"getUserById":{"state":"CLOSED"},"getUsers":{"state":"CLOSED"}},"#
                + #""status":"ready"}"#
        )
    }

    @Test(
        "it is not ready before it listens and while it drains",
        arguments: [ServiceSnapshot.Phase.starting, .draining]
    )
    func notReady(phase: ServiceSnapshot.Phase) async throws {
        let harness = try APIHarness(.working())
        harness.service.setPhase(phase)
        let response = try await harness.answer("/readyz")
        #expect(response.status == .serviceUnavailable)
        #expect(response.text.contains(#""status":"\#(phase.rawValue)""#))
    }

    @Test("it is degraded while some breaker is not closed, and says which and for how long")
    func degraded() async throws {
        let harness = try APIHarness(.failing(.refused))
        _ = try await harness.answer("/getEvents")
        harness.clock.advance(by: .milliseconds(100))
        let open = try await harness.answer("/readyz")
        #expect(open.status == .ok)
        #expect(open.text.contains(#""getEvents":{"retryAfter":10,"state":"OPEN"}"#))
        #expect(open.text.contains(#""getUsers":{"state":"CLOSED"}"#))
        #expect(open.text.contains(#""status":"degraded""#))

        harness.clock.advance(by: .seconds(10))
        let due = try await harness.answer("/readyz")
        #expect(due.status == .ok)
        #expect(due.text.contains(#""getEvents":{"retryAfter":0,"state":"HALF_OPEN"}"#))
    }

    @Test("it is degraded while nothing can be kept for later, without saying to everybody why")
    func outbox() async throws {
        let stores = FakeStores()
        let harness = try APIHarness(.working(), stores: stores)
        let well = try await harness.answer("/readyz")
        #expect(well.text.contains(#""outbox":{"refused":0,"status":"ok","undelivered":0},"status":"ready""#))
        stores.outbox.fail(StoreError(.noSpace, message: "no room for /a/secret/path"))
        _ = try await harness.answer("/v1/outbox")
        let failing = try await harness.answer("/readyz")
        #expect(failing.status == .ok)
        #expect(failing.text.contains(#""status":"failing""#))
        #expect(failing.text.contains(#""status":"degraded""#))
        #expect(!failing.text.contains("secret"))
    }

    @Test("it is degraded while as many are kept for later as may be")
    func full() async throws {
        let stores = FakeStores()
        stores.outbox.isFull = true
        let harness = try APIHarness(.working(), stores: stores)
        let delivery = Task { await harness.service.deliverOutbox() }
        while harness.service.snapshot().outbox?.status.isFull != true { await Task.yield() }
        let full = try await harness.answer("/readyz")
        #expect(full.text.contains(#""outbox":{"refused":0,"status":"full","undelivered":0},"status":"degraded""#))
        harness.service.stopDelivering()
        await delivery.value
    }

    @Test("it is down while every breaker is open, and of use again as soon as one lets a call through")
    func down() async throws {
        let harness = try APIHarness(.failing(.refused))
        try await openAll(harness)
        let response = try await harness.answer("/readyz")
        #expect(response.status == .serviceUnavailable)
        #expect(response.text.contains(#""status":"down""#))
        harness.clock.advance(by: .seconds(10))
        #expect(try await harness.answer("/readyz").status == .ok)
    }

    @Test("asking changes nothing")
    func looking() async throws {
        let harness = try APIHarness(.failing(.refused))
        _ = try await harness.answer("/getEvents")
        harness.clock.advance(by: .seconds(10))
        let before = harness.service.snapshot()
        for _ in 1...5 { _ = try await harness.answer("/readyz") }
        #expect(harness.service.snapshot() == before)
        #expect(harness.api.record.calls.count == 3)
    }

    /// Opens the breaker of every route.
    private func openAll(_ harness: APIHarness) async throws {
        harness.api.setScript { (call, _) throws(UpstreamError) in
            if case .user(id: "known") = call { return AnswerBody.user("known", events: ["a", "b", "c"]) }
            throw .refused
        }
        for path in ["/getUsers", "/getEvents", "/getEventsByUserId/known"] { _ = try await harness.answer(path) }
        _ = try await harness.answer("/addEvent", .post, body: #"{"name":"n","userId":"known"}"#)
        _ = try await harness.answer("/getEventsByUserId/unknown")
        try #require(harness.service.snapshot().breakers.allSatisfy { $0.state == .open })
    }
}
