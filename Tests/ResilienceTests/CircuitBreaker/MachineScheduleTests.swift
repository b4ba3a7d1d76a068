import TestSupport
import Testing

@testable import Resilience

/// 40 · random schedules against the invariants and against a second, naive account of the rules.
@Suite("Circuit breaker: random schedules")
struct MachineScheduleTests {
    @Test("40 · the invariants hold for a million random steps, in 40 schedules with four sets of rules")
    func invariants() async throws {
        try await withThrowingTaskGroup(of: Schedule.self) { group in
            for seed in UInt64(1)...40 {
                group.addTask {
                    var schedule = try Schedule(seed: seed)
                    for _ in 0..<25_000 where schedule.violation == nil { schedule.step() }
                    return schedule
                }
            }
            // Each set of rules must have seen everything that can happen, or else the schedules are too tame.
            var unseen: [Rules: Set<CircuitBreaker.Transition.Reason>] = [:]
            for try await schedule in group {
                if let violation = schedule.violation { Issue.record("seed \(schedule.seed), \(violation)") }
                #expect(schedule.reached == Set(CircuitBreaker.State.allCases), "seed \(schedule.seed)")
                unseen[schedule.rules, default: schedule.rules.reasons].subtract(schedule.reasons)
            }
            #expect(unseen == Dictionary(uniqueKeysWithValues: Rules.allCases.map { ($0, []) }))
        }
    }
}

/// What may open the machine of a schedule.
private enum Rules: UInt64, CaseIterable {
    case count, countAndFailureRate, rates, all

    /// The transitions that a machine with these rules can make.
    var reasons: Set<CircuitBreaker.Transition.Reason> {
        let all = Set(CircuitBreaker.Transition.Reason.allCases)
        return switch self {
        case .count: all.subtracting([.failureRate, .slowCallRate])
        case .countAndFailureRate: all.subtracting([.slowCallRate])
        case .rates: all.subtracting([.failureThreshold])
        case .all: all
        }
    }
}

/// A machine, the calls under way, and what the rules say should be true of it.
private struct Schedule {
    private struct Call {
        let pass: CircuitBreakerMachine.Pass
        let admittedAt: MonotonicInstant
    }

    let seed: UInt64
    let rules: Rules
    private var random: SplitMix64
    /// Every time is a multiple of this, so that some seeds meet the edges of windows exactly.
    private let tick: Int64
    private let configuration: CircuitBreakerConfiguration
    private var machine: CircuitBreakerMachine
    private var now = MonotonicInstant(nanoseconds: 0)
    private var underWay: [Call] = []
    private var naive: NaiveRules
    private var steps = 0
    private var waitEnd = MonotonicInstant(nanoseconds: 0)
    private var totals = CircuitBreaker.Totals()

    private(set) var violation: String?
    private(set) var reached: Set<CircuitBreaker.State> = []
    private(set) var reasons: Set<CircuitBreaker.Transition.Reason> = []

    init(seed: UInt64) throws {
        random = SplitMix64(seed: seed)
        self.seed = seed
        rules = try #require(Rules(rawValue: seed % 4))
        tick = seed % 8 < 4 ? 500_000_000 : 1
        let possible = rules.reasons
        let failurePercent = possible.contains(.failureRate) ? Int.random(in: 20...100, using: &random) : nil
        let slowPercent = possible.contains(.slowCallRate) ? Int.random(in: 20...100, using: &random) : nil
        let threshold = Int.random(in: rules == .count ? 1...5 : 3...8, using: &random)
        configuration = try CircuitBreakerConfiguration(
            failureThreshold: possible.contains(.failureThreshold) ? threshold : nil,
            failureWindow: .seconds(Int.random(in: 5...30, using: &random)),
            failureRateThreshold: failurePercent.map { Double($0) / 100 },
            slowCallRateThreshold: slowPercent.map { Double($0) / 100 },
            slowCallDuration: .milliseconds(500 * Int.random(in: 1...8, using: &random)),
            minimumCalls: Int.random(in: 1...6, using: &random),
            windowBuckets: Int.random(in: 2...12, using: &random),
            resetTimeout: .seconds(Int.random(in: 1...10, using: &random)),
            maximumResetTimeout: .seconds(Int.random(in: 10...60, using: &random)),
            resetMultiplier: Double.random(in: 1...3, using: &random),
            jitter: Double.random(in: 0...1, using: &random),
            halfOpenProbes: Int.random(in: 1...4, using: &random),
            successesToClose: Int.random(in: 1...4, using: &random),
            probeTimeout: .seconds(Int.random(in: 5...20, using: &random)),
            resetOnSuccess: Bool.random(using: &random)
        )
        machine = CircuitBreakerMachine(configuration: configuration)
        naive = NaiveRules(configuration, failurePercent: failurePercent, slowPercent: slowPercent)
    }

    mutating func step() {
        steps += 1
        if Int.random(in: 0..<3, using: &random) == 0 {
            now = now.advanced(by: Int64.random(in: 0...4_000_000_000 / tick, using: &random) * tick)
        }
        let before = machine
        switch Int.random(in: 0..<400, using: &random) {
        case 0..<200: admit()
        case 200..<390: settle()
        case 390: check(machine.forceOpen(at: now), before)
        case 391: check(machine.disable(at: now), before)
        case 392..<395: check(machine.automatic(at: now), before)
        case 395..<397: reset()
        default: check(machine.probeNow(at: now), before)
        }
        checkState()
        // A look costs more than all the rest of a step.
        if steps % 4 == 0 { checkSnapshot() }
    }

    private mutating func reset() {
        let before = machine
        check(machine.reset(at: now), before)
        naive.forget()
    }

