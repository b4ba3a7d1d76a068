import Testing

@testable import Resilience

/// 39 · every state × every event.
@Suite("Circuit breaker: every state and every event")
struct MachineTableTests {
    enum Start: String, CaseIterable {
        case closed, closedAtBrink, rateAtBrink, slowAtBrink, slowAtEdge
        case open, openDue, halfOpen, halfOpenTaken, halfOpenOverdue, forcedOpen, disabled
    }

    enum Event: String, CaseIterable {
        case admit, success, failure, ignored, stale, forceOpen, disable, automatic, reset, probeNow
    }

    /// What an event does: the state after it, why it changed, and whether a call was rejected.
    struct Effect: Equatable {
        var to: CircuitBreaker.State
        var reason: CircuitBreaker.Transition.Reason?
        var rejected: CircuitBreaker.State?
    }

    /// A machine in a state, the time, and the pass of a call under way that was admitted in that state, if one can be.
    struct Situation {
        var machine: CircuitBreakerMachine
        var now: MonotonicInstant
        var pass: CircuitBreakerMachine.Pass?

        init(_ start: Start) throws {
            machine = CircuitBreakerMachine(configuration: try Self.configuration(start))
            now = seconds(0)
            switch start {
            case .closed:
                pass = call()
            case .closedAtBrink:
                fail(times: 1)
                pass = call()
            case .rateAtBrink:
                fail(times: 1)
                pass = call()
            case .slowAtBrink, .slowAtEdge:
                let first = call()
                now = seconds(5)
                pass = call()
                now = seconds(6)
                _ = first.map { machine.settle($0, as: .success, at: now, jitter: 0) }
                now = seconds(10).advanced(by: start == .slowAtBrink ? 1 : 0)
            case .open:
                fail(times: 2)
                now = seconds(9)
            case .openDue:
                fail(times: 2)
                now = seconds(10)
            case .halfOpen:
                fail(times: 2)
                now = seconds(10)
                _ = call().map { machine.settle($0, as: .ignored, at: now, jitter: 0) }
            case .halfOpenTaken, .halfOpenOverdue:
                fail(times: 2)
                now = seconds(10)
                pass = call()
                now = seconds(start == .halfOpenTaken ? 39 : 40)
            case .forcedOpen:
                _ = machine.forceOpen(at: now)
            case .disabled:
                _ = machine.disable(at: now)
                pass = call()
            }
        }

        private static func configuration(_ start: Start) throws -> CircuitBreakerConfiguration {
            switch start {
            case .rateAtBrink:
                try CircuitBreakerConfiguration(failureThreshold: nil, failureRateThreshold: 0.5, minimumCalls: 2)
            case .slowAtBrink, .slowAtEdge:
                try CircuitBreakerConfiguration(
                    failureThreshold: nil,
                    slowCallRateThreshold: 0.5,
                    slowCallDuration: .seconds(5),
                    minimumCalls: 2
                )
            case .closed, .closedAtBrink, .open, .openDue, .halfOpen, .halfOpenTaken, .halfOpenOverdue, .forcedOpen,
                .disabled:
                try CircuitBreakerConfiguration(failureThreshold: 2, probeTimeout: .seconds(30))
            }
        }

        mutating func call() -> CircuitBreakerMachine.Pass? {
            switch machine.admit(at: now, jitter: 0).verdict {
            case .admitted(let pass): pass
            case .rejected: nil
            }
        }

        mutating func fail(times: Int) {
            for _ in 0..<times { _ = call().map { machine.settle($0, as: .failure(), at: now, jitter: 0) } }
        }
    }

    @Test("39 · every event in every state does what the rules say", arguments: Start.allCases, Event.allCases)
    func effect(start: Start, event: Event) throws {
        var situation = try Situation(start)
        guard let expected = Self.effect(of: event, in: start) else {
            // A result of the state itself: there is no call under way that could bring one.
            #expect(situation.pass == nil)
            return
        }
        let before = situation.machine
        let (transition, rejected) = Self.apply(event, to: &situation)
        let after = situation.machine

        let to = after.state.kind
        #expect(Effect(to: to, reason: transition?.reason, rejected: rejected) == expected)
        #expect((transition == nil) == (before.state.kind == to), "a change of state is a transition and nothing else")
        #expect(after.generation == before.generation + (transition == nil ? 0 : 1))
        #expect(after.totals.rejected == before.totals.rejected + (rejected == nil ? 0 : 1))
        if let transition {
            #expect(transition.from == before.state.kind)
            #expect(transition.to == to)
            #expect(transition.at == situation.now.sinceOrigin)
            #expect(transition.generation == after.generation)
            #expect((transition.wait != nil) == (to == .open))
        }
        if to == .closed, transition != nil { #expect(after.openings == 0) }
        if to != .open, transition != nil {
            #expect(after.failures.count == 0)
            #expect(after.calls.map(\.counts) ?? CircuitBreaker.CallCounts() == CircuitBreaker.CallCounts())
        }
    }

    @Test("The table reaches every state and every reason")
    func complete() {
        let effects = Start.allCases.flatMap { start in Event.allCases.compactMap { Self.effect(of: $0, in: start) } }
        #expect(Set(effects.map(\.to)) == Set(CircuitBreaker.State.allCases))
        #expect(Set(effects.compactMap(\.reason)) == Set(CircuitBreaker.Transition.Reason.allCases))
    }

    private static func apply(
        _ event: Event,
        to situation: inout Situation
    ) -> (CircuitBreaker.Transition?, rejected: CircuitBreaker.State?) {
        let now = situation.now
        let pass = situation.pass
        let stale = CircuitBreakerMachine.Pass(generation: .max, since: now, isProbe: true)
        func settle(_ pass: CircuitBreakerMachine.Pass?, _ outcome: CircuitBreaker.Outcome) -> CircuitBreaker
            .Transition?
        {
            pass.flatMap { situation.machine.settle($0, as: outcome, at: now, jitter: 0) }
        }
        switch event {
        case .admit:
            let admission = situation.machine.admit(at: now, jitter: 0)
            switch admission.verdict {
            case .admitted: return (admission.transition, nil)
            case .rejected(let rejection): return (admission.transition, rejection.state)
            }
        case .success: return (settle(pass, .success), nil)
        case .failure: return (settle(pass, .failure()), nil)
        case .ignored: return (settle(pass, .ignored), nil)
        case .stale: return (settle(stale, .failure()), nil)
        case .forceOpen: return (situation.machine.forceOpen(at: now), nil)
        case .disable: return (situation.machine.disable(at: now), nil)
        case .automatic: return (situation.machine.automatic(at: now), nil)
        case .reset: return (situation.machine.reset(at: now), nil)
        case .probeNow: return (situation.machine.probeNow(at: now), nil)
        }
    }
}

private func seconds(_ count: Int64) -> MonotonicInstant {
    MonotonicInstant(nanoseconds: count * 1_000_000_000)
}
