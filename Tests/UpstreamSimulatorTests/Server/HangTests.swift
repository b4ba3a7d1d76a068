import Foundation
import Testing

@testable import UpstreamSimulator

@Suite(.timeLimit(.minutes(3))) struct HangTests {
    @Test func `A hanging request ends when the client goes away`() async throws {
        try await withSimulator(.hang) { harness in
            let connection = try await RawConnection.open(port: harness.port)
            try await connection.send("POST /addEvent HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n{}")
            try await eventually { harness.simulator.activity.underWay == 1 }
            connection.shutDown()
            try await eventually { harness.simulator.activity.abandoned == 1 }
            #expect(harness.simulator.activity.underWay == 0)
            #expect(harness.simulator.counters["addEvent"] == 1)
        }
    }

    @Test func `A hanging request is never answered, also after the scenario has changed`() async throws {
        try await withSimulator(.hang) { harness in
            let hanging = try await RawConnection.open(port: harness.port)
            try await hanging.sendGet("/getUsers")
            try await eventually { harness.simulator.activity.underWay == 1 }
            try await harness.simulator.select(.steady)
            #expect(try await harness.get("/getUsers").status == 200)
            #expect(harness.simulator.activity.underWay == 1)
            try await harness.simulator.select(.outage)
            #expect(try await hanging.readToEnd().bytes.isEmpty)
        }
    }

    @Test func `A client that leaves while it waits for the latency ends the wait`() async throws {
        try await withSimulator(clock: TestClock(isStopped: true)) { harness in
            let connection = try await RawConnection.open(port: harness.port)
            try await connection.sendGet("/getEventById/x")
            try await eventually { harness.simulator.activity.underWay == 1 }
            connection.shutDown()
            try await eventually { harness.simulator.activity.abandoned == 1 }
        }
    }
}
