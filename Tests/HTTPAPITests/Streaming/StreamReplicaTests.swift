import EventService
import EventServiceTestSupport
import Foundation
import TestSupport
import Testing

@testable import HTTPAPI

@Suite("What a client makes of a stream", .timeLimit(.minutes(3)))
struct StreamReplicaTests {
    @Test("is what a client would get that came now, whatever happened and wherever it was cut", arguments: 0..<8)
    func replica(seed: Int) async throws {
        var random = SplitMix64(seed: UInt64(seed))
        let harness = try APIHarness(.working()) { $0.readRetries.maximum = 0 }
        var state = StreamState(boot: "b", resumingFrom: nil)
        var replica = Replica()
        for _ in 1...40 {
            for _ in 0..<Int.random(in: 0...4, using: &random) { await happen(in: harness, &random) }
            if Int.random(in: 0..<10, using: &random) == 0 {
                state = StreamState(boot: "b", resumingFrom: StreamPosition(state.position.text))
            }
            let snapshot = harness.service.snapshot()
            for event in try events(state.messages(for: snapshot)) { try replica.take(event) }
            try #require(try replica == Replica(of: snapshot))
        }
    }

    private func happen(in harness: APIHarness, _ random: inout SplitMix64) async {
        let route = UpstreamRoute.allCases.randomElement(using: &random) ?? .getEvents
        switch Int.random(in: 0..<13, using: &random) {
        case 0: harness.api.setScript(FakeEventsAPI.success())
        case 1: harness.api.setScript(FakeEventsAPI.failure(.refused))
        case 2:
            let mode = BreakerStatus.Mode.allCases.randomElement(using: &random) ?? .automatic
            harness.service.setMode(mode, of: route)
        case 3: harness.service.reset(route)
        case 4: harness.service.probeNow(route)
        case 5: harness.clock.advance(by: .milliseconds(Int.random(in: 1...9_000, using: &random)))
        case 6: harness.service.setUpstream(.init(url: "http://u", scenario: Bool.random(using: &random) ? "s" : nil))
        case 7: harness.service.setAPIURL(Bool.random(using: &random) ? "http://a" : nil)
        case 9:
            var configuration = EventServiceConfiguration()
            configuration.readRetries.maximum = 0
            if Bool.random(using: &random) { configuration.objectives[route] = nil }
            _ = try? harness.service.reconfigure(configuration)
        case 8: _ = try? await harness.service.users(for: CallContext(requestID: "r"))
        default: await harness.fail()
        }
    }

    private func events(
        _ messages: [StreamState.Message]
    ) throws -> [(name: String, data: JSONDocument)] {
        try messages.map { message in
            func json(_ value: some Encodable) throws -> JSONDocument {
                try JSONDocument(parsing: try JSONEncoder().encode(value))
            }
            return switch message {
            case .snapshot(let data): ("snapshot", try json(data))
            case .missed(let entries, _): ("missed", ["entries": .integer(Int(entries))])
            case .entries(let data): ("entries", try json(data))
            case .breaker(let data): ("breaker", try json(data))
            case .lanes(let data): ("lanes", try json(data))
            case .objective(let data): ("objective", try json(data))
            case .objectives(let data): ("objectives", try json(data))
            case .service(let data): ("service", try json(data))
            }
        }
    }
}

/// What a client keeps, by the rules that the description of the stream gives it.
private struct Replica: Equatable {
    var service: JSONDocument = .null
    var breakers: [String: JSONDocument] = [:]
    var entries: [JSONDocument] = []
    var seconds: [String: [Int: JSONDocument]] = [:]
    var latencies: [String: [Int: JSONDocument]] = [:]
    var bands: [String: JSONDocument] = [:]
    var objectives: [String: JSONDocument] = [:]

    init() {}

    init(of snapshot: ServiceSnapshot) throws {
        let all = StreamSnapshotRepresentation(snapshot, entries: snapshot.timeline.entries, missed: 0, resumed: false)
        try take(("snapshot", try JSONDocument(parsing: try JSONEncoder().encode(all))))
    }

    mutating func take(_ event: (name: String, data: JSONDocument)) throws {
        switch event.name {
        case "snapshot":
            let known = event.data["resumed"] == true ? entries : []
            self = Replica()
            entries = known
            service = event.data["service"] ?? .null
            event.data["breakers"]?.elements.forEach { take(breaker: $0) }
            take(entries: event.data["entries"]?.elements ?? [])
            event.data["lanes"]?.elements.forEach { take(lane: $0) }
            event.data["objectives"]?.elements.forEach { take(objective: $0) }
        case "entries": take(entries: event.data.elements)
        case "breaker": take(breaker: event.data)
        case "lanes": event.data.elements.forEach { take(lane: $0) }
        case "objective": take(objective: event.data)
        case "objectives":
            objectives = [:]
            event.data.elements.forEach { take(objective: $0) }
        case "service": service = event.data
        case "missed": break
        default: throw UnknownEvent(name: event.name)
        }
    }

    private mutating func take(entries new: [JSONDocument]) {
        entries = (entries + new).suffix(200)
    }

    private mutating func take(breaker: JSONDocument) {
        var breaker = breaker
        breaker["takenAt"] = nil
        breaker["secondsUntilProbe"] = nil
        breakers[breaker["name"]?.text ?? ""] = breaker
    }

    private mutating func take(objective: JSONDocument) {
        objectives["\(objective["route"]?.text ?? "") \(objective["kind"]?.text ?? "")"] = objective
    }

    private mutating func take(lane: JSONDocument) {
        let route = lane["route"]?.text ?? ""
        take(lane["seconds"], into: &seconds[route, default: [:]])
        take(lane["latencies"], into: &latencies[route, default: [:]])
        if let new = lane["bands"] { bands[route] = new }
    }

    private func take(_ told: JSONDocument?, into known: inout [Int: JSONDocument]) {
        for element in told?.elements ?? [] { known[element["second"]?.number ?? 0] = element }
        let last = known.keys.max() ?? 0
        known = known.filter { $0.key > last - 600 }
    }

    private struct UnknownEvent: Error {
        let name: String
    }
}
