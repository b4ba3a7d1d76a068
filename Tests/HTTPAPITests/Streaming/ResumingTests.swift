import EventService
import EventServiceTestSupport
import TestSupport
import Testing

@testable import HTTPAPI

@Suite("A stream that was lost", .timeLimit(.minutes(3)))
struct ResumingTests {
    /// A service with ten failures, and the identifier of the event after the third.
    private func lost(_ harness: APIHarness, _ api: HTTPAPI) async throws -> String {
        for _ in 1...3 { await harness.fail() }
        let id = try await StreamClient.run(harness, api) { try await $0.events(1)[0].id }
        for _ in 4...10 { await harness.fail() }
        return id
    }

    /// A service whose calls all fail, and whose breakers let all of them through.
    private func harness() throws -> APIHarness {
        let harness = try APIHarness(.failing(.refused)) { $0.readRetries.maximum = 0 }
        harness.service.setMode(.disabled, of: .getEvents)
        return harness
    }

    private func snapshot(_ harness: APIHarness, _ api: HTTPAPI, from id: String?) async throws -> JSONDocument {
        try await StreamClient.run(harness, api, resumingFrom: id) { try await $0.events(1)[0].json }
    }

    @Test("goes on without a gap: the entries that its client hasn't got, and no other")
    func resumed() async throws {
        let harness = try harness()
        let api = harness.httpAPI
        let id = try await lost(harness, api)
        let snapshot = try await snapshot(harness, api, from: id)
        #expect(snapshot["resumed"] == true)
        #expect(snapshot["missedEntries"] == 0)
        // The first entry is that of the mode.
        #expect(snapshot["entries"]?.elements.compactMap { $0["id"]?.number } == Array(4...10))
        #expect(snapshot["lanes"]?.elements.count == UpstreamRoute.allCases.count)
    }

    @Test("goes on with no entries where none came meanwhile")
    func nothingNew() async throws {
        let harness = try harness()
        let api = harness.httpAPI
        let first = try await StreamClient.run(harness, api) { try await $0.events(1)[0] }
        let snapshot = try await snapshot(harness, api, from: first.id)
        #expect(snapshot["resumed"] == true)
        #expect(snapshot["entries"] == [])
        #expect(snapshot["missedEntries"] == 0)
    }

    @Test("tells its client how many entries it missed")
    func gap() async throws {
        let harness = try harness()
        let api = harness.httpAPI
        let id = try await lost(harness, api)
        for _ in 11...250 { await harness.fail() }
        let snapshot = try await snapshot(harness, api, from: id)
        #expect(snapshot["resumed"] == true)
        // Entries 0 to 250, of which the client has 4 and the last 200 are there.
        #expect(snapshot["missedEntries"] == 47)
        #expect(snapshot["entries"]?.elements.compactMap { $0["id"]?.number } == Array(51...250))
    }

    @Test(
        "starts again with an id that is none of its own",
        arguments: ["", "-", "4", "x-4", "-4", "ffffffffffffffff-4", "ffffffffffffffff-+4", "🏳️‍🌈-٣"]
    )
    func unreadable(id: String) async throws {
        let harness = try harness()
        let api = harness.httpAPI
        _ = try await lost(harness, api)
        try expectAll(try await snapshot(harness, api, from: id))
    }

    @Test("starts again with an id of another run")
    func otherBoot() async throws {
        let harness = try harness()
        let id = try await lost(harness, harness.httpAPI)
        try expectAll(try await snapshot(harness, harness.httpAPI, from: id))
    }

    @Test("starts again with an id that is yet to come")
    func future() async throws {
        let harness = try harness()
        let api = harness.httpAPI
        let id = try await lost(harness, api)
        let boot = try #require(StreamPosition(id)).boot
        let ids = [12, UInt64.max].map { StreamPosition(boot: boot, nextEntry: $0).text }
        for id in ids { try expectAll(try await snapshot(harness, api, from: id)) }
    }

    private func expectAll(_ snapshot: JSONDocument) throws {
        #expect(snapshot["resumed"] == false)
        #expect(snapshot["missedEntries"] == 0)
        #expect(snapshot["entries"]?.elements.compactMap { $0["id"]?.number } == Array(0...10))
    }

    @Test("loses nothing wherever it is cut")
    func everyCut() async throws {
        let harness = try harness()
        let api = harness.httpAPI
        let events = try await StreamClient.run(harness, api) { client in
            _ = try await client.events(1)
            client.setReading(false)
            try await client.waitForPace()
            for _ in 1...150 { await harness.fail() }
            try await client.pass()
            try await client.wait { $0.writes == 2 }
            for _ in 1...400 { await harness.fail() }
            client.setReading(true)
            try await client.pass()
            try await client.wait { $0.received.named("entries").count == 2 }
            #expect(client.received.named("missed").count == 1)
            return client.received.events
        }
        for cut in events.indices {
            let got = try events[...cut].reduce(into: Told()) { try $0.take($1) }
            let rest = try await snapshot(harness, api, from: events[cut].id)
            var told = got
            told.entries += rest["entries"]?.elements.compactMap { $0["id"]?.number } ?? []
            told.missed += rest["missedEntries"]?.number ?? 0
            #expect(told.entries == told.entries.sorted() && Set(told.entries).count == told.entries.count)
            #expect(told.entries.count + told.missed == 551, "cut after \(events[cut].name) \(cut)")
        }
    }

    /// What a client was told of the timeline.
    private struct Told {
        var entries: [Int] = []
        var missed = 0

        mutating func take(_ event: ReceivedEvents.Event) throws {
            let json = try event.json
            switch event.name {
            case "snapshot": entries += json["entries"]?.elements.compactMap { $0["id"]?.number } ?? []
            case "entries": entries += json.elements.compactMap { $0["id"]?.number }
            case "missed": missed += json["entries"]?.number ?? 0
            default: break
            }
        }
    }
}
