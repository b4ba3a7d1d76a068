import EventService
import EventServiceTestSupport
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import TestSupport
import Testing

@testable import HTTPAPI

@Suite("Both routes for adding events", .timeLimit(.minutes(3)))
struct EventAddingTests {
    private static let paths = ["/addEvent", "/v1/events"]
    private static let body = #"{"id":"a b","name":"Talk","userId":"1"}"#
    private let stores = FakeStores()

    private static var addingFails: FakeEventsAPI {
        FakeEventsAPI { (call, context) throws(UpstreamError) in
            if call.route == .addEvent { throw .unexpectedStatus(500) }
            return try await FakeEventsAPI.success()(call, context)
        }
    }

    private func json(_ response: TestResponse) throws -> JSONDocument {
        try JSONDocument(parsing: response.body.readableBytesView)
    }

    private func post(
        _ harness: APIHarness,
        _ path: String,
        _ headers: KeyValuePairs<String, String> = [:],
        body: String = body
    ) async throws -> TestResponse {
        let fields = headers.compactMap { name, value in
            HTTPField.Name(name).map { HTTPField(name: $0, value: value) }
        }
        return try await harness.answer(path, .post, headers: HTTPFields(fields), body: body)
    }

    // MARK: - Accepting

    @Test("keep an event that can't be delivered where the client prefers that, and say where it is", arguments: paths)
    func accepted(path: String) async throws {
        let harness = try APIHarness(.failing(.refused), stores: stores)
        let response = try await post(harness, path, ["Prefer": "wait=5, respond-async", "X-Request-Id": "r"])
        #expect(response.status == .accepted)
        #expect(response.header("Location") == "/v1/outbox/a%20b")
        #expect(response.header("Preference-Applied") == "respond-async")
        #expect(response.header("Cache-Control") == "no-store")
        #expect(response.header("Retry-After") == nil)
        let event = try JSONDocument(parsing: Self.body)
        var expected: JSONDocument = [
            "id": "a b", "userId": "1", "state": "waiting", "acceptedAt": "2023-11-14T22:13:20.000Z",
            "requestId": "r", "attempts": 0, "event": event,
        ]
        if path == "/addEvent" {
            expected["success"] = .boolean(true)
            expected["message"] = "the event is kept and will be delivered as soon as the events API takes it"
        }
        #expect(try json(response) == expected)
        var check = SchemaCheck()
        check.check(expected, against: path == "/addEvent" ? "AcceptedEvent" : "OutboxEntry")
        #expect(check.failures == [])
        #expect(stores.outbox.entries.map(\.id) == ["a b"])
    }

    @Test("keep it without being asked where the service is set so, and say when it may be delivered")
    func configured() async throws {
        let harness = try APIHarness(Self.addingFails, stores: stores) { $0.whenDown = .queue }
        let response = try await post(harness, "/v1/events")
        #expect(response.status == .accepted)
        #expect(response.header("Preference-Applied") == nil)
        // Three attempts have opened the breaker.
        #expect(response.header("Retry-After") == "10")
        harness.clock.advance(by: .milliseconds(9500))
        #expect(try await post(harness, "/v1/events").header("Retry-After") == "1")
        harness.clock.advance(by: .milliseconds(500))
        #expect(try await post(harness, "/v1/events").header("Retry-After") == nil)
    }

    @Test("add an event at once where that is possible, whatever the client prefers", arguments: paths)
    func added(path: String) async throws {
        let response = try await post(APIHarness(.working(), stores: stores), path, ["Prefer": "respond-async"])
        #expect(response.status == (path == "/addEvent" ? .ok : .created))
        #expect(response.header("Preference-Applied") == nil)
        #expect(stores.outbox.entries.isEmpty)
    }

    @Test("refuse an event that can't be delivered where nobody wants it kept, or it can't be", arguments: paths)
    func refused(path: String) async throws {
        let harness = try APIHarness(.failing(.refused), stores: stores)
        #expect(try await post(harness, path).status == .serviceUnavailable)
        #expect(try await post(harness, path, ["Prefer": "return=minimal"]).status == .serviceUnavailable)
        stores.outbox.fail(StoreError(.noSpace, message: "the disk is full"))
        let response = try await post(harness, path, ["Prefer": "respond-async"])
        #expect(response.status == .serviceUnavailable)
        let problem = try ReadProblem(response)
        #expect(problem.type == "urn:evenkeel:problem:not-kept")
        #expect(problem.detail.hasSuffix("there is no room left on the disk"))
    }

    // MARK: - Repeats

