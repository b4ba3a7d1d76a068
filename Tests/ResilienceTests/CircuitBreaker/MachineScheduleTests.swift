import TestSupport
import Testing

@testable import Resilience

/// 40 · random schedules against the invariants and against a second, naive account of the rules.
@Suite("Circuit breaker: random schedules")
struct MachineScheduleTests {
    @Test("40 · the invariants hold for 25,000 random steps", arguments: UInt64(1)...8)
    func invariants(seed: UInt64) throws {
        var schedule = try Schedule(seed: seed)
        for step in 0..<25_000 {
            schedule.step()
            if let violation = schedule.violation {
                Issue.record("seed \(seed), step \(step): \(violation)")
                return
            }
        }
        #expect(schedule.reached == Set(CircuitBreaker.State.allCases), "seed \(seed) visits every state")
        #expect(
            schedule.reasons == Set(CircuitBreaker.Transition.Reason.allCases),
            "seed \(seed) sees every transition"
        )
    }
}

/// A machine, the calls under way, and what the rules say should be true of it.
private struct Schedule {
    private var random: SplitMix64
    private let configuration: CircuitBreakerConfiguration
    private var machine: CircuitBreakerMachine
    private var now = MonotonicInstant(nanoseconds: 0)
    private var underWay: [CircuitBreakerMachine.Pass] = []
    /// All failures that counted in this CLOSED, however old.
    private var failures: [MonotonicInstant] = []
    private var waitEnd = MonotonicInstant(nanoseconds: 0)
    private var totals = CircuitBreaker.Totals()

    private(set) var violation: String?
    private(set) var reached: Set<CircuitBreaker.State> = []
    private(set) var reasons: Set<CircuitBreaker.Transition.Reason> = []

    init(seed: UInt64) throws {
        random = SplitMix64(seed: seed)
        configuration = try CircuitBreakerConfiguration(
            failureThreshold: Int.random(in: 1...5, using: &random),
            failureWindow: .seconds(Int.random(in: 5...30, using: &random)),
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
    }

    mutating func step() {
        if Int.random(in: 0..<3, using: &random) == 0 {
            now = now.advanced(by: Int64.random(in: 0...4_000_000_000, using: &random))
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
        checkState(before)
    }

    private mutating func reset() {
        let before = machine
        check(machine.reset(at: now), before)
        failures = []
    }

    private mutating func admit() {
        let before = machine
        let admission = machine.admit(at: now, jitter: Double.random(in: 0..<1, using: &random))
        check(admission.transition, before)
        switch admission.verdict {
        case .admitted(let pass):
            underWay.append(pass)
            expect(before.state.kind != .forcedOpen, "admitted while forced open")
            expect(before.state.kind != .open || now >= waitEnd, "admitted before the end of the wait")
            expect((machine.state.kind == .halfOpen) == (pass.probeSince != nil), "probes are the calls of HALF_OPEN")
        case .rejected(let rejection):
            totals.rejected += 1
            expect(before.state.kind != .closed && before.state.kind != .disabled, "rejected while closed or disabled")
            expect(rejection.state == machine.state.kind, "rejected with another state")
            expect(rejection.retryAfter ?? .zero >= .zero, "negative time left")
        }
    }

    private mutating func settle() {
        guard let index = underWay.indices.randomElement(using: &random) else { return }
        let pass = underWay.remove(at: index)
        let outcome = [CircuitBreaker.Outcome.success, .failure(), .failure(), .ignored].randomElement(using: &random)
        guard let outcome else { return }
        totals.count(outcome)
        let before = machine
        if before.state == .closed, pass.generation == before.generation { account(outcome) }
        let transition = machine.settle(pass, as: outcome, at: now, jitter: Double.random(in: 0..<1, using: &random))
        check(transition, before)
        guard pass.generation != before.generation else { return }
        var unchanged = before
        unchanged.totals.count(outcome)
        expect(machine == unchanged, "the result of an earlier state had an effect")
    }

    /// The naive account of a result in CLOSED.
    private mutating func account(_ outcome: CircuitBreaker.Outcome) {
        switch outcome {
        case .success: if configuration.resetOnSuccess { failures = [] }
        case .failure: failures.append(now)
        case .ignored: break
        }
    }

    private mutating func check(_ transition: CircuitBreaker.Transition?, _ before: CircuitBreakerMachine) {
        let opened = before.state == .closed && failuresInside >= configuration.failureThreshold
        expect(opened == (transition?.reason == .failureThreshold), "opened and window disagree")
        guard let transition else {
            expect(machine.state.kind == before.state.kind, "a change without a transition")
            return
        }
        reasons.insert(transition.reason)
        failures = []
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

    private mutating func checkState(_ before: CircuitBreakerMachine) {
        reached.insert(machine.state.kind)
        expect(machine.probes.count <= configuration.halfOpenProbes, "more probes than places")
        expect(machine.state.kind == .halfOpen || machine.probes.isEmpty, "probes outside HALF_OPEN")
        let mine = underWay.filter { $0.generation == machine.generation && $0.probeSince != nil }
        expect(machine.probes == mine.compactMap(\.probeSince).sorted(), "places and probes under way disagree")
        if machine.state == .closed {
            expect(machine.openings == 0, "openings in CLOSED")
            expect(machine.failures.count < configuration.failureThreshold, "a full window in CLOSED")
            expect(machine.failures.failures(at: now).count == failuresInside, "window and naive account disagree")
        }
        expect(machine.totals == totals, "totals")
        let snapshot = machine.snapshot(at: now)
        expect(snapshot == machine.snapshot(at: now), "a snapshot changed something")
        expect(snapshot.isProbeDue == (machine.state.kind == .open && now >= waitEnd), "due")
    }

    private var failuresInside: Int {
        failures.filter { now.sinceOrigin - $0.sinceOrigin < configuration.failureWindow }.count
    }

    private mutating func expect(_ condition: Bool, _ message: String) {
        if !condition, violation == nil { violation = message }
    }
}
