import EventService
import EventServiceTestSupport
import Foundation
import HTTPTypes
import HummingbirdTesting
import NIOCore
import TestSupport
import Testing

@testable import HTTPAPI

@Suite("The outbox under /v1", .timeLimit(.minutes(3)))
struct OutboxRoutesTests {
    private let stores = FakeStores()

    /// The answer as JSON; a number that isn't whole, which no reader of the tests takes, is made whole.
    private func json(_ response: TestResponse) throws -> JSONDocument {
        try JSONDocument(parsing: response.text.replacing("1.50", with: "1"))
    }

    private func ids(_ response: TestResponse) throws -> [String] {
        try json(response).elements.compactMap { $0["id"]?.text }
    }

    /// A service that has accepted events `e1`, `e2`… of the users 1 and 2 in turn.
    private func accepting(_ count: Int) async throws -> APIHarness {
        for number in 1...count {
            _ = try await stores.outbox.add(
                OutboxEntry(
                    id: "e\(number)",
                    userID: number % 2 == 1 ? "1" : "2",
                    event: ByteBuffer(string: #"{"id":"e\#(number)","name":"é \" 😀","userId":"1", "more" : 1.50}"#),
                    acceptedAt: Date(timeIntervalSince1970: 1_700_000_000 + Double(number)),
                    requestID: "r\(number)"
                )
            )
        }
        return try APIHarness(.working(), stores: stores)
    }

    private func refuse(_ id: String) {
        stores.outbox.change(id) { entry in
            (entry.state, entry.attempts, entry.refusedStatus) = (.refused, 2, 422)
            (entry.lastError, entry.settledAt) = ("status 422: no", Date(timeIntervalSince1970: 1_700_000_100))
        }
    }

    private func deliver(_ id: String) {
        stores.outbox.change(id) { entry in
            (entry.state, entry.attempts, entry.answer) = (.delivered, 1, AnswerBody.added)
            entry.settledAt = Date(timeIntervalSince1970: 1_700_000_200)
        }
    }

    // MARK: - Looking

    @Test("has what was accepted, the longest accepted first, and true only now")
    func list() async throws {
        let harness = try await accepting(3)
        refuse("e2")
        let response = try await harness.answer("/v1/outbox")
        #expect(response.status == .ok)
        #expect(response.header("Cache-Control") == "no-store")
        #expect(response.header("Link") == nil)
        let expected: JSONDocument = [
            "id": "e2", "userId": "2", "state": "refused", "acceptedAt": "2023-11-14T22:13:22.000Z", "requestId": "r2",
            "attempts": 2, "lastError": "status 422: no", "settledAt": "2023-11-14T22:15:00.000Z", "refusedStatus": 422,
            "name": "é \" 😀",
        ]
        #expect(try ids(response) == ["e1", "e2", "e3"])
        #expect(try json(response).elements[1] == expected)
    }

    @Test(
        "is filtered",
        arguments: [
            ("state=waiting", ["e1", "e4", "e5"]), ("state=refused,delivered", ["e2", "e3"]),
            ("userId=2", ["e2", "e4"]), ("state=waiting&userId=2", ["e4"]), ("userId=%39", []),
            ("limit=2", ["e1", "e2"]), ("cursor=&limit=1", ["e1"]), ("state=delivering", []),
        ]
    )
    func filters(query: String, expected: [String]) async throws {
        let harness = try await accepting(5)
        refuse("e2")
        deliver("e3")
        #expect(try ids(try await harness.answer("/v1/outbox?\(query)")) == expected)
    }

    @Test("is read page by page to its end, by the links alone, which keep the filters")
    func pages() async throws {
        let harness = try await accepting(9)
        var next: String? = "?limit=2&userId=1&state=waiting%2Crefused"
        var pages: [[String]] = []
        while let query = next {
            let response = try await harness.answer("/v1/outbox\(query)")
            pages.append(try ids(response))
            next = response.header("Link")?.wholeMatch(of: /<(.*)>; rel="next"/).map { String($0.output.1) }
        }
        #expect(pages == [["e1", "e3"], ["e5", "e7"], ["e9"]])
    }

    @Test("has 50 entries unless more are asked for, up to 200")
    func limits() async throws {
        let harness = try await accepting(210)
        #expect(try ids(try await harness.answer("/v1/outbox")).count == 50)
        #expect(try ids(try await harness.answer("/v1/outbox?limit=200")).count == 200)
    }

    @Test("refuses what it can't read, each parameter by its name")
    func invalid() async throws {
        let harness = try await accepting(1)
        let response = try await harness.answer("/v1/outbox?limit=201&cursor=-1&state=waiting,x&userId=1&userId=2&y=")
        #expect(response.status == .badRequest)
        let details = try #require(try ReadProblem(response).details)
        #expect(Set(details.map(\.field)) == ["limit", "cursor", "state", "userId", "y"])
        #expect(details.count == 5)
        for query in ["limit=0", "limit=", "state=", "state=,", "cursor=9223372036854775808", "cursor=x", "limit=+1"] {
            #expect(try await harness.answer("/v1/outbox?\(query)").status == .badRequest, "\(query)")
        }
    }

    @Test("has each entry whole: with its event as it is sent, and the events API's answer")
    func entry() async throws {
        let harness = try await accepting(1)
        #expect(try json(try await harness.answer("/v1/outbox/e1"))["answer"] == nil)
        deliver("e1")
        let response = try await harness.answer("/v1/outbox/e1")
        #expect(response.header("Cache-Control") == "no-store")
        #expect(response.text.contains(#""event":{"id":"e1","name":"é \" 😀","userId":"1", "more" : 1.50}"#))
        #expect(try json(response)["state"] == "delivered")
        #expect(try json(response)["answer"] == (try JSONDocument(parsing: AnswerBody.added.readableBytesView)))
    }

    @Test("shows everything as its description says")
    func schemas() async throws {
        let harness = try await accepting(4)
        refuse("e1")
        deliver("e2")
        stores.outbox.change("e3") { $0.nextAttemptAt = Date(timeIntervalSince1970: 1_800_000_000) }
        var check = SchemaCheck()
        let list = try json(try await harness.answer("/v1/outbox"))
        for item in list.elements { check.check(item, against: "OutboxItem") }
        for number in 1...4 {
            let entry = try await harness.answer("/v1/outbox/e\(number)")
            check.check(try json(entry), against: "OutboxEntry")
        }
        #expect(check.failures == [])
        for schema in ["OutboxItem", "OutboxEntry"] {
            for property in try #require(Components.schemas[schema]?["properties"]).members.keys {
                #expect(check.seen.contains("\(schema).\(property)"), "\(schema).\(property)")
            }
        }
    }

