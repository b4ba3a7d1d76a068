import Testing

@testable import UpstreamSimulator

@Suite struct ScenarioMachineTests {
    private let latency = Duration.milliseconds(500)

    private func machine(_ scenario: Scenario, seed: UInt64 = 1, flakyShare: Double = 0.3) -> ScenarioMachine {
        ScenarioMachine(
            scenario: scenario,
            settings: .init(latency: latency, seed: seed, flakyShare: flakyShare)
        )
    }

    @Test func `Steady takes the latency on getEventById alone`() {
        var machine = machine(.steady)
        for route in Route.allCases {
            let expected = route == .getEventById ? latency : .zero
            #expect(machine.decide(route, now: .zero) == .serve(after: expected))
        }
    }

    @Test func `Slow takes ten times the latency on getEventById and once the latency elsewhere`() {
        var machine = machine(.slow)
        for route in Route.allCases {
            let expected = route == .getEventById ? .seconds(5) : latency
            #expect(machine.decide(route, now: .zero) == .serve(after: expected))
        }
    }

    @Test func `Overload refuses the sixth addEvent and nothing else`() {
        var machine = machine(.overload)
        for _ in 1...5 { #expect(machine.decide(.addEvent, now: .zero) == .serve(after: .zero)) }
        #expect(machine.decide(.addEvent, now: .zero) == .refuse(.overloaded(retryAfter: 10)))
        #expect(machine.decide(.getUsers, now: .zero) == .serve(after: .zero))
        #expect(machine.decide(.getEventById, now: .zero) == .serve(after: latency))
        #expect(machine.decide(.addUser, now: .zero) == .serve(after: .zero))
    }

    @Test func `Original lets five through and refuses ten, over and over, whatever the other routes get`() {
        var machine = machine(.original)
        let succeeded = (0..<45).map { _ in
            #expect(machine.decide(.getEvents, now: .zero) == .serve(after: .zero))
            return machine.decide(.addEvent, now: .zero) == .serve(after: .zero)
        }
        let round = Array(repeating: true, count: 5) + Array(repeating: false, count: 10)
        #expect(succeeded == round + round + round)
    }

    @Test func `Selecting a scenario starts it anew`() {
        var machine = machine(.original)
        for _ in 1...7 { _ = machine.decide(.addEvent, now: .zero) }
        machine.select(.original)
        #expect(machine.decide(.addEvent, now: .zero) == .serve(after: .zero))
        machine.select(.overload)
        for _ in 1...6 { _ = machine.decide(.addEvent, now: .zero) }
        machine.select(.overload)
        #expect(machine.decide(.addEvent, now: .zero) == .serve(after: .zero))
    }

    @Test(arguments: [0.0, 0.3, 1.0])
    func `Flaky fails about its share of all requests, in four ways`(share: Double) {
        var machine = machine(.flaky, flakyShare: share)
        let verdicts = (0..<10_000).map { machine.decide(Route.allCases[$0 % Route.allCases.count], now: .zero) }
        let failures = verdicts.filter { if case .serve = $0 { false } else { true } }
        // 10,000 draws: three standard deviations are 137 at a share of 0.3.
        #expect(abs(Double(failures.count) - share * 10_000) <= (share == 0.3 ? 140 : 0))
        guard share > 0 else { return }
        let ways: [Verdict] = [.refuse(.internalError), .refuse(.overloaded(retryAfter: nil)), .reset, .resetMidway]
        for way in ways { #expect(failures.count { $0 == way } > failures.count / 5) }
    }

    @Test func `Flaky makes the same choices for the same seed and others for another`() {
        func verdicts(seed: UInt64) -> [Verdict] {
            var machine = machine(.flaky, seed: seed)
            return (0..<200).map { _ in machine.decide(.getUsers, now: .zero) }
        }
        #expect(verdicts(seed: 7) == verdicts(seed: 7))
        #expect(verdicts(seed: 7) != verdicts(seed: 8))
    }

    @Test func `Garbage sends each kind in turn and starts again`() {
        var machine = machine(.garbage)
        let verdicts = (0..<GarbageKind.allCases.count * 2).map { _ in machine.decide(.getUsers, now: .zero) }
        #expect(verdicts == (GarbageKind.allCases + GarbageKind.allCases).map(Verdict.garbage))
    }

    @Test func `A pinned kind of garbage is the only one until another scenario is selected`() {
        var machine = machine(.steady)
        machine.select(.garbage, garbage: .html)
        for _ in 1...3 { #expect(machine.decide(.addEvent, now: .zero) == .garbage(.html)) }
        machine.select(.garbage)
        #expect(machine.decide(.addEvent, now: .zero) == .garbage(.broken))
    }

    @Test func `Hang and outage never serve`() {
        var hang = machine(.hang)
        var outage = machine(.outage)
        for route in Route.allCases {
            #expect(hang.decide(route, now: .zero) == .hang)
            #expect(outage.decide(route, now: .zero) == .reset)
        }
    }

    @Test func `Every scenario has a summary of its own that fits a menu`() {
        let summaries = Scenario.allCases.map(\.summary)
        #expect(Set(summaries).count == summaries.count)
        #expect(summaries.allSatisfy { !$0.isEmpty && $0.count <= 60 && !$0.contains("\n") })
    }
}
