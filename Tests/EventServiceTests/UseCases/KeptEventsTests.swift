import EventService
import EventServiceTestSupport
import NIOCore
import Testing

@Suite("The events that are kept, as values", .timeLimit(.minutes(3)))
struct KeptEventsTests {
    private let stores = FakeStores()

    private func keep(_ id: String, userID: String) async throws {
        let entry = OutboxEntry(
            id: id,
            userID: userID,
            event: ByteBuffer(string: #"{"id":"\#(id)","name":"Talk \#(id)","userId":"\#(userID)"}"#),
            acceptedAt: ServiceHarness.start,
            requestID: "r"
        )
        _ = try await stores.outbox.add(entry)
    }

    @Test("the refused come first, and who has to wait for another one is told")
    func order() async throws {
        for (id, user) in [("a", "1"), ("b", "1"), ("c", "2"), ("d", "2"), ("e", "2")] {
            try await keep(id, userID: user)
        }
        stores.outbox.change("d") { ($0.state, $0.refusedStatus) = (.refused, 422) }
        stores.outbox.change("c") { $0.state = .delivered }
        let harness = try ServiceHarness(.failing(.refused), stores: stores)
        let kept = try await harness.service.listKept(atMost: 200)
        #expect(kept.events.map(\.id) == ["d", "a", "b", "e"])
        #expect(kept.events.map(\.name) == ["Talk d", "Talk a", "Talk b", "Talk e"])
        #expect(kept.events.map(\.isBehindAnother) == [false, false, true, false])
        #expect(!kept.hasMore)
    }

    @Test("as many as wanted are read in pages, and whether there are more", arguments: [1, 199, 200, 201, 450, 451])
    func limit(_ limit: Int) async throws {
        for number in 0..<450 { try await keep("\(1000 + number)", userID: "\(number)") }
        let harness = try ServiceHarness(.failing(.refused), stores: stores)
        let kept = try await harness.service.listKept(atMost: limit)
        #expect(kept.events.map(\.id) == (0..<min(limit, 450)).map { "\(1000 + $0)" })
        #expect(kept.hasMore == (limit < 450))
    }

    @Test("a store that fails is the service's error")
    func failure() async throws {
        stores.outbox.fail(StoreError(.unavailable, message: "disk I/O error"))
        let harness = try ServiceHarness(.failing(.refused), stores: stores)
        await #expect { try await harness.service.listKept(atMost: 1) } throws: { error in
            (error as? ServiceError)?.kind == .storeFailed
        }
    }
}
