import EventService
import EventServiceTestSupport
import Foundation
import NIOCore
import Resilience
import TestSupport
import Testing

@Suite("Adding an event", .timeLimit(.minutes(3)))
struct AddingTests {
    @Test("asks for the user, then sends the event, and returns the events API's own answer")
    func adds() async throws {
        let answer = ByteBuffer(string: #" {"success" : true, "x": 1.0} "#)
        let harness = try ServiceHarness(
            FakeEventsAPI { (call, _) in
                call.route == .addEvent ? answer : AnswerBody.user("7")
            }
        )
        #expect(try await harness.add(ServiceHarness.body(userID: "7")).get() == answer)
        let calls = harness.api.record.calls
        #expect(calls.first == .user(id: "7"))
        guard case .addEvent(let body) = calls.last else {
            Issue.record("no event was sent: \(calls)")
            return
        }
        let sent = String(buffer: body)
        let id = try #require(sent.firstMatch(of: /^\{"id":"([0-9a-f-]{36})",/)).output.1
        #expect(sent == #"{"id":"\#(id)","name":"Talk","userId":"7"}"#)
        // The first 48 bits of the identifier are the service's time in milliseconds: 1,700,000,000,000.
        #expect(id.replacing("-", with: "").prefix(12) == "018bcfe56800")
        #expect(harness.api.record.contexts.allSatisfy { $0.requestID == "test-request" })
        #expect(harness.context.upstreamAttempts == 2)
    }

    @Test("sends an event that has its own identifier as it came")
    func ownID() async throws {
        let harness = try ServiceHarness(.working())
        let body = ByteBuffer(string: #"{ "name":"n", "id":"mine", "userId":"1", "extra":[1.0e0] }"#)
        #expect(await harness.add(body).error == nil)
        #expect(harness.api.record.calls.last == .addEvent(body: body))
    }

    @Test("sends nothing at all for a body that is wrong")
    func invalid() async throws {
        let harness = try ServiceHarness(.working())
        let error = try #require(await harness.add(ByteBuffer(string: #"{"name":7}"#)).error)
        #expect(error.kind == .invalid)
        #expect(error.fields.map(\.field) == ["name", "userId"])
        #expect(harness.api.record.calls.isEmpty)
        #expect(try harness.breaker(.addEvent).totals == .init())
    }

    @Test("refuses an unknown user, which says nothing about the route for adding")
    func unknownUser() async throws {
        let harness = try ServiceHarness(.failing(.notFound))
        let error = try #require(await harness.add(ServiceHarness.body(userID: "9")).error)
        #expect(error.kind == .unknownUser)
        #expect(error.message == "there is no user 9 to add the event to")
        #expect(error.fields == [.init(field: "userId", message: "is not the id of a user")])
        #expect(harness.api.record.calls == [.user(id: "9")])
        let totals = try harness.breaker(.addEvent).totals
        #expect((totals.ignored, totals.failed, totals.succeeded) == (1, 0, 0))
    }

    @Test("an unknown user in place of a probe gives the place to the next caller")
    func unknownUserAsProbe() async throws {
        let harness = try ServiceHarness(addingFails)
        for _ in 1...2 { _ = await harness.add() }
        harness.clock.advance(by: .seconds(10))
        harness.api.setScript(FakeEventsAPI.failure(.notFound))
        #expect(await harness.add().error?.kind == .unknownUser)
        #expect(try harness.breaker(.addEvent).state == .halfOpen)
        #expect(try harness.breaker(.addEvent).probesUnderWay == 0)
        harness.api.setScript(FakeEventsAPI.success())
        #expect(await harness.add().error == nil)
        #expect(try harness.breaker(.addEvent).state == .closed)
    }

    @Test("fails like the question for the user where that fails")
    func userUnavailable() async throws {
        let harness = try ServiceHarness(.failing(.refused))
        let first = try #require(await harness.add().error)
        #expect(first.kind == .busy)
        #expect(first.route == .getUserById)
        let second = try #require(await harness.add().error)
        #expect(second.kind == .circuitOpen)
        #expect(second.route == .getUserById)
        #expect(second.retryAfter == .seconds(10))
        #expect(harness.api.record.count(.addEvent) == 0)
        #expect(try harness.breaker(.addEvent).totals.ignored == 2)
        #expect(try harness.breaker(.addEvent).state == .closed)
    }

    @Test("a draft keeps its identifier, and every member of it is sent")
    func draft() async throws {
        let harness = try ServiceHarness(.working())
        let draft = EventDraft(id: "d1", name: "Tea \"at\" 5\n", userID: "1", startsAt: "2026-01-01T17:00:00Z")
        try await harness.service.add(draft, for: harness.context)
        guard case .addEvent(let body) = harness.api.record.calls.last else {
            Issue.record("no event was sent")
            return
        }
        let sent = try JSONSerialization.jsonObject(with: Data(body.readableBytesView)) as? NSDictionary
        #expect(
            sent == ["id": "d1", "name": "Tea \"at\" 5\n", "userId": "1", "startsAt": "2026-01-01T17:00:00Z"]
                as NSDictionary
        )
    }

    @Test("a draft without a time is sent without one, and a blank name is refused with the field's name")
    func draftWithoutTime() async throws {
        let harness = try ServiceHarness(.working())
        try await harness.service.add(EventDraft(id: "d1", name: "n", userID: "1"), for: harness.context)
        guard case .addEvent(let body) = harness.api.record.calls.last else {
            Issue.record("no event was sent")
            return
        }
        #expect(!String(buffer: body).contains("startsAt"))
        let error = await #expect(throws: ServiceError.self) {
            try await harness.service.add(EventDraft(id: "d2", name: " ", userID: "1"), for: harness.context)
        }
        #expect(error?.fields.map(\.field) == ["name"])
    }

    private var addingFails: FakeEventsAPI {
        FakeEventsAPI { (call, context) throws(UpstreamError) in
            if call.route == .addEvent { throw .overloaded(status: 503, retryAfter: nil) }
            return try await FakeEventsAPI.success()(call, context)
        }
    }
}
