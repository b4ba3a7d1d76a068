import Foundation
import Logging
import ServiceLifecycle
import Testing

@testable import UpstreamSimulator

@Suite(.timeLimit(.minutes(3))) struct LifecycleTests {
    @Test func `A taken port is an error that names it`() async throws {
        try await withSimulator { harness in
            let configuration = SimulatorConfiguration(port: harness.port)
            let second = UpstreamSimulator(configuration: configuration, logger: quietLogger)
            let expected = SimulatorError.portTaken(host: "127.0.0.1", port: harness.port)
            await #expect(throws: expected) { try await second.run() }
            await #expect(throws: expected) { try await second.waitUntilListening() }
            await #expect(throws: SimulatorError.notRunning) { try await second.select(.steady) }
            #expect(expected.description.contains("127.0.0.1:\(harness.port)"))
        }
    }

    @Test func `A port that was taken during an outage keeps the outage going until it is free`() async throws {
        try await withSimulator { harness in
            try await harness.simulator.select(.outage)
            let thief = UpstreamSimulator(
                configuration: SimulatorConfiguration(port: harness.port),
                logger: quietLogger
            )
            let run = Task { try await thief.run() }
            // On systems that keep the reservation even from an explicit request there is nothing to test.
            guard (try? await thief.waitUntilListening()) != nil else { return }
            let taken = SimulatorError.portTaken(host: "127.0.0.1", port: harness.port)
            await #expect(throws: taken) { try await harness.simulator.select(.steady) }
            #expect(harness.simulator.scenario == .outage)
            run.cancel()
            try await run.value
            try await harness.simulator.select(.steady)
            #expect(try await harness.get("/getUsers").status == 200)
        }
    }

    @Test func `An address that isn't ours is another error`() async throws {
        let simulator = UpstreamSimulator(
            configuration: SimulatorConfiguration(host: "192.0.2.1"),
            logger: quietLogger
        )
        let error = await #expect(throws: SimulatorError.self) { try await simulator.run() }
        guard case .cannotListen("192.0.2.1", 0, let reason) = error else {
            return #expect(Bool(false), "\(String(describing: error))")
        }
        #expect(!reason.isEmpty)
    }

    @Test(arguments: [
        SimulatorConfiguration(port: 65_536), SimulatorConfiguration(port: -1),
        SimulatorConfiguration(controlPort: 65_536), SimulatorConfiguration(latency: .seconds(-1)),
        SimulatorConfiguration(flakyShare: 1.1), SimulatorConfiguration(flakyShare: .nan),
        SimulatorConfiguration(oversizedBytes: 0), SimulatorConfiguration(drainLimit: .seconds(-1)),
    ])
    func `A setting out of range is an error before anything listens`(configuration: SimulatorConfiguration) async {
        let simulator = UpstreamSimulator(configuration: configuration, logger: quietLogger)
        let error = await #expect(throws: SimulatorError.self) { try await simulator.run() }
        guard case .invalidSetting = error else { return #expect(Bool(false), "\(String(describing: error))") }
    }

    @Test func `It runs once`() async throws {
        try await withSimulator { (harness) async throws in
            await #expect(throws: SimulatorError.alreadyStarted) { try await harness.simulator.run() }
            #expect(try await harness.get("/getUsers").status == 200)
        }
    }

    @Test func `A scenario selected before the start is the one it starts in`() async throws {
        let simulator = UpstreamSimulator(logger: quietLogger)
        #expect(simulator.scenario == .overload)
        try await simulator.select(.garbage)
        let run = Task { try await simulator.run() }
        try await simulator.waitUntilListening()
        #expect(simulator.scenario == .garbage)
        run.cancel()
        try await run.value
        await #expect(throws: SimulatorError.notRunning) { try await simulator.select(.steady) }
    }

    @Test func `Cancelling ends it at once, whatever is under way`() async throws {
        let simulator = UpstreamSimulator(
            configuration: SimulatorConfiguration(scenario: .hang),
            logger: quietLogger,
            clock: TestClock(isStopped: true)
        )
        let run = Task { try await simulator.run() }
        let port = try await simulator.waitUntilListening().port
        let connection = try await RawConnection.open(port: port)
        try await connection.sendGet("/getUsers")
        try await eventually { simulator.activity.underWay == 1 }
        run.cancel()
        try await run.value
        #expect(try await connection.readToEnd().bytes.isEmpty)
        #expect(simulator.activity.underWay == 0)
    }

    @Test func `A graceful shutdown lets a slow request finish`() async throws {
        let gate = GateClock()
        let simulator = UpstreamSimulator(
            configuration: SimulatorConfiguration(scenario: .steady),
            logger: quietLogger,
            clock: gate
        )
        let group = ServiceGroup(services: [simulator], logger: quietLogger)
        let run = Task { try await group.run() }
        let port = try await simulator.waitUntilListening().port
        let connection = try await RawConnection.open(port: port)
        try await connection.sendGet("/getEventById/x")
        try await eventually { gate.waiting == 1 }
        await group.triggerGracefulShutdown()
        // The second to wait is the drain limit: the shutdown has begun.
        try await eventually { gate.waiting == 2 }
        gate.releaseFirst()
        let answer = try await connection.readToEnd()
        #expect(String(decoding: answer.bytes, as: UTF8.self).hasPrefix("HTTP/1.1 404"))
        try await run.value
        await #expect(throws: POSIXError.self) { _ = try await RawConnection.open(port: port) }
    }

    @Test(arguments: [Scenario.hang, .steady])
    func `A graceful shutdown cuts what hangs, and the rest at its limit`(scenario: Scenario) async throws {
        // Hanging requests end although no time passes; a latency that never ends is cut by the limit.
        let gate = GateClock()
        let simulator = UpstreamSimulator(
            configuration: SimulatorConfiguration(scenario: scenario),
            logger: quietLogger,
            clock: gate
        )
        let group = ServiceGroup(services: [simulator], logger: quietLogger)
        let run = Task { try await group.run() }
        let port = try await simulator.waitUntilListening().port
        let connection = try await RawConnection.open(port: port)
        try await connection.sendGet("/getEventById/x")
        try await eventually { scenario == .hang ? simulator.activity.underWay == 1 : gate.waiting == 1 }
        await group.triggerGracefulShutdown()
        if scenario == .steady {
            try await eventually { gate.waiting == 2 }
            gate.releaseLast()
        }
        try await run.value
        #expect(try await connection.readToEnd().bytes.isEmpty)
        #expect(simulator.activity.abandoned == 1)
    }
}