    // MARK: - Deciding

    @Test("has what was refused tried again behind the others of its user, and answers with the entry")
    func retry() async throws {
        let harness = try await accepting(3)
        refuse("e1")
        let response = try await harness.answer("/v1/outbox/e1/retry", .post)
        #expect(response.status == .ok)
        #expect(try json(response)["state"] == "waiting")
        #expect(stores.outbox.entries.map(\.id) == ["e2", "e3", "e1"])
    }

    @Test("says when an entry is tried next: when its pause is over, or as soon as the breaker takes calls")
    func nextAttempt() async throws {
        let harness = try await accepting(2)
        // The user is known, and the event isn't taken: three attempts open the breaker.
        harness.api.setScript { (call, _) throws(UpstreamError) in
            if case .addEvent = call { throw .unexpectedStatus(500) }
            return AnswerBody.user("1")
        }
        let event = ByteBuffer(string: #"{"name":"n","userId":"1"}"#)
        _ = try? await harness.service.addEvent(event, for: CallContext(requestID: "r"))
        let probeAt = try #require(harness.service.breaker(.addEvent).probeAt)
        let retried = try await harness.answer("/v1/outbox/e1/retry", .post)
        #expect(retried.header("Retry-After") == "10")
        #expect(try json(retried)["nextAttemptAt"] == .string(RFC3339.text(of: probeAt)))
        let later = probeAt + 12
        stores.outbox.change("e2") { $0.nextAttemptAt = later }
        let entry = try await harness.answer("/v1/outbox/e2")
        #expect(try json(entry)["nextAttemptAt"] == .string(RFC3339.text(of: later)))
    }

    @Test("forgets what is discarded", arguments: [false, true])
    func discard(isRefused: Bool) async throws {
        let harness = try await accepting(2)
        if isRefused { refuse("e1") }
        let response = try await harness.answer("/v1/outbox/e1", .delete)
        #expect(response.status == .noContent)
        #expect(response.text.isEmpty)
        #expect(stores.outbox.entries.map(\.id) == ["e2"])
        #expect(try await harness.answer("/v1/outbox/e1").status == .notFound)
    }

    @Test("leaves alone what is being delivered or was", arguments: [OutboxEntry.State.delivering, .delivered])
    func decided(state: OutboxEntry.State) async throws {
        let harness = try await accepting(1)
        stores.outbox.change("e1") { $0.state = state }
        for (path, method) in [("/retry", HTTPRequest.Method.post), ("", .delete)] {
            let response = try await harness.answer("/v1/outbox/e1\(path)", method)
            #expect(response.status == .conflict)
            #expect(try ReadProblem(response).type == "urn:evenkeel:problem:conflict")
        }
        #expect(stores.outbox.entries.map(\.state) == [state])
    }

    // MARK: - What there is not

    @Test(
        "says of what it doesn't have what may have become of it",
        arguments: [("", HTTPRequest.Method.get), ("/retry", .post), ("", .delete)]
    )
    func unknown(path: String, method: HTTPRequest.Method) async throws {
        let harness = try await accepting(1)
        let response = try await harness.answer("/v1/outbox/a%20b\(path)", method)
        #expect(response.status == .notFound)
        #expect(
            try ReadProblem(response).detail
                == "there is no event a b in the outbox: it was never accepted for later, was discarded, or was delivered "
                + "more than 24 h ago and is forgotten here"
        )
    }

    @Test("is empty where nothing is ever kept")
    func withoutStore() async throws {
        let harness = try APIHarness(.working())
        #expect(try await harness.answer("/v1/outbox").text == "[]")
        #expect(try await harness.answer("/v1/outbox/e1").status == .notFound)
    }

    @Test(
        "says so where its store fails",
        arguments: [("", HTTPRequest.Method.get), ("/e1", .get), ("/e1/retry", .post), ("/e1", .delete)]
    )
    func failing(path: String, method: HTTPRequest.Method) async throws {
        let harness = try await accepting(1)
        stores.outbox.fail(StoreError(.corrupt, message: "the file is damaged"))
        let response = try await harness.answer("/v1/outbox\(path)", method)
        #expect(response.status == .serviceUnavailable)
        #expect(try ReadProblem(response).type == "urn:evenkeel:problem:store-failed")
        #expect(harness.service.statistics().outbox.storeFailures == [.corrupt: 1])
    }

    @Test("is changed only by those who may", arguments: ["retryOutboxEntry", "discardOutboxEntry"])
    func access(operation: String) throws {
        let endpoint = try #require(try APIHarness(.working()).httpAPI.endpoints.first { $0.operation.id == operation })
        #expect(endpoint.operation.access == .admin)
    }
}
