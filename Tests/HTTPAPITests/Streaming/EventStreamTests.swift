import EventService
import EventServiceTestSupport
import NIOCore
import TestSupport
import Testing

@testable import HTTPAPI

@Suite("A stream of events", .timeLimit(.minutes(3)))
struct EventStreamTests {
    @Test("begins with when to come back, and with everything")
    func beginning() async throws {
        let harness = try APIHarness(.failing(.refused)) { $0.readRetries.maximum = 0 }
        for _ in 1...3 { await harness.fail() }
        try await StreamClient.run(harness) { client in
            let event = try #require(try await client.events(1).first)
            #expect(client.received.retry == 2000)
            #expect(event.name == "snapshot")
            #expect(event.id.hasSuffix("-4"))
            let snapshot = try event.json
            #expect(snapshot["resumed"] == false)
            #expect(snapshot["missedEntries"] == 0)
            #expect(snapshot["entries"]?.elements.compactMap { $0["id"] } == [0, 1, 2, 3])
            #expect(snapshot["breakers"]?.elements.count == UpstreamRoute.allCases.count)
            #expect(snapshot["service"]?["phase"] == "serving")
            #expect(client.received.unknown.isEmpty)
        }
    }

    @Test("goes on with what changed and nothing else, each event with the id to resume from")
    func changes() async throws {
        let harness = try APIHarness(.failing(.refused)) { $0.readRetries.maximum = 0 }
        try await StreamClient.run(harness) { client in
            _ = try await client.events(1)
            try await client.waitForPace()
            await harness.fail()
            try await client.pass()
            var events = try await client.events(5).dropFirst()
            #expect(events.map(\.name) == ["entries", "breaker", "lanes", "objective"])
            #expect(events.allSatisfy { $0.id.hasSuffix("-1") })
            #expect(try events.map { try $0.json }[1]["name"] == "getEvents")

            harness.service.setPhase(.starting)
            try await client.pass()
            events = try await client.events(6).dropFirst(5)
            #expect(events.map(\.name) == ["service"])
            #expect(try events.last?.json["phase"] == "starting")
        }
    }

    @Test("sends what happens within 50 ms together, and what happens later later")
    func pace() async throws {
        let harness = try APIHarness(.failing(.refused)) { $0.readRetries.maximum = 0 }
        try await StreamClient.run(harness) { client in
            _ = try await client.events(1)
            try await client.waitForPace()
            await harness.fail()
            await harness.fail()
            harness.clock.advance(by: StreamFeed.minimumInterval - .nanoseconds(1))
            #expect(client.writes == 1)
            harness.clock.advance(by: .nanoseconds(1))
            let entries = try #require(try await client.events(4).first { $0.name == "entries" })
            #expect(try entries.json.elements.count == 2)
            #expect(client.writes == 2)
        }
    }

    @Test("says every 15 s that it is alive; else nothing is sent, and nothing wakes")
    func heartbeat() async throws {
        let harness = try APIHarness(.working())
        try await StreamClient.run(harness) { client in
            _ = try await client.events(1)
            try await client.pass()
            for beats in 1...3 {
                // Whoever else sleeps would wake, and whoever doesn't would write.
                while harness.clock.sleepers != 1 { await Task.yield() }
                let wait = try #require(harness.clock.nextWake).offset - harness.clock.now.offset
                // The first is counted from when the stream began, within the first 50 ms.
                let range = EventStream.heartbeatInterval - StreamFeed.minimumInterval...EventStream.heartbeatInterval
                #expect(beats == 1 ? range.contains(wait) : wait == EventStream.heartbeatInterval)
                harness.clock.advance(by: wait)
                try await client.wait { $0.received.comments.count == beats }
            }
            #expect(client.writes == 4)
            #expect(client.received.comments == ["heartbeat", "heartbeat", "heartbeat"])
        }
    }

    @Test("ends with a reason when the service is about to stop")
    func draining() async throws {
        let harness = try APIHarness(.working())
        try await StreamClient.run(harness) { client in
            _ = try await client.events(1)
            harness.service.setPhase(.draining)
            try await client.pass()
            try await client.wait { $0.isFinished }
            #expect(client.received.events.map(\.name) == ["snapshot", "service", "end"])
            #expect(try client.received.events.last?.json == ["reason": "draining"])
        }
        try await harness.waitForNoListeners()
    }

    @Test("ends with a reason when the service has stopped")
    func stopped() async throws {
        let harness = try APIHarness(.working())
        try await StreamClient.run(harness) { client in
            _ = try await client.events(1)
            harness.service.finishChanges()
            try await client.pass()
            try await client.wait { $0.isFinished }
            #expect(try client.received.events.last?.json == ["reason": "stopped"])
        }
    }

    @Test("opened while the service is about to stop says so, and ends")
    func late() async throws {
        let harness = try APIHarness(.working())
        harness.service.setPhase(.draining)
        try await StreamClient.run(harness) { client in
            try await client.wait { $0.isFinished }
            #expect(client.received.events.map(\.name) == ["snapshot", "end"])
        }
    }

    @Test(
        "keeps its frame whatever the events API says",
        arguments: ["\n\nevent: end\ndata: {}\n\n", "\r", "\u{2028}\0\"\\"]
    )
    func framing(words: String) async throws {
        let harness = try APIHarness(.failing(.malformed(words))) { $0.readRetries.maximum = 0 }
        await harness.fail()
        try await StreamClient.run(harness) { client in
            let events = try await client.events(1)
            #expect(events.map(\.name) == ["snapshot"])
            #expect(client.received.unknown.isEmpty)
            let entry = try events[0].json["entries"]?.elements.first
            #expect(entry?["message"]?.text?.contains(words) == true)
        }
    }

    @Test("leaves nothing behind when its client leaves")
    func leaving() async throws {
        let harness = try APIHarness(.working())
        let api = harness.httpAPI
        for _ in 1...20 {
            try await StreamClient.run(harness, api) { client in
                _ = try await client.events(1)
                #expect(api.streams.count == 1)
                #expect(harness.listeners == 1)
            }
            try await harness.waitForNoListeners()
            while api.streams.count > 0 { await Task.yield() }
        }
        while harness.clock.sleepers > 0 { await Task.yield() }
    }
}
