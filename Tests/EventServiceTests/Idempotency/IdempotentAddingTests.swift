import EventService
import EventServiceTestSupport
import Foundation
import Logging
import NIOCore
import TestSupport
import Testing

@Suite("Adding an event for a request that may come more than once", .timeLimit(.minutes(3)))
struct IdempotentAddingTests {
    private let stores = FakeStores()
    private let request = IdempotentRequest(key: "k", digest: [1])
    private static let down = StoreError(.unavailable, message: "no disk")

    /// The answer to a result: its name.
    private static func words(_ result: Result<EventService.Addition, ServiceError>) -> String {
        switch result {
        case .success(.added(let added)): "added \(added.id)"
        case .success(.accepted(let entry)): "accepted \(entry.id)"
        case .failure(let error): "\(error.kind)"
        }
    }

    private static func kept(_ words: String) -> IdempotentAnswer {
        IdempotentAnswer(status: 1, fields: [], body: ByteBuffer(string: words))
    }

    /// Claims a key as another process would.
    @discardableResult
    private func claim(
        _ key: String = "k",
        eventID: String = "mine",
        by holder: String = "1"
    ) async throws -> IdempotencyClaim {
        let now = ServiceHarness.start
        return try await stores.idempotency.claim(
            key,
            for: [1],
            eventID: eventID,
            by: holder,
            now: now,
            until: now + 3600
        )
    }

    /// Adds an event and tells in words what became of it.
    private func add(
        _ harness: ServiceHarness,
        _ request: IdempotentRequest? = nil,
        body: ByteBuffer = ServiceHarness.body(),
        whenDown: EventServiceConfiguration.WhenDown? = nil
    ) async -> String {
        do throws(ServiceError) {
            let result = try await harness.service.addEvent(
                body,
                whenDown: whenDown,
                once: request ?? self.request,
                for: harness.context,
                answer: Self.words,
                keep: Self.kept
            )
            switch result {
            case .first(let words): return words
            case .repeated(let answer): return "again: \(String(buffer: answer.body))"
            case .underWay: return "under way"
            case .otherRequest: return "other request"
            }
        } catch {
            return "\(error.kind)"
        }
    }

