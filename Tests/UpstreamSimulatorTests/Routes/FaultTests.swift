import Foundation
import Testing

@testable import UpstreamSimulator

@Suite(.timeLimit(.minutes(3))) struct FaultTests {
    @Test func `Overload answers 503 with Retry-After and accepts again when it has passed`() async throws {
        let clock = TestClock()
        try await withSimulator(.overload, clock: clock) { harness in
            for _ in 1...5 { #expect(try await harness.addEvent().status == 200) }
            let refused = try await harness.addEvent()
            #expect(refused.status == 503)
            #expect(refused.headers["retry-after"] == "10")
            #expect(try refused.object()["success"] == false)
            #expect(try await harness.get("/getUsers").status == 200)
            clock.advance(by: .seconds(10))
            #expect(try await harness.addEvent().status == 200)
        }
    }

    @Test func `A refused event is not added`() async throws {
        try await withSimulator(.original) { harness in
            let statuses = try await (1...20).asyncMap { _ in try await harness.addEvent().status }
            let (ok, refused) = (Array(repeating: 200, count: 5), Array(repeating: 503, count: 10))
            #expect(statuses == ok + refused + ok)
            guard case .array(let events) = try await harness.get("/getEvents").json() else {
                return #expect(Bool(false))
            }
            #expect(events.count == 98 + 10)
        }
    }

    @Test func `Only getEventById waits for the latency, ten times as long when slow`() async throws {
        let clock = TestClock()
        try await withSimulator(.steady, clock: clock) { harness in
            _ = try await harness.get("/getUsers")
            #expect(clock.sleeps.isEmpty)
            _ = try await harness.get("/getEventById/x")
            #expect(clock.sleeps == [.milliseconds(500)])
            try await harness.simulator.select(.slow)
            _ = try await harness.get("/getEventById/x")
            _ = try await harness.get("/getUsers")
            #expect(clock.sleeps == [.milliseconds(500), .seconds(5), .milliseconds(500)])
        }
    }

    @Test func `Flaky fails in each of its ways over a real connection`() async throws {
        try await withSimulator(.flaky, configure: { $0.flakyShare = 1 }) { harness in
            var seen: Set<String> = []
            for _ in 1...40 {
                let connection = try await RawConnection.open(port: harness.port)
                try await connection.send("GET /getUsers HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
                let (bytes, end) = try await connection.readToEnd()
                seen.insert(Self.classify(String(decoding: bytes, as: UTF8.self), end))
            }
            #expect(seen.isSuperset(of: ["500", "503", "reset"]))
            #expect(!seen.contains("200"))
        }
    }

    private static func classify(_ text: String, _ end: RawConnection.End) -> String {
        if end == .failed(errno: ECONNRESET) { return text.isEmpty ? "reset" : "reset midway" }
        return String(text.dropFirst("HTTP/1.1 ".count).prefix(3))
    }

    @Test func `An answer that is cut in the middle was carried out`() async throws {
        let requests = 40
        var machine = ScenarioMachine(scenario: .flaky, settings: .init(latency: .zero, seed: 1, flakyShare: 1))
        let verdicts = (0..<requests).map { _ in machine.decide(.addEvent, now: .zero) }
        try await withSimulator(.flaky, configure: { $0.flakyShare = 1 }) { harness in
            for number in 0..<requests {
                let connection = try await RawConnection.open(port: harness.port)
                let body = #"{"id":"\#(number)","name":"x","userId":"9"}"#
                let head =
                    "POST /addEvent HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: \(body.utf8.count)"
                try await connection.send(head + "\r\n\r\n" + body)
                _ = try await connection.readToEnd()
            }
            try await harness.simulator.select(.steady)
            let cut = (0..<requests).filter { verdicts[$0] == .resetMidway }.map { JSONValue.string(String($0)) }
            #expect(!cut.isEmpty)
            #expect(try await harness.get("/getUserById/9").object()["events"] == .array(cut))
        }
    }

    @Test func `A connection serves one request after another, with and without latency, faults in between`()
        async throws
    {
        try await withSimulator(.original) { harness in
            let connection = try await RawConnection.open(port: harness.port)
            for _ in 1...8 {
                try await connection.sendGet("/getEventById/x")
                #expect(try await connection.read(until: "}").hasPrefix("HTTP/1.1 404"))
                try await connection.send("POST /addEvent HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n{}")
                _ = try await connection.read(until: "}")
            }
            #expect(harness.simulator.counters["addEvent"] == 8)
        }
    }

    @Test func `Two hundred slow requests wait at once`() async throws {
        let clock = TestClock(isStopped: true)
        try await withSimulator(.steady, clock: clock) { harness in
            let connections = try await (0..<200).asyncMap { _ in try await RawConnection.open(port: harness.port) }
            for connection in connections { try await connection.sendGet("/getEventById/x") }
            try await eventually { harness.simulator.activity.underWay == 200 }
            #expect(harness.simulator.activity.peak == 200)
            for connection in connections { connection.shutDown() }
            try await eventually { harness.simulator.activity.abandoned == 200 }
            #expect(harness.simulator.activity.underWay == 0)
        }
    }
}

extension Sequence {
    func asyncMap<Value>(_ transform: (Element) async throws -> Value) async rethrows -> [Value] {
        var values: [Value] = []
        for element in self { values.append(try await transform(element)) }
        return values
    }
}
