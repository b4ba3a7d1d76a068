import EventService
import EventServiceTestSupport
import Foundation
import HummingbirdTesting
import NIOCore
import TestSupport
import Testing

@testable import HTTPAPI

@Suite("What the API answers about itself", .timeLimit(.minutes(3)))
struct SchemaTests {
    /// A service in which everything there is to show has happened.
    private func eventful() async throws -> APIHarness {
        let harness = try APIHarness(.failing(.refused), stores: FakeStores()) { configuration in
            configuration.readRetries.maximum = 0
            configuration.objectives[.getUsers]?.latency = .init(limit: .seconds(1), share: 0.99)
        }
        harness.service.setAPIURL("http://127.0.0.1:1")
        harness.service.setUpstream(.init(url: "http://u", scenario: "steady"))
        for _ in 1...4 { await harness.fail() }
        harness.clock.advance(by: .seconds(10))
        await harness.fail()
        harness.clock.advance(by: .seconds(20))
        harness.api.setScript(FakeEventsAPI.success())
        await harness.fail()
        await harness.fail()
        harness.api.setScript(FakeEventsAPI.failure(.refused))
        for _ in 1...3 { await harness.fail() }
        return harness
    }

    @Test(
        "is what its schema says, no more and no less",
        arguments: [
            ("/v1/breakers", "Breaker"), ("/v1/timeline", "TimelineEntry"), ("/v1/timeline/lanes", "Lane"),
            ("/v1/objectives", "Objective"),
        ]
    )
    func lists(path: String, schema: String) async throws {
        let response = try await eventful().answer(path)
        var check = SchemaCheck()
        for element in try JSONDocument(parsing: response.body.readableBytesView).elements {
            check.check(element, against: schema)
        }
        #expect(check.failures.isEmpty)
        for name in [schema] + Self.parts(of: schema) { expectAllSeen(of: name, check) }
    }

    @Test("is what its schema says, also in a stream")
    func stream() async throws {
        let harness = try await eventful()
        let schemas = [
            "snapshot": "StreamSnapshot", "breaker": "Breaker", "service": "Service", "end": "StreamEnd",
            "entries": "TimelineEntry", "lanes": "LaneChange", "missed": "StreamMissed", "objective": "Objective",
            "objectives": "Objective",
        ]
        let events = try await StreamClient.run(harness) { client in
            _ = try await client.events(1)
            harness.service.setMode(.disabled, of: .getEvents)
            await harness.fail()
            try await client.pass()
            try await client.wait { !$0.received.named("objective").isEmpty }
            try harness.service.reconfigure(Self.promisingLess)
            for _ in 1...300 { await harness.fail() }
            try await client.pass()
            try await client.wait { !$0.received.named("lanes").isEmpty }
            harness.service.setPhase(.draining)
            try await client.pass()
            try await client.wait { $0.isFinished }
            return client.received.events
        }
        #expect(Set(events.map(\.name)) == Set(schemas.keys))
        var check = SchemaCheck()
        for event in events {
            let json = try event.json
            let values = ["entries", "lanes", "objectives"].contains(event.name) ? json.elements : [json]
            for value in values { check.check(value, against: schemas[event.name] ?? "") }
        }
        #expect(check.failures.isEmpty)
        for name in Set(schemas.values).union(["Service", "Second", "Band"]) { expectAllSeen(of: name, check) }
    }

    @Test("is what its schema says, also of an outbox in trouble")
    func outbox() async throws {
        let harness = try APIHarness(.working())
        var snapshot = harness.service.snapshot()
        snapshot.outbox = ServiceSnapshot.Outbox(
            status: OutboxStatus(waiting: 1, refused: 3, oldestUndelivered: snapshot.takenAt),
            failure: "the disk is full"
        )
        let service = try JSONDocument(parsing: try JSONEncoder().encode(ServiceRepresentation(snapshot)))
        var check = SchemaCheck()
        check.check(service, against: "Service")
        #expect(check.failures.isEmpty)
        expectAllSeen(of: "Service.outbox", check)
        #expect(service["outbox"]?["refused"] == 3)
    }

    @Test("isn't checked by a check that lets everything pass")
    func faults() async throws {
        let response = try await eventful().answer("/v1/breakers")
        let breaker = try #require(try JSONDocument(parsing: response.body.readableBytesView).elements.first)
        let faults: [(String, JSONDocument?)] = [
            ("openings", nil), ("openings", "1"), ("openings", -1), ("since", "today"), ("state", "open"), ("more", 1),
            ("totals", [:]), ("failures", [1]),
        ]
        for (member, value) in faults {
            var broken = breaker
            broken[member] = value
            var check = SchemaCheck()
            check.check(broken, against: "Breaker")
            #expect(!check.failures.isEmpty, "\(member)")
        }
    }

    private static let promisingLess: EventServiceConfiguration = {
        var configuration = EventServiceConfiguration()
        configuration.readRetries.maximum = 0
        configuration.objectives = [.getEvents: RouteObjectives(latency: .init(limit: .seconds(1), share: 0.99))]
        return configuration
    }()

    private static func parts(of schema: String) -> [String] {
        switch schema {
        case "Breaker": ["Breaker.totals", "Breaker.lastFailure"]
        case "TimelineEntry": ["TimelineFailure", "TimelineTransition"]
        case "Lane": ["Second", "Band"]
        case "Objective": ["ObjectiveWindow", "Objective.totals", "Objective.windows"]
        default: []
        }
    }

    /// Makes sure that every property that a schema names has been seen.
    private func expectAllSeen(of name: String, _ check: SchemaCheck) {
        let path = name.split(separator: ".").map(String.init)
        let schema = path.dropFirst().reduce(Components.schemas[path[0]]) { $0?["properties"]?[$1] }
        // A change of state belongs to no request.
        let properties = (schema?["properties"]?.members.keys ?? [:].keys).filter {
            "\(name).\($0)" != "TimelineTransition.requestId"
        }
        for property in properties { #expect(check.seen.contains("\(name).\(property)"), "\(name).\(property)") }
    }
}