    private mutating func admit() {
        let before = machine
        let admission = machine.admit(at: now, jitter: Double.random(in: 0..<1, using: &random))
        check(admission.transition, before)
        switch admission.verdict {
        case .admitted(let pass):
            underWay.append(Call(pass: pass, admittedAt: now))
            expect(before.state.kind != .forcedOpen, "admitted while forced open")
            expect(before.state.kind != .open || now >= waitEnd, "admitted before the end of the wait")
            expect((machine.state.kind == .halfOpen) == pass.isProbe, "probes are the calls of HALF_OPEN")
        case .rejected(let rejection):
            totals.rejected += 1
            expect(before.state.kind != .closed && before.state.kind != .disabled, "rejected while closed or disabled")
            expect(rejection.state == machine.state.kind, "rejected with another state")
            expect(rejection.retryAfter ?? .zero >= .zero, "negative time left")
        }
    }

    private mutating func settle() {
        // Often one of the last, as old calls are mostly those of an earlier state.
        let recent = Bool.random(using: &random) ? underWay.indices : underWay.indices.suffix(4)
        guard let index = recent.randomElement(using: &random) else { return }
        let call = underWay.remove(at: index)
        let pass = call.pass
        let outcome = [CircuitBreaker.Outcome.success, .failure(), .failure(), .ignored].randomElement(using: &random)
        guard let outcome else { return }
        totals.count(outcome)
        let before = machine
        let counts = before.state == .closed && pass.generation == before.generation
        let reason = counts ? account(outcome, of: call) : nil
        let transition = machine.settle(pass, as: outcome, at: now, jitter: Double.random(in: 0..<1, using: &random))
        check(transition, before, opensBy: reason)
        guard pass.generation != before.generation else { return }
        var unchanged = before
        unchanged.totals.count(outcome)
        expect(machine == unchanged, "the result of an earlier state had an effect")
    }

    /// The naive account of a result in CLOSED.
    private mutating func account(
        _ outcome: CircuitBreaker.Outcome,
        of call: Call
    ) -> CircuitBreaker.Transition.Reason? {
        guard outcome != .ignored else { return nil }
        let slow = now.sinceOrigin - call.admittedAt.sinceOrigin > configuration.slowCallDuration
        return naive.record(
            failed: outcome == .failure(),
            slow: slow && configuration.slowCallRateThreshold != nil,
            at: now
        )
    }

    private mutating func check(
        _ transition: CircuitBreaker.Transition?,
        _ before: CircuitBreakerMachine,
        opensBy expected: CircuitBreaker.Transition.Reason? = nil
    ) {
        let opened = before.state == .closed && transition?.to == .open
        expect(expected == (opened ? transition?.reason : nil), "opened and the naive account disagree")
        guard let transition else {
            expect(machine.state.kind == before.state.kind, "a change without a transition")
            return
        }
        reasons.insert(transition.reason)
        if transition.to != .open { naive.forget() }
        expect(transition.from == before.state.kind && transition.to == machine.state.kind, "wrong states")
        expect(transition.from != transition.to, "a transition to the same state")
        expect(machine.generation == before.generation + 1, "generation")
        guard transition.to == .open else { return }
        totals.opened += 1
        expect(machine.openings == before.openings + 1, "openings grow by one")
        let wait = transition.wait ?? .zero
        expect(wait <= configuration.maximumResetTimeout, "a wait beyond the cap")
        expect(configuration.jitter > 0.99 || wait > .zero, "no wait")
        waitEnd = now.advanced(by: wait.saturatedNanoseconds)
    }

    private mutating func checkState() {
        reached.insert(machine.state.kind)
        expect(machine.probes.count <= configuration.halfOpenProbes, "more probes than places")
        expect(machine.state.kind == .halfOpen || machine.probes.isEmpty, "probes outside HALF_OPEN")
        let mine = underWay.filter { $0.pass.generation == machine.generation && $0.pass.isProbe }
        expect(machine.probes == mine.map(\.admittedAt).sorted(), "places and probes under way disagree")
        if machine.state == .closed {
            expect(machine.openings == 0, "openings in CLOSED")
            expect(machine.failures.count < configuration.failureThreshold ?? 1, "a full window in CLOSED")
            let inside = configuration.failureThreshold == nil ? 0 : naive.failuresInside(at: now)
            expect(machine.failures.failures(at: now).count == inside, "window and naive account disagree")
        }
        expect(machine.totals == totals, "totals")
    }

    private mutating func checkSnapshot() {
        let snapshot = machine.snapshot(at: now)
        expect(snapshot.isProbeDue == (machine.state.kind == .open && now >= waitEnd), "due")
        let counts = snapshot.isProbeDue ? CircuitBreaker.CallCounts() : naive.counts(at: now)
        expect(snapshot.callsInWindow == counts, "buckets and naive account disagree")
        expect(snapshot.buckets.count <= configuration.windowBuckets, "more buckets than there are")
        expect(snapshot.buckets.reduce(0) { $0 + $1.counts.calls } == counts.calls, "buckets and their sum disagree")
        let known = counts.calls >= configuration.minimumCalls
        let failureRate = known && naive.failurePercent != nil ? Double(counts.failed) / Double(counts.calls) : nil
        let slowRate = known && naive.slowPercent != nil ? Double(counts.slow) / Double(counts.calls) : nil
        expect(snapshot.failureRate == failureRate, "failure rate")
        expect(snapshot.slowCallRate == slowRate, "slow-call rate")
    }

    private mutating func expect(_ condition: Bool, _ message: String) {
        if !condition, violation == nil { violation = "step \(steps): \(message)" }
    }
}
