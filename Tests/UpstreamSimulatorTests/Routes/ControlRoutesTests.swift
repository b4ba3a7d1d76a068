import Testing

@testable import UpstreamSimulator

@Suite(.timeLimit(.minutes(3))) struct ControlRoutesTests {
    @Test func `Every request that arrives is counted under its route, refused or not`() async throws {
        try await withSimulator(.original) { harness in
            for _ in 1...7 { _ = try await harness.addEvent() }
            _ = try await harness.get("/getUserById/1")
            _ = try await harness.get("/nowhere")
            let counters = try await harness.get("/_counters").object()
            #expect(
                counters == [
                    "addEvent": 7, "addUser": 0, "getUsers": 0, "getUserById": 1, "getEvents": 0, "getEventById": 0,
                    "other": 1,
                ]
            )
            #expect(harness.simulator.counters["addEvent"] == 7)
            #expect(try await harness.send("POST", "/_counters/reset").object()["addEvent"] == 0)
            #expect(harness.simulator.counters.values.allSatisfy { $0 == 0 })
        }
    }

    @Test func `The scenario is told and switched over HTTP`() async throws {
        try await withSimulator(.overload) { harness in
            let told = try await harness.get("/_scenario").object()
            #expect(told["scenario"] == "overload")
            #expect(told["scenarios"] == .array(Scenario.allCases.map { .string($0.rawValue) }))
            let body = #"{"scenario":"garbage","garbage":"html"}"#
            let switched = try await harness.send("PUT", "/_scenario", body: body).object()
            #expect(switched["scenario"] == "garbage")
            #expect(switched["garbage"] == "html")
            #expect(harness.simulator.scenario == .garbage)
            #expect(try await harness.get("/getUsers").headers["content-type"] == "text/html; charset=utf-8")
        }
    }

    @Test(arguments: [
        (#"{"scenario":"flakey"}"#, "steady, overload, original, flaky, outage, hang, slow, garbage"),
        (#"{"scenario":"garbage","garbage":"x"}"#, "broken, truncated, oversized, wrongTypes, html, redirect, notHTTP"),
        (#"{"garbage":"html"}"#, "scenario is missing"),
        (#"{"scenario":7}"#, "scenario must be a string"),
        ("steady", "not JSON"),
    ])
    func `A wrong scenario is 400, lists what is allowed and changes nothing`(body: String, part: String) async throws {
        try await withSimulator(.steady) { harness in
            let answer = try await harness.send("PUT", "/_scenario", body: body)
            #expect(answer.status == 400)
            #expect(try answer.object()["message"]?.string?.contains(part) == true)
            #expect(harness.simulator.scenario == .steady)
        }
    }

    @Test(arguments: [Scenario.hang, .garbage, .slow, .flaky])
    func `No fault and no latency reaches the control routes`(scenario: Scenario) async throws {
        let clock = TestClock(isStopped: true)
        try await withSimulator(scenario, clock: clock, configure: { $0.flakyShare = 1 }) { (harness) async throws in
            for _ in 1...10 { #expect(try await harness.get("/_counters").status == 200) }
            #expect(try await harness.get("/_scenario").object()["scenario"] == .string(scenario.rawValue))
            #expect(clock.sleeps.isEmpty)
            #expect(harness.simulator.counters.values.allSatisfy { $0 == 0 })
        }
    }
}
