import Foundation
import Testing

@testable import UpstreamSimulator

@Suite(.timeLimit(.minutes(3))) struct OutageTests {
    private func isRefused(_ port: Int) async -> Bool {
        do {
            _ = try await RawConnection.open(port: port)
            return false
        } catch let error as POSIXError {
            return error.code == .ECONNREFUSED
        } catch {
            return false
        }
    }

    @Test func `It refuses connections and comes back on the same port, again and again`() async throws {
        try await withSimulator { harness in
            for _ in 1...5 {
                try await harness.simulator.select(.outage)
                #expect(await isRefused(harness.port))
                #expect(harness.simulator.scenario == .outage)
                try await harness.simulator.select(.steady)
                let connection = try await RawConnection.open(port: harness.port)
                try await connection.sendGet("/getUserById/1")
                #expect(try await connection.read(until: "}").hasPrefix("HTTP/1.1 200"))
            }
            #expect(harness.simulator.baseURL == "http://127.0.0.1:\(harness.port)")
        }
    }

    @Test func `It closes connections that wait for their next request`() async throws {
        try await withSimulator { harness in
            let connection = try await RawConnection.open(port: harness.port)
            try await connection.sendGet("/getUserById/9")
            _ = try await connection.read(until: "}")
            try await harness.simulator.select(.outage)
            #expect(try await connection.readToEnd().bytes.isEmpty)
        }
    }

    @Test func `It cuts requests under way`() async throws {
        try await withSimulator(clock: TestClock(isStopped: true)) { harness in
            let connection = try await RawConnection.open(port: harness.port)
            try await connection.sendGet("/getEventById/x")
            try await eventually { harness.simulator.activity.underWay == 1 }
            try await harness.simulator.select(.outage)
            #expect(try await connection.readToEnd().bytes.isEmpty)
            #expect(harness.simulator.activity == Activity(underWay: 0, peak: 1, abandoned: 1))
        }
    }

    @Test func `A simulator that starts in an outage refuses, and its port is known`() async throws {
        try await withSimulator(.outage) { harness in
            #expect(harness.port > 0)
            #expect(await isRefused(harness.port))
            try await harness.simulator.select(.steady)
            #expect(try await harness.get("/getUsers").status == 200)
        }
    }

    @Test func `Data survives it`() async throws {
        try await withSimulator { harness in
            _ = try await harness.post("/addEvent", #"{"id":"mine","name":"x","userId":"1"}"#)
            try await harness.simulator.select(.outage)
            try await harness.simulator.select(.steady)
            #expect(try await harness.get("/getEventById/mine").status == 200)
        }
    }

    @Test func `It is ordered over its own port and ended over the control port`() async throws {
        try await withSimulator(configure: { $0.controlPort = 0 }) { harness in
            let control = try await harness.simulator.waitUntilControlListening().port
            let answer = try await harness.send("PUT", "/_scenario", body: #"{"scenario":"outage"}"#)
            #expect(answer.status == 200)
            #expect(try answer.object()["scenario"] == "outage")
            while await !isRefused(harness.port) { await Task.yield() }
            let told = try await harness.send("GET", "/_scenario", port: control)
            #expect(try told.object()["scenario"] == "outage")
            #expect(try await harness.send("GET", "/getUsers", port: control).status == 404)
            let ended = try await harness.send("PUT", "/_scenario", body: #"{"scenario":"steady"}"#, port: control)
            #expect(ended.status == 200)
            #expect(try await harness.get("/getUsers").status == 200)
        }
    }
}
