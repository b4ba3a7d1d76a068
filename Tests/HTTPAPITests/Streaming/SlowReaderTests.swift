import EventService
import EventServiceTestSupport
import TestSupport
import Testing

@testable import HTTPAPI

@Suite("A client that reads slowly", .timeLimit(.minutes(3)))
struct SlowReaderTests {
    @Test("gets a thousand changes as one, is told what it missed, and knows everything then")
    func manyAsOne() async throws {
        let harness = try APIHarness(.failing(.refused)) { $0.readRetries.maximum = 0 }
        harness.service.setMode(.disabled, of: .getEvents)
        try await StreamClient.run(harness) { client in
            _ = try await client.events(1)
            client.setReading(false)
            try await client.waitForPace()
            await harness.fail()
            try await client.pass()
            try await client.wait { $0.writes == 2 }
            for _ in 1...1000 { await harness.fail() }
            // The stream waits for its client: whatever time passes, it writes nothing more.
            harness.clock.advance(by: .seconds(60))
            #expect(client.writes == 2)
            client.setReading(true)
            try await client.pass()
            try await client.wait { $0.received.named("entries").count == 2 }
            let received = client.received
            #expect(try received.named("missed").map { try $0.json } == [["entries": 800]])
            #expect(try received.named("entries").map { try $0.json.elements.count } == [1, 200])
            #expect(received.named("breaker").count == 2, "one for each time that it read")
            let breaker = try #require(try received.named("breaker").last?.json)
            #expect(breaker["totals"]?["failed"] == 1001)
            // The snapshot, the first failure, everything else, and the heartbeats that it let pass as one or two.
            #expect(client.writes <= 5)
        }
    }

    @Test("holds up no other, and catches up alone")
    func others() async throws {
        let harness = try APIHarness(.failing(.refused)) { $0.readRetries.maximum = 0 }
        harness.service.setMode(.disabled, of: .getEvents)
        try await StreamClient.run(2, harness, harness.httpAPI) { clients in
            for client in clients { _ = try await client.events(1) }
            try await clients[0].pass()
            clients[0].setReading(false)
            for count in 1...5 {
                await harness.fail()
                try await clients[1].pass()
                try await clients[1].wait { $0.received.named("entries").count == count }
            }
            try await clients[0].wait { $0.writes == 2 }
            clients[0].setReading(true)
            try await clients[0].wait { $0.received.named("entries").count == 2 }
            let caughtUp = try clients[0].received.named("entries").map { try $0.json.elements.count }
            #expect(caughtUp == [1, 4])
        }
    }
}
