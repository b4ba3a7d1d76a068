import TestSupport
import Testing

@testable import Resilience

@Suite("Concurrency limit: random schedules")
struct LimitScheduleTests {
    @Test("The invariants hold for 10,000 random steps", arguments: UInt64(1)...8)
    func invariants(seed: UInt64) throws {
        var schedule = try Schedule(seed: seed)
        for step in 0..<10_000 {
            schedule.step()
            if let violation = schedule.violation {
                Issue.record("seed \(seed), step \(step): \(violation)")
                return
            }
        }
        #expect(schedule.grown > 0 && schedule.shrunk > 0 && schedule.machine.probes > 0, "seed \(seed)")
    }
}

/// A machine, the calls under way, and what should be true of it.
private struct Schedule {
    private(set) var machine: ConcurrencyLimitMachine
    private(set) var violation: String?
    private(set) var grown = 0
    private(set) var shrunk = 0
    private let configuration: ConcurrencyLimitConfiguration
    private var random: SplitMix64
    private var now = MonotonicInstant(nanoseconds: 0)
    private var underWay: [ConcurrencyLimitMachine.Pass] = []
    private var totals = ConcurrencyLimit.Totals()
    private var isBusy = true

    init(seed: UInt64) throws {
        random = SplitMix64(seed: seed)
        let minimum = Int.random(in: 1...5, using: &random)
        let maximum = Int.random(in: 10...30, using: &random)
        configuration = try ConcurrencyLimitConfiguration(
            minimum: minimum,
            maximum: maximum,
            initial: Int.random(in: minimum...maximum, using: &random),
            tolerance: Double.random(in: 1...1.5, using: &random),
            smoothing: Double.random(in: 0.1...1, using: &random),
            backoff: Double.random(in: 0.1..<1, using: &random),
            minimumSamples: Int.random(in: 1...10, using: &random),
            probeInterval: .seconds(Int.random(in: 1...10, using: &random))
        )
        machine = ConcurrencyLimitMachine(configuration: configuration)
    }

    mutating func step() {
        if random.next() % 200 == 0 { isBusy.toggle() }
        now = now.advanced(by: Int64.random(in: 0...10_000_000, using: &random))
        if random.next() % 2_000 == 0 { now = now.advanced(by: 3_600_000_000_000) }
        let before = machine
        if random.next() % (isBusy ? 5 : 2) > 1 || underWay.isEmpty { admit() } else { settle() }
        if machine.estimate > before.estimate { grown += 1 }
        if machine.estimate < before.estimate { shrunk += 1 }
        check()
    }

    private mutating func admit() {
        let pass = machine.admit(at: now)
        let limit = machine.limit
        if let pass {
            expect(underWay.count < limit, "admitted \(underWay.count + 1) with a limit of \(limit)")
            underWay.append(pass)
        } else {
            expect(underWay.count >= limit, "rejected at \(underWay.count) with a limit of \(limit)")
            totals.rejected += 1
        }
    }

    private mutating func settle() {
        let pass = underWay.remove(at: Int.random(in: 0..<underWay.count, using: &random))
        let outcome: ConcurrencyLimit.Outcome =
            switch random.next() % 40 {
            case 0: .overload
            case 1..<5: .ignored
            default: .success
            }
        totals.count(outcome)
        let before = machine
        machine.settle(pass, as: outcome, at: now)
        guard outcome == .overload, !before.window.isOverloaded else { return }
        let lowered = max(before.estimate * configuration.backoff, Double(configuration.minimum))
        expect(machine.estimate == lowered, "an overload led to \(machine.estimate) instead of \(lowered)")
    }

    private mutating func check() {
        expect(machine.inFlight == underWay.count, "places lost")
        expect(machine.totals == totals, "totals")
        expect(machine.estimate >= Double(configuration.minimum), "below the minimum")
        expect(machine.estimate <= Double(configuration.maximum), "above the maximum")
        expect(machine.limit >= configuration.minimum && machine.limit <= Int(machine.estimate), "limit and estimate")
        expect(machine.longTerm ?? 1 > 0 && (machine.longTerm ?? 1).isFinite, "long-term latency")
        guard case .probing(let probe) = machine.state else { return }
        expect(probe.calls <= configuration.minimumSamples, "too many calls in a probe")
        expect(probe.underWay == underWay.count { $0.probe == probe.number }, "calls of the probe")
    }

    private mutating func expect(_ condition: Bool, _ message: String) {
        if !condition, violation == nil { violation = message }
    }
}
