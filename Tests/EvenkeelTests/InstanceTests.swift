import ArgumentParser
import AsyncHTTPClient
import EventService
import Foundation
import Logging
import NIOCore
import NIOHTTP1
import NIOPosix
import Resilience
import ServiceLifecycle
import Storage
import Testing
import UpstreamSimulator

@testable import evenkeel

/// The whole program but for the command line: real sockets, the real simulator, no fake.
@Suite("A running instance")
struct InstanceTests {
    @Test("Ten adds in scenario original: five succeed, one is busy, four don't reach the events API")
    func original() async throws {
        try await withInstance(scenario: .original) { instance, api in
            var answers: [(status: UInt, message: String, retryAfter: String?)] = []
            for _ in 0..<10 {
                let (response, body) = try await api.post("/addEvent", #"{"name":"Launch","userId":"1"}"#)
                let problem = try JSONDecoder().decode([String: JSONValue].self, from: Data(body.utf8))
                let message = problem["message"]?.string ?? ""
                answers.append((response.status.code, message, response.headers.first(name: "retry-after")))
            }
            #expect(answers.map(\.status) == [200, 200, 200, 200, 200, 503, 503, 503, 503, 503])
            #expect(answers[5].message == "service busy")
            for answer in answers[6...] {
                #expect(answer.message == "service down, try later")
                let seconds = try #require(answer.retryAfter.flatMap(Int.init))
                #expect((9...10).contains(seconds))
            }
            // Five that succeeded, and the three attempts of the sixth that opened the breaker.
            let counters = try #require(instance.simulator?.counters)
            #expect(counters["addEvent"] == 8)
            #expect(counters["getUserById"] == 6)
        }
    }

    @Test("The events of a user come in the user's order, each asked for once")
    func eventsOfUser() async throws {
        try await withInstance(scenario: .steady) { instance, api in
            let simulator = try #require(instance.simulator)
            let id = try #require(simulator.add(users: 1, events: 120).first)
            let before = simulator.counters["getEventById"] ?? 0
            let (response, body) = try await api.get("/getEventsByUserId/\(id)")
            #expect(response.status == .ok)
            let events = try JSONDecoder().decode([Event].self, from: Data(body.utf8))
            let users = try JSONDecoder().decode([User].self, from: Data(try await api.get("/getUsers").body.utf8))
            #expect(events.map(\.id) == users.first { $0.id == id }?.eventIDs)
            #expect(events.count == 120)
            #expect((simulator.counters["getEventById"] ?? 0) - before == 120)
            #expect(simulator.activity.peak <= 50)
        }
    }

    @Test("An outage is a 503, and the instance recovers without a restart")
    func outage() async throws {
        try await withInstance(scenario: .outage) { instance, api in
            let first = try await api.get("/getUsers")
            #expect(first.response.status == .serviceUnavailable)
            #expect(first.body.contains("service busy"))
            try await instance.simulator?.select(.steady)
            instance.service.probeNow(.getUsers)
            #expect(try await api.get("/getUsers").response.status == .ok)
            #expect(instance.service.snapshot().troubled.isEmpty)
        }
    }

    @Test("A taken port is a failure that names the port and what to do")
    func portTaken() async throws {
        try await withInstance(scenario: .steady) { instance, api in
            var settings = instance.settings
            settings.port = api.port
            let taken = settings
            let failure = await #expect(throws: Failure.self) {
                try await Instance.run(settings: taken, simulator: .init(), logger: .silent) { second in
                    try await second.serve { _ in }
                }
            }
            #expect(failure?.exitCode == 69)
            #expect(failure?.message.hasPrefix("port \(api.port) on 127.0.0.1 is taken") == true)
        }
    }

    @Test("Seeding twice adds every event once")
    func seeding() async throws {
        try await withInstance(scenario: .steady) { instance, api in
            let target = SeedTarget(client: api.client, baseURL: api.url)
            let userIDs = try await target.identifiers("/getUsers").get()
            let plan = SeedPlan(count: 40, seed: 7, userIDs: userIDs)
            func seed(present: Set<String>) async throws -> Seeder.Summary {
                let seeder = try Seeder(target: target, plan: plan, patience: .seconds(60)) { _, _ in }
                try await seeder.run(present: present)
                return seeder.summary
            }
            let before = try await target.identifiers("/getEvents").get().count
            #expect(try await seed(present: []).added == 40)
            // Not knowing what is there, as after an interruption between an answer and its reading.
            #expect(try await seed(present: []).added == 40)
            let identifiers = try await target.identifiers("/getEvents").get()
            #expect(identifiers.count == before + 40)
            #expect(try await seed(present: Set(identifiers)).present == 40)
        }
    }

    @Test("Told to stop, it finishes what is under way")
    func drains() async throws {
        try await withInstance(scenario: .steady, latency: .seconds(1)) { instance, api in
            let simulator = try #require(instance.simulator)
            let user = try #require(simulator.add(users: 1, events: 1).first)
            async let answer = api.get("/getEventsByUserId/\(user)")
            while simulator.counters["getEventById", default: 0] == 0 { await Task.yield() }
            await api.stop()
            while instance.service.snapshot().phase != .draining { await Task.yield() }
            let (response, body) = try await answer
            #expect(response.status == .ok, "\(body)")
        }
    }

    @Test("Whoever switches the scenario, also during an outage: the snapshot follows")
    func scenarioFollows() async throws {
        try await withInstance(scenario: .outage) { instance, api in
            let control = try #require(await instance.simulatorControlURL)
            var request = HTTPClientRequest(url: control + "/_scenario")
            request.method = .PUT
            request.body = .bytes(ByteBuffer(string: #"{"scenario":"original"}"#))
            #expect(try await api.client.execute(request, timeout: .seconds(60)).status == .ok)
            for await _ in instance.service.changes() where instance.service.snapshot().upstream.scenario == "original"
            {
                break
            }
            #expect(try await api.get("/getEvents").response.status == .ok)
        }
    }

    @Test("An unknown host, and a port that can't be, are explained")
    func hosts() async throws {
        var settings = Settings()
        settings.store.location = .memory
        settings.host = "nowhere.invalid"
        let unknown = settings
        let failure = await #expect(throws: Failure.self) {
            try await Instance.run(settings: unknown, simulator: .init(), logger: .silent) { instance in
                try await instance.serve { _ in }
            }
        }
        #expect(failure?.exitCode == 69)
        #expect(failure?.message == "can't listen on nowhere.invalid: there is no such host here")
        #expect(throws: (any Error).self) { try SeedCommand.parse(["--port", "99999"]) }
        #expect(throws: (any Error).self) { try SeedCommand.parse(["--host", "a b"]) }
    }
}