    /// The identifiers of the events that were sent, in order.
    private func sentIDs(_ harness: ServiceHarness) -> [String] {
        harness.api.record.calls.compactMap { call in
            guard case .addEvent(let body) = call else { return nil }
            return String(buffer: body).firstMatch(of: /"id":"([^"]*)"/).map { String($0.output.1) }
        }
    }

    @Test("adds it once, and gives a repeat the answer that was kept, for a day")
    func repeats() async throws {
        let harness = try ServiceHarness(.working(), stores: stores)
        let first = await add(harness)
        #expect(first.hasPrefix("added "))
        #expect(await add(harness) == "again: \(first)")
        harness.clock.advance(by: .seconds(24 * 3600 - 1))
        #expect(await add(harness) == "again: \(first)")
        #expect(sentIDs(harness).count == 1)
        harness.clock.advance(by: .seconds(2))
        #expect(await add(harness).hasPrefix("added "))
        #expect(Set(sentIDs(harness)).count == 2)
        let counted = harness.service.statistics().idempotency
        #expect((counted.first, counted.repeated) == (2, 2))
    }

    @Test("keeps that it was accepted, too, whatever becomes of it later")
    func accepted() async throws {
        let harness = try ServiceHarness(.failing(.refused), stores: stores)
        let first = await add(harness, whenDown: .queue)
        #expect(first.hasPrefix("accepted "))
        harness.api.setScript(FakeEventsAPI.success())
        #expect(await add(harness) == "again: \(first)")
        #expect(stores.outbox.entries.count == 1)
    }

    @Test(
        "keeps refusals that would come again",
        arguments: [
            (UpstreamError.rejected(status: 422, message: "no"), "refused(status: 422)"),
            (.rejected(status: 409, message: nil), "refused(status: 409)"), (.notFound, "unknownUser"),
        ]
    )
    func refused(error: UpstreamError, kind: String) async throws {
        let harness = try ServiceHarness(
            FakeEventsAPI { (call, context) throws(UpstreamError) in
                if error == .notFound || call.route == .addEvent { throw error }
                return try await FakeEventsAPI.success()(call, context)
            },
            stores: stores
        )
        #expect(await add(harness) == kind)
        harness.api.setScript(FakeEventsAPI.success())
        #expect(await add(harness) == "again: \(kind)")
    }

    @Test(
        "works on a repeat of what failed for another reason, with the identifier of the first time",
        arguments: [
            UpstreamError.refused, .overloaded(status: 429, retryAfter: nil), .unexpectedStatus(500),
            .timedOut(after: .seconds(1)), .cancelled, .rejected(status: 403, message: nil),
            .rejected(status: 408, message: nil),
        ]
    )
    func failed(error: UpstreamError) async throws {
        let harness = try ServiceHarness(
            FakeEventsAPI { (call, context) throws(UpstreamError) in
                if call.route == .addEvent { throw error }
                return try await FakeEventsAPI.success()(call, context)
            },
            stores: stores
        ) { $0.addRetries.maximum = 0 }
        #expect(await !add(harness).contains("added"))
        harness.api.setScript(FakeEventsAPI.success())
        #expect(await add(harness).hasPrefix("added "))
        let ids = sentIDs(harness)
        #expect(ids.count == 2 && Set(ids).count == 1)
    }

    @Test("refuses a body that is wrong before its key is claimed, so that the right one can have it")
    func invalid() async throws {
        let harness = try ServiceHarness(.working(), stores: stores)
        #expect(await add(harness, body: ByteBuffer(string: "{}")) == "invalid")
        #expect(stores.idempotency.keys.isEmpty)
        #expect(await add(harness, IdempotentRequest(key: "k", digest: [2])).hasPrefix("added "))
    }

    @Test("doesn't work on a different request that has the key")
    func other() async throws {
        let harness = try ServiceHarness(.working(), stores: stores)
        _ = await add(harness)
        #expect(await add(harness, IdempotentRequest(key: "k", digest: [2])) == "other request")
        #expect(await add(harness, IdempotentRequest(key: "l", digest: [2])).hasPrefix("added "))
        #expect(harness.service.statistics().idempotency.otherRequest == 1)
    }

    @Test("works on one of two that come at once")
    func underWay() async throws {
        let gate = Gate()
        let harness = try ServiceHarness(
            FakeEventsAPI { (call, context) throws(UpstreamError) in
                if call.route == .addEvent { try await gate.pass() }
                return try await FakeEventsAPI.success()(call, context)
            },
            stores: stores
        )
        async let first = add(harness)
        try await harness.api.wait { $0.count(.addEvent) == 1 }
        #expect(await add(harness) == "under way")
        #expect(harness.service.statistics().idempotency.underWay == 1)
        gate.open()
        let answer = await first
        #expect(await add(harness) == "again: \(answer)")
    }

    @Test("gives the key back although the client has gone away")
    func cancelled() async throws {
        let harness = try ServiceHarness(
            FakeEventsAPI { (call, context) throws(UpstreamError) in
                if call.route == .addEvent { return try await FakeEventsAPI.hanging(call, context) }
                return try await FakeEventsAPI.success()(call, context)
            },
            stores: stores
        )
        let client = Task { await add(harness) }
        try await harness.api.wait { $0.count(.addEvent) == 1 }
        client.cancel()
        #expect(await client.value == "cancelled")
        #expect(stores.idempotency.keys["k"]?.holder == nil)
        harness.api.setScript(FakeEventsAPI.success())
        #expect(await add(harness).hasPrefix("added "))
        #expect(Set(sentIDs(harness)).count == 1)
    }

    @Test("sends nothing where the key can't be claimed")
    func unclaimed() async throws {
        let harness = try ServiceHarness(.working(), stores: stores)
        stores.idempotency.fail(Self.down)
        let error = await #expect(throws: ServiceError.self) {
            try await harness.service.addEvent(
                ServiceHarness.body(),
                once: request,
                for: harness.context,
                answer: Self.words,
                keep: Self.kept
            )
        }
        #expect(error?.kind == .storeFailed)
        #expect(error?.message.hasSuffix("the database doesn't answer; the log says why") == true)
        #expect(harness.api.record.calls.isEmpty)
        let counted = harness.service.statistics().idempotency
        #expect(counted.unclaimed == 1)
        #expect(counted.storeFailures == [.unavailable: 1])
        stores.idempotency.fail(nil)
        #expect(await add(harness).hasPrefix("added "))
    }

    @Test("says that it was added although that can't be kept, and a repeat adds the same event")
    func unsettled() async throws {
        let log = RecordingLog()
        let harness = try ServiceHarness(.working(), logger: log.logger, stores: stores)
        stores.idempotency.failToSettle(Self.down)
        #expect(await add(harness).hasPrefix("added "))
        let lines = log.lines.filter { $0.level == .error }
        #expect(lines.map(\.message) == ["What became of a request can't be kept for its repeats"])
        #expect(lines.first?.metadata == ["request_id": "test-request", "reason": "no disk"])
        stores.idempotency.failToSettle(nil)
        // The claim lasts as long as a request may take, 15 s, and 10 s more.
        harness.clock.advance(by: .seconds(24))
        #expect(await add(harness) == "under way")
        harness.clock.advance(by: .seconds(2))
        #expect(await add(harness).hasPrefix("added "))
        #expect(Set(sentIDs(harness)).count == 1)
    }

    @Test("can be worked on at once after a restart, with the identifier of before")
    func restarted() async throws {
        try await claim()
        let harness = try ServiceHarness(.working(), stores: stores)
        #expect(await add(harness) == "added mine")
        // Only what was claimed before the start is given back.
        try await claim("l")
        #expect(await add(harness, IdempotentRequest(key: "l", digest: [1])) == "under way")
    }

    @Test("can be worked on by another process as soon as the dead one's successor has started")
    func succeeded() async throws {
        try await claim()
        let successor = try ServiceHarness(.working(), stores: stores)
        let housekeeping = Task { await successor.service.runHousekeeping() }
        try await stores.idempotency.wait { $0["k"]?.holder == nil }
        housekeeping.cancel()
        await housekeeping.value
        #expect(try await claim(eventID: "other", by: "2") == .granted(eventID: "mine"))
    }

    @Test("keeps an identifier that the body has")
    func ownID() async throws {
        let harness = try ServiceHarness(.working(), stores: stores)
        let body = ByteBuffer(string: #"{"id":"mine","name":"n","userId":"1"}"#)
        #expect(await add(harness, body: body) == "added mine")
        #expect(stores.idempotency.keys["k"]?.eventID == "mine")
    }

    @Test("is refused by a service that keeps nothing")
    func withoutStore() async throws {
        #expect(await add(try ServiceHarness(.working())) == "storeFailed")
    }

    @Test("is forgotten every hour, and a store that fails doesn't end that")
    func housekeeping() async throws {
        let log = RecordingLog()
        let harness = try ServiceHarness(.working(), logger: log.logger, stores: stores)
        _ = await add(harness)
        let housekeeping = Task { await harness.service.runHousekeeping() }
        try await harness.waitForWake(at: .seconds(3600))
        #expect(stores.idempotency.keys.count == 1)
        stores.idempotency.fail(Self.down)
        harness.clock.advance(by: .seconds(24 * 3600 + 1))
        try await harness.clock.waitForSleepers(1)
        #expect(log.lines.map(\.message).contains("Expired answers can't be forgotten"))
        stores.idempotency.fail(nil)
        harness.clock.advance(by: .seconds(3600))
        try await stores.idempotency.wait { $0.isEmpty }
        housekeeping.cancel()
        await housekeeping.value
    }
}