    @Test("give a repeat the same answer to the byte, and say so", arguments: paths)
    func repeated(path: String) async throws {
        let harness = try APIHarness(.working(), stores: stores)
        let first = try await post(harness, path, ["Idempotency-Key": "\"k\""])
        let again = try await post(harness, path, ["Idempotency-Key": "k"])
        #expect(first.header("Idempotent-Replayed") == nil)
        #expect(again.header("Idempotent-Replayed") == "true")
        #expect((again.status, again.text) == (first.status, first.text))
        for name in ["Content-Type", "Location"] { #expect(again.header(name) == first.header(name)) }
        #expect(again.header("X-Request-Id") != first.header("X-Request-Id"))
        #expect(harness.api.record.count(.addEvent) == 1)
    }

    @Test("give a repeat of what was accepted the same answer, without what was true only then", arguments: paths)
    func repeatedAcceptance(path: String) async throws {
        let harness = try APIHarness(Self.addingFails, stores: stores)
        let headers: KeyValuePairs = ["Idempotency-Key": "k", "Prefer": "respond-async"]
        let first = try await post(harness, path, headers)
        let again = try await post(harness, path, headers)
        #expect(first.status == .accepted)
        #expect(first.header("Retry-After") == "10")
        #expect((again.status, again.text) == (first.status, first.text))
        for name in ["Location", "Preference-Applied", "Cache-Control"] {
            #expect(again.header(name) == first.header(name))
        }
        #expect(again.header("Retry-After") == nil)
        #expect(stores.outbox.entries.count == 1)
    }

    @Test("give a repeat of what was refused the same problem", arguments: paths)
    func repeatedRefusal(path: String) async throws {
        let harness = try APIHarness(.failing(.notFound), stores: stores)
        let first = try await post(harness, path, ["Idempotency-Key": "k"])
        harness.api.setScript(FakeEventsAPI.success())
        let again = try await post(harness, path, ["Idempotency-Key": "k"])
        #expect(first.status == .unprocessableContent)
        #expect((again.status, again.text) == (first.status, first.text))
        #expect(again.header("Content-Type") == "application/problem+json")
        #expect(again.header("Idempotent-Replayed") == "true")
    }

    @Test("refuse another body under the same key, but not on another route")
    func reused() async throws {
        let harness = try APIHarness(.working(), stores: stores)
        _ = try await post(harness, "/addEvent", ["Idempotency-Key": "k"])
        let response = try await post(harness, "/addEvent", ["Idempotency-Key": "k"], body: Self.body + " ")
        #expect(response.status == .unprocessableContent)
        #expect(try ReadProblem(response).type == "urn:evenkeel:problem:idempotency-key-reused")
        let elsewhere = try await post(harness, "/v1/events", ["Idempotency-Key": "k"], body: Self.body + " ")
        #expect(elsewhere.status == .created)
    }

    @Test("have a repeat come back while the first is under way", arguments: paths)
    func underWay(path: String) async throws {
        let gate = Gate()
        let harness = try APIHarness(
            FakeEventsAPI { (call, context) throws(UpstreamError) in
                try await gate.pass()
                return try await FakeEventsAPI.success()(call, context)
            },
            stores: stores
        )
        async let first = post(harness, path, ["Idempotency-Key": "k"])
        try await harness.api.wait { $0.underWay == 1 }
        let second = try await post(harness, path, ["Idempotency-Key": "k"])
        gate.open()
        #expect(try await first.status.kind == .successful)
        #expect(second.status == .conflict)
        #expect(second.header("Retry-After") == "1")
        #expect(try ReadProblem(second).type == "urn:evenkeel:problem:idempotency-key-in-use")
    }

    @Test("refuse a key that breaks the rules, and take no event where a key can't be honoured", arguments: paths)
    func unclaimed(path: String) async throws {
        let harness = try APIHarness(.working(), stores: stores)
        let malformed = try await post(harness, path, ["Idempotency-Key": "a b"])
        #expect(malformed.status == .badRequest)
        #expect(try ReadProblem(malformed).details?.map(\.field) == ["Idempotency-Key"])
        stores.idempotency.fail(StoreError(.unavailable, message: "gone"))
        let unclaimed = try await post(harness, path, ["Idempotency-Key": "k"])
        #expect(unclaimed.status == .serviceUnavailable)
        #expect(try ReadProblem(unclaimed).type == "urn:evenkeel:problem:store-failed")
        #expect(harness.api.record.calls.isEmpty)
    }

    @Test("give a client that goes away the same event when it comes back")
    func hangUp() async throws {
        let harness = try APIHarness(FakeEventsAPI(FakeEventsAPI.hanging), stores: stores)
        let body = #"{"name":"n","userId":"1"}"#
        try await harness.run(.live) { client in
            try await RawClient.run(port: client.port) { raw in
                try await raw.send(
                    "POST /addEvent HTTP/1.1\r\nHost: localhost\r\nIdempotency-Key: k\r\n"
                        + "Content-Length: \(body.utf8.count)\r\n\r\n\(body)"
                )
                try await harness.api.wait { $0.underWay == 1 }
                await raw.close()
                try await stores.idempotency.wait { $0.values.allSatisfy { $0.holder == nil } }
            }
        }
        let id = try #require(stores.idempotency.keys.values.first?.eventID)
        harness.api.setScript(FakeEventsAPI.success())
        let response = try await post(harness, "/addEvent", ["Idempotency-Key": "k"], body: body)
        #expect(response.status == .ok)
        guard case .addEvent(let sent) = harness.api.record.calls.last else {
            Issue.record("nothing was sent")
            return
        }
        #expect(String(buffer: sent).contains(id))
    }
}
