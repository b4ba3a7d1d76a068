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

    private func members(of event: String) async throws -> KeptEvent {
        let entry = OutboxEntry(
            id: "a",
            userID: "1",
            event: ByteBuffer(string: event),
            acceptedAt: ServiceHarness.start,
            requestID: "r"
        )
        _ = try await stores.outbox.add(entry)
        let harness = try ServiceHarness(.failing(.refused), stores: stores)
        return try #require(try await harness.service.listKept(atMost: 1).events.first)
    }

    @Test("every member of the event is told, in its order: text as text, anything else as its JSON")
    func tellsMembers() async throws {
        let event = try await members(
            of: #"{"id":"a","name":"T\u0061lk","userId":"1","tags":["x", 1],"size":-1e3,"at":{"n":null},"name":"b\n"}"#
        )
        let told = event.members.map { "\($0.name)=\($0.value)" }
        #expect(
            told == [
                "id=a", "name=Talk", "userId=1", #"tags=["x", 1]"#, "size=-1e3", #"at={"n":null}"#, "name=b\n",
            ]
        )
        #expect(event.membersLeftOut == 0)
    }

    @Test("of a large event the beginning is told, and how much is left out")
    func cutsLargeMembers() async throws {
        let text = String(repeating: "é", count: 1_000_000)
        let event = try await members(of: #"{"id":"a","name":"Talk","userId":"1","text":"\#(text)","x":1,"y":2}"#)
        #expect(event.name == "Talk")
        #expect(event.members.map(\.name) == ["id", "name", "userId", "text"])
        #expect(event.membersLeftOut == 2)
        let value = try #require(event.members.last?.value)
        #expect(value.hasPrefix("éé") && value.hasSuffix("é…"))
        #expect((8000...16 * 1024).contains(value.utf8.count))
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
