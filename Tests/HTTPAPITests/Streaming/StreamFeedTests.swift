import EventService
import EventServiceTestSupport
import TestSupport
import Testing

@testable import HTTPAPI

@Suite("What all streams have in common", .timeLimit(.minutes(3)))
struct StreamFeedTests {
    private func harness() throws -> APIHarness {
        let harness = try APIHarness(.failing(.refused)) { $0.readRetries.maximum = 0 }
        harness.service.setMode(.disabled, of: .getEvents)
        return harness
    }

    @Test("is one snapshot for each change, put into words once")
    func once() async throws {
        let harness = try harness()
        let api = harness.httpAPI
        try await StreamClient.run(20, harness, api) { clients in
            for client in clients { _ = try await client.events(1) }
            try await clients[0].pass()
            // From here on all know the same.
            try await change(harness, clients, upTo: 1)
            let before = api.streams.feed.snapshotCount
            for id in 2...6 {
                try await change(harness, clients, upTo: id)
                #expect(Set(clients.map(\.place)).count == 1, "all are sent the same bytes in memory")
            }
            #expect(api.streams.feed.snapshotCount == before + 5)
            #expect(harness.listeners == 1)
        }
    }

    @Test("is told to who comes between two changes, without a gap and without anything twice")
    func between() async throws {
        let harness = try harness()
        let api = harness.httpAPI
        try await StreamClient.run(1, harness, api) { early in
            _ = try await early[0].events(1)
            try await change(harness, early, upTo: 1)
            await harness.fail()
            try await StreamClient.run(1, harness, api) { late in
                // It knows the second failure already, which the first is yet to be told.
                let snapshot = try await late[0].events(1)[0].json
                #expect(snapshot["entries"]?.elements.count == 3)
                for id in 3...4 { try await change(harness, early + late, upTo: id) }
                #expect(try ids(early[0]) == [1, 2, 3, 4])
                #expect(try ids(late[0]) == [3, 4])
                #expect(early[0].place == late[0].place)
            }
        }
    }

    @Test("goes on for those who stay, ends with the last, and begins again")
    func leaving() async throws {
        let harness = try harness()
        let api = harness.httpAPI
        for id in [1, 3, 5] {
            try await StreamClient.run(1, harness, api) { stays in
                _ = try await stays[0].events(1)
                try await StreamClient.run(1, harness, api) { _ = try await $0[0].events(1) }
                while api.streams.count > 1 { await Task.yield() }
                try await change(harness, stays, upTo: id)
            }
            try await harness.waitForNoListeners()
            while harness.clock.sleepers > 0 { await Task.yield() }
            let count = api.streams.feed.snapshotCount
            await harness.fail()
            #expect(api.streams.feed.snapshotCount == count, "nobody looks where nobody listens")
        }
    }

    /// Lets a call fail, and returns when all clients have been told so, by the entry with this identifier.
    private func change(_ harness: APIHarness, _ clients: [StreamClient], upTo id: Int) async throws {
        await harness.fail()
        try await clients[0].pass()
        for client in clients {
            try await client.wait { $0.received.named("lanes").last?.id.hasSuffix("-\(id + 1)") == true }
        }
    }

    /// The entries that a client was told one by one.
    private func ids(_ client: StreamClient) throws -> [Int] {
        try client.received.named("entries").flatMap { try $0.json.elements.compactMap { $0["id"]?.number } }
    }
}
